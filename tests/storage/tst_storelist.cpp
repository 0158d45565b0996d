#include "storage/conversationstore.h"
#include "storage/openstore.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <limits>

using namespace runnel;
using namespace Qt::StringLiterals;

//! The list and its search with ten thousand conversations of four messages: 24 MB of text, of
//! which a fifth is Chinese.
class TestStoreList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        auto store = openStore(u"sqlite:"_s + m_dir.filePath(u"runnel.db"_s), 0);
        QVERIFY(bool(store));
        m_store = std::move(*store);
        for (int i = 0; i < 10'000; ++i) {
            putConversation(i);
            if (i % 500 == 499)
                QVERIFY(!m_store->commit());
        }
    }

    void pageComesWithinFiftyMilliseconds_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("found"); // on the first page
        QTest::newRow("no search") << QString() << 50;
        QTest::newRow("a word of one conversation") << u"rare4711"_s << 1;
        QTest::newRow("a word of a hundred") << u"kingfisher"_s << 50;
        QTest::newRow("a word of every answer") << u"river"_s << 50;
        QTest::newRow("the first letters of many words") << u"ri"_s << 50;
        QTest::newRow("a letter") << u"a"_s << 50;
        QTest::newRow("several words") << u"the river of kingf"_s << 50;
        QTest::newRow("a word that is nowhere") << u"crocodile"_s << 0;
        QTest::newRow("a title that somebody gave") << u"übersicht"_s << 20;
        QTest::newRow("a Chinese word within a sentence") << u"翠鸟"_s << 20;
        QTest::newRow("a Chinese sign of many sentences") << u"的"_s << 50;
        QTest::newRow("a Chinese word of many sentences") << u"河流"_s << 50;
        QTest::newRow("signs whose order is nowhere") << u"流河"_s << 0;
        QTest::newRow("a Latin word within a Chinese sentence") << u"Qt"_s << 50;
    }
    void pageComesWithinFiftyMilliseconds()
    {
        QFETCH(QString, search);
        QFETCH(int, found);
        const ConversationPage first = read({search, {}, 50});
        QCOMPARE(int(first.conversations.size()), found);
        const qint64 microseconds = least([&] { (void)read({search, {}, 50}); });
        qInfo() << microseconds << "us";
        QVERIFY2(microseconds < bar, qPrintable(u"%1 us"_s.arg(microseconds)));
    }

    void lastPagesCostNoMoreThanTheFirst()
    {
        QStringList ids;
        QString cursor;
        qint64 slowest = 0;
        do {
            QElapsedTimer timer;
            timer.start();
            const ConversationPage page = read({{}, cursor, 200});
            slowest = std::max(slowest, timer.nsecsElapsed() / 1000);
            for (const ConversationSummary &line : page.conversations)
                ids.append(line.id);
            cursor = page.next;
        } while (!cursor.isEmpty());
        QCOMPARE(ids.size(), 10'000);
        QCOMPARE(QSet<QString>(ids.cbegin(), ids.cend()).size(), 10'000);
        qInfo() << "the slowest of 50 pages of 200:" << slowest << "us";
        QVERIFY2(slowest < 2 * bar, qPrintable(u"%1 us"_s.arg(slowest)));
    }

private:
#if defined(QT_NO_DEBUG) && !defined(__SANITIZE_ADDRESS__)
    static constexpr qint64 bar = 50'000;
#else
    static constexpr qint64 bar = 500'000; // not what users run
#endif

    [[nodiscard]] ConversationPage read(const ConversationQuery &query)
    {
        const auto page = m_store->list(query).result();
        return page ? *page : ConversationPage();
    }

    //! The least of some: what it costs, not what else the machine does.
    template <typename Work>
    [[nodiscard]] static qint64 least(const Work &work)
    {
        qint64 least = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 7; ++i) {
            QElapsedTimer timer;
            timer.start();
            work();
            least = std::min(least, timer.nsecsElapsed() / 1000);
        }
        return least;
    }

    //! A text of about that many words, another one for each seed.
    [[nodiscard]] static QString text(int seed, int words)
    {
        static const QStringList vocabulary =
            u"the river of a to and in is that it runs through meadow forest valley where water "
            "slowly flows between stones reeds roots rain rises rests bridge stream brook delta "
            "current bank pool fish heron otter willow alder mist morning"_s.split(u' ');
        QString result;
        quint32 random = quint32(seed) * 2654435761U + 1;
        for (int i = 0; i < words; ++i) {
            random = random * 1664525U + 1013904223U;
            result += vocabulary[int((random >> 16) % quint32(vocabulary.size()))] + u' ';
        }
        return result + u"word%1"_s.arg(seed);
    }

    [[nodiscard]] static QString chinese(int seed, int sentences)
    {
        static const QStringList vocabulary =
            u"我们在山谷里看见一条美丽的河流。|早晨的雾气慢慢散开。|森林里的溪水从石头之间流过。|"
            "使用Qt编程的人喜欢安静的地方。|桥下的鱼游得很快。"_s.split(u'|');
        QString result;
        for (int i = 0; i < sentences; ++i)
            result += vocabulary[(seed + i * 7) % vocabulary.size()];
        return result;
    }

    void putConversation(int i)
    {
        const QString id = u"c%1"_s.arg(i);
        const bool isChinese = i % 5 == 0;
        const QDateTime at = m_begin.addSecs(i);
        ConversationHead head;
        head.id = id;
        head.epoch = u"e"_s;
        head.seq = 8;
        head.turns = 2;
        head.active = u"m4"_s;
        head.title = i % 500 == 3 ? u"Übersicht %1"_s.arg(i) : QString();
        head.pinned = i % 1000 == 7;
        head.createdAt = head.updatedAt = at;
        m_store->putHead(head);
        for (int m = 1; m <= 4; ++m) {
            StoredMessage message;
            MessageRecord &record = message.record;
            record.messageId = u"m%1"_s.arg(m);
            record.parentId = m == 1 ? QString() : u"m%1"_s.arg(m - 1);
            record.role = m % 2 == 1 ? Role::User : Role::Model;
            record.at = at;
            record.content = isChinese ? chinese(i + m, m % 2 == 1 ? 2 : 25)
                                       : text(4 * i + m, m % 2 == 1 ? 12 : 180);
            if (record.role == Role::Model) {
                record.turn = u"t%1"_s.arg(m / 2);
                record.agent = u"default"_s;
                record.model = u"a-model"_s;
                record.finishReason = FinishReason::Stop;
                message.rawParts = "[{\"text\":\"" + record.content.toUtf8() + "\"}]";
            } else if (i == 4711) {
                record.content += u" rare4711"_s;
            } else if (i % 100 == 1) {
                record.content += u" the river of kingfisher"_s;
            } else if (i % 500 == 0) {
                record.content += u"昨天看见翠鸟在河边"_s;
            }
            m_store->putMessage(id, message);
        }
    }

    const QDateTime m_begin{QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()};
    QTemporaryDir m_dir;
    std::unique_ptr<ConversationStore> m_store;
};

QTEST_GUILESS_MAIN(TestStoreList)
#include "tst_storelist.moc"
