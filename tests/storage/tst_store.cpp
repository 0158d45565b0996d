#include "storage/conversations.h"
#include "storage/memorystore.h"
#include "storage/openstore.h"
#include "storage/sqlitestore.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

using Append = ConversationStore::Append;

//! What every store promises, and what the SQLite one promises beyond.
class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    //! What comes after it must not make the commit a good one.
    void commitFailsWhenOneOfItsPiecesHasNoPlace()
    {
        const auto store = *SqliteStore::open(m_dir->filePath(u"r.db"_s));
        const StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        store->putHead(conversation.head);
        QVERIFY(!store->commit());
        store->append(u"stranger"_s, 1, Append::Text, u"lost"_s);
        store->append(u"c1"_s, conversation.head.seq + 1, Append::Text, u"kept"_s);
        QVERIFY(store->commit());
        QVERIFY(store->recover());
        QVERIFY(!store->commit());
    }

    void whatWasCommittedIsLoaded_data() { stores(); }
    void whatWasCommittedIsLoaded()
    {
        const auto store = open();
        StoredConversation conversation =
            exchange(u"c1"_s, u"Hi <b>\"you\"</b> 👩‍👩‍👧"_s, u"Hello"_s);
        conversation.messages[1].record.id = u"own-4"_s;
        conversation.messages[1].earlierIds = {u"own-2"_s, u"own-3"_s};
        put(*store, conversation);
        QVERIFY(!store->commit());
        const auto loaded = store->load(u"c1"_s);
        QVERIFY(bool(loaded) && *loaded);
        QCOMPARE((*loaded)->head, conversation.head);
        QCOMPARE((*loaded)->messages.size(), std::size_t(2));
        QCOMPARE((*loaded)->messages[0], conversation.messages[0]);
        QCOMPARE((*loaded)->messages[1], conversation.messages[1]);
        QVERIFY(!store->load(u"another"_s).value().has_value());
    }

    void changesTakeThePlaceOfWhatWas_data() { stores(); }
    void changesTakeThePlaceOfWhatWas()
    {
        const auto store = open();
        StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        put(*store, conversation);
        QVERIFY(!store->commit());
        conversation.head.title = u"Rivers"_s;
        conversation.head.seq = 9;
        conversation.messages[1].record.content = u"Hello again"_s;
        put(*store, conversation);
        const auto loaded = store->load(u"c1"_s); // commits
        QCOMPARE(**loaded, conversation);
    }

    void removedOnesComeBackAndNewOnesBeginAnew_data() { stores(); }
    void removedOnesComeBackAndNewOnesBeginAnew()
    {
        const auto store = open();
        const StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        put(*store, conversation);
        QVERIFY(!*store->remove(u"none"_s));
        QVERIFY(*store->remove(u"c1"_s));
        QVERIFY(!*store->remove(u"c1"_s));
        QVERIFY(!store->load(u"c1"_s).value().has_value());
        QVERIFY(page(*store, {}).conversations.empty());
        QVERIFY(*store->restore(u"c1"_s));
        QVERIFY(!*store->restore(u"c1"_s));
        QCOMPARE(**store->load(u"c1"_s), conversation);

        QVERIFY(*store->remove(u"c1"_s));
        StoredConversation another = exchange(u"c1"_s, u"New"_s, u"Yes"_s);
        another.head.epoch = u"e2"_s;
        put(*store, another);
        QVERIFY(!store->commit());
        QCOMPARE(**store->load(u"c1"_s), another);
        QVERIFY(!*store->restore(u"c1"_s));
    }

    void listHasThePinnedFirstThenTheNewest_data() { stores(); }
    void listHasThePinnedFirstThenTheNewest()
    {
        const auto store = open();
        for (int i = 0; i < 5; ++i) {
            StoredConversation one =
                exchange(u"c%1"_s.arg(i), u"Question %1\nmore"_s.arg(i), u"Answer"_s);
            one.head.updatedAt = someTime().addSecs(i);
            one.head.pinned = i == 1;
            if (i == 2)
                one.head.title = u"A name"_s;
            put(*store, one);
        }
        QVERIFY(!store->commit());
        ConversationPage first = page(*store, {{}, {}, 3});
        QCOMPARE(titles(first), QStringList({u"Question 1"_s, u"Question 4"_s, u"Question 3"_s}));
        QCOMPARE(first.conversations[0].messages, 2);
        QVERIFY(!first.next.isEmpty());
        const ConversationPage second = page(*store, {{}, first.next, 3});
        QCOMPARE(titles(second), QStringList({u"A name"_s, u"Question 0"_s}));
        QVERIFY(second.next.isEmpty());
    }

    void searchFindsWordsInMessagesAndTitles_data() { stores(); }
    void searchFindsWordsInMessagesAndTitles()
    {
        const auto store = open();
        put(*store, exchange(u"c1"_s, u"How long is the Danube?"_s, u"It has 2850 kilometres."_s));
        StoredConversation named = exchange(u"c2"_s, u"Hi"_s, u"Hello"_s);
        named.head.title = u"Rivers of Europe"_s;
        put(*store, named);
        QVERIFY(!store->commit());
        const ConversationPage danube = page(*store, {u"danu"_s, {}, 50});
        QCOMPARE(danube.conversations.size(), std::size_t(1));
        QCOMPARE(danube.conversations[0].id, u"c1"_s);
        QCOMPARE(danube.conversations[0].messageId, u"m1"_s);
        const QString &snippet = danube.conversations[0].snippet;
        QVERIFY2(snippet.contains(QChar(0xE000)) && snippet.contains(QChar(0xE001)),
                 qPrintable(snippet));
        QCOMPARE(page(*store, {u"europe rivers"_s, {}, 50}).conversations.size(), std::size_t(1));
        QVERIFY(page(*store, {u"danube europe"_s, {}, 50}).conversations.empty());
        for (const QString &odd :
             {u"\""_s, u"NEAR("_s, u"a* OR b"_s, u"👩‍👩‍👧"_s, u"col:x -y ^z"_s})
            (void)page(*store, {odd, {}, 50});
    }

    void conversationThatMovesUpIsNotListedTwice_data() { stores(); }
    void conversationThatMovesUpIsNotListedTwice()
    {
        const auto store = open();
        QHash<QString, StoredConversation> all;
        for (int i = 0; i < 5; ++i) {
            StoredConversation one = exchange(u"c-%1"_s.arg(i), u"Question %1"_s.arg(i), u"A"_s);
            // Two of one moment are told apart, too.
            one.head.updatedAt = someTime().addSecs(i / 2);
            all.insert(one.head.id, one);
            put(*store, one);
        }
        QVERIFY(!store->commit());
        const ConversationPage first = page(*store, {{}, {}, 2});
        QCOMPARE(first.conversations.size(), std::size_t(2));
        // Between the pages somebody writes in the last one, and deletes one that was listed.
        StoredConversation &moved = all[u"c-0"_s];
        moved.head.updatedAt = someTime().addSecs(60);
        store->putHead(moved.head);
        QVERIFY(!store->commit());
        QVERIFY(*store->remove(first.conversations[0].id));
        QStringList rest;
        QString cursor = first.next;
        while (!cursor.isEmpty()) {
            const ConversationPage next = page(*store, {{}, cursor, 1});
            for (const ConversationSummary &line : next.conversations)
                rest.append(line.id);
            cursor = next.next;
        }
        QStringList expected{u"c-1"_s, u"c-2"_s, u"c-3"_s};
        expected.removeOne(first.conversations[1].id);
        rest.sort();
        QCOMPARE(rest, expected);
    }

    void searchFindsWordsOfTextsWithoutSpaces_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("search");
        QTest::addColumn<QString>("snippet");
        const auto both = [](const char *name, const QString &search, const QString &snippet) {
            QTest::addRow("%s, in memory", name) << u"memory:"_s << search << snippet;
            QTest::addRow("%s, in SQLite", name) << u"sqlite:"_s << search << snippet;
        };
        both("Chinese, within a sentence", u"东京"_s, u"我喜欢在[东京]学习Qt编程"_s);
        both("Chinese, one sign", u"京"_s, u"我喜欢在东[京]学习Qt编程"_s);
        both("Latin letters within Chinese", u"qt"_s, u"我喜欢在东京学习[Qt]编程"_s);
        both("Japanese, three writings in a word", u"デスクトップ版を"_s,
             u"新しい[デスクトップ版を]作りました"_s);
        both("Korean, without its particle", u"도서관"_s, u"어제 [도서관]에서 읽었어요"_s);
        both("Korean, within a word", u"서관"_s, u"어제 도[서관]에서 읽었어요"_s);
        both("Thai", u"สวย"_s, u"แม่น้ำ[สวย]มาก"_s);
        both("beyond the BMP", u"𠮷野"_s, u"昨日[𠮷野]家に行った"_s);
        both("signs in another order", u"京东"_s, {});
    }
    void searchFindsWordsOfTextsWithoutSpaces()
    {
        QFETCH(QString, search);
        QFETCH(QString, snippet);
        const auto store = open();
        int count = 0;
        for (const QString &text :
             {u"我喜欢在东京学习Qt编程"_s, u"新しいデスクトップ版を作りました"_s,
              u"어제 도서관에서 읽었어요"_s, u"แม่น้ำสวยมาก"_s, u"昨日𠮷野家に行った"_s}) {
            StoredConversation one =
                exchange(u"c%1"_s.arg(++count), u"Question"_s, u"Nothing yet"_s);
            one.head.title = u"A name"_s;
            one.messages[1].record.state = MessageState::Running;
            put(*store, one);
            one.messages[1].record.content = text;
            one.messages[1].record.state = MessageState::Done;
            put(*store, one);
        }
        QVERIFY(!store->commit());
        const ConversationPage found = page(*store, {search, {}, 50});
        QCOMPARE(found.conversations.size(), std::size_t(snippet.isEmpty() ? 0 : 1));
        if (snippet.isEmpty())
            return;
        QString marked = found.conversations[0].snippet;
        QCOMPARE(marked.replace(QChar(0xE000), u'[').replace(QChar(0xE001), u']'), snippet);
        QCOMPARE(found.conversations[0].messageId, u"m2"_s);
        // What is changed or removed is found no more.
        StoredConversation changed = exchange(found.conversations[0].id, u"Question"_s, u"Else"_s);
        put(*store, changed);
        QVERIFY(!store->commit());
        QVERIFY(page(*store, {search, {}, 50}).conversations.empty());
    }

    void removedOnesGoForGoodAfterATime()
    {
        MemoryStore store;
        put(store, exchange(u"c1"_s, u"Hi"_s, u"Hello"_s));
        QVERIFY(*store.remove(u"c1"_s));
        store.purge(
            QDateTime::currentDateTimeUtc().addSecs(ConversationStore::undoTime.count() - 5));
        QVERIFY(*store.restore(u"c1"_s));
        QVERIFY(*store.remove(u"c1"_s));
        store.purge(
            QDateTime::currentDateTimeUtc().addSecs(ConversationStore::undoTime.count() + 5));
        QVERIFY(!*store.restore(u"c1"_s));
    }

    // ---- SQLite

    void rawPartsComeBackToTheByte_data()
    {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QByteArray>("parts");
        const QString text = u"\"Quoted\" \\ line\nwith \u0007 and 👩‍👩‍👧"_s;
        const QByteArray json =
            R"("\"Quoted\" \\ line\nwith \u0007 and )" + u"👩‍👩‍👧\""_s.toUtf8();
        QTest::newRow("one text") << text << QByteArray("[{\"text\":" + json + "}]");
        QTest::newRow("a signature after it")
            << text
            << QByteArray("[{\"text\":" + json + "},{\"text\":\"\",\"thoughtSignature\":\"s\"}]");
        QTest::newRow("twice") << text
                               << QByteArray("[{\"text\":" + json + "},{\"text\":" + json + "}]");
        QTest::newRow("no text") << QString() << QByteArray("[{\"text\":\"\"}]");
        QTest::newRow("another text") << text << QByteArray("[{\"text\":\"else\"}]");
    }
    void rawPartsComeBackToTheByte()
    {
        QFETCH(QString, content);
        QFETCH(QByteArray, parts);
        const auto store = *SqliteStore::open(m_dir->filePath(u"r.db"_s));
        StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, content);
        conversation.messages[1].rawParts = parts;
        put(*store, conversation);
        QCOMPARE((**store->load(u"c1"_s)).messages[1].rawParts, parts);
    }

    void databaseOfVersionOneIsBroughtToThisOne()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        {
            const auto old = *SqliteConnection::open(file, SqliteConnection::Mode::ReadWrite);
            QFile script(QStringLiteral(RUNNEL_SOURCE_DIR "/tests/storage/version1.sql"));
            QVERIFY(script.open(QIODevice::ReadOnly));
            for (const QByteArray &line : script.readAll().split('\n')) {
                if (line.isEmpty() || line.startsWith("--"))
                    continue;
                QSqlQuery query(old->database());
                QVERIFY2(query.exec(QString::fromUtf8(line)), line.constData());
            }
        }
        const auto store = *SqliteStore::open(file);
        const auto found = [&store](const QString &search) {
            QStringList ids;
            for (const ConversationSummary &one : page(*store, {search, {}, 50}).conversations)
                ids.append(one.id);
            return ids;
        };
        QCOMPARE(found({}), QStringList({u"c2"_s, u"c1"_s}));
        QCOMPARE(found(u"donau"_s), QStringList(u"c1"_s));
        QCOMPARE(found(u"京学"_s), QStringList(u"c2"_s));
        QCOMPARE(found(u"翠鸟"_s), QStringList(u"c2"_s));
        QCOMPARE(found(u"ubersicht"_s), QStringList(u"c1"_s));
        // The answer that ran when the old server ended was cut off, and is found as well.
        QCOMPARE(found(u"阪的"_s), QStringList(u"c2"_s));
        const StoredConversation loaded = **store->load(u"c2"_s);
        QCOMPARE(loaded.messages.back().record.content, u"大阪的桥"_s);
        QCOMPARE(loaded.messages.back().record.state, MessageState::Interrupted);
        QSqlQuery check(store->connection().database());
        QVERIFY(check.exec(u"INSERT INTO search (search) VALUES ('integrity-check')"_s));
        QCOMPARE(store->connection().value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
    }

    void titlesAreFoundInAnyCase()
    {
        const auto store = *SqliteStore::open(m_dir->filePath(u"r.db"_s));
        StoredConversation one = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        one.head.title = u"ÜBERSICHT der Flüsse 100%"_s;
        put(*store, one);
        QVERIFY(!store->commit());
        for (const QString &search : {u"übersicht"_s, u"ubersicht flusse"_s, u"100"_s})
            QCOMPARE(page(*store, {search, {}, 50}).conversations.size(), std::size_t(1));
        one.head.title.clear();
        store->putHead(one.head);
        QVERIFY(!store->commit());
        QVERIFY(page(*store, {u"übersicht"_s, {}, 50}).conversations.empty());
    }

    void cutAnswerComesBackAsFarAsItWas()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        {
            auto store = *SqliteStore::open(file);
            StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, {});
            letRun(conversation);
            put(*store, conversation);
            store->append(u"c1"_s, 3, Append::Thought, u"Greet."_s);
            store->append(u"c1"_s, 4, Append::Text, u"Hel"_s);
            store->append(u"c1"_s, 5, Append::Nothing, {});
            store->append(u"c1"_s, 6, Append::Text, u"lo 👩‍👩‍👧"_s);
            QVERIFY(!store->commit());
        }
        const auto store = *SqliteStore::open(file);
        const StoredConversation loaded = **store->load(u"c1"_s);
        QCOMPARE(loaded.head.seq, Seq(7));
        const MessageRecord &answer = loaded.messages[1].record;
        QCOMPARE(answer.content, u"Hello 👩‍👩‍👧"_s);
        QCOMPARE(answer.thoughts, u"Greet."_s);
        QCOMPARE(answer.state, MessageState::Interrupted);
        QCOMPARE(answer.finishReason, FinishReason::Interrupted);
        QCOMPARE(*store->load(u"c1"_s).value(), loaded);
        QCOMPARE(page(*store, {u"hello"_s, {}, 50}).conversations.size(), std::size_t(1));
    }

    //! One pass over the journal; one for each answer took 45 s for a thousand.
    void manyCutAnswersComeBackAtOnce()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        constexpr int answers = 500;
        {
            auto store = *SqliteStore::open(file);
            for (int i = 0; i < answers; ++i) {
                StoredConversation one = exchange(u"c%1"_s.arg(i), u"Hi"_s, {});
                letRun(one);
                put(*store, one);
            }
            for (Seq seq = 3; seq < 103; ++seq) {
                for (int i = 0; i < answers; ++i)
                    store->append(u"c%1"_s.arg(i), seq, Append::Text, u"%1,"_s.arg(i));
            }
            QVERIFY(!store->commit());
        }
        QElapsedTimer time;
        time.start();
        const auto store = *SqliteStore::open(file);
        QVERIFY2(time.elapsed() < 3000, qPrintable(u"%1 ms"_s.arg(time.elapsed())));
        for (int i = 0; i < answers; i += 99) {
            const StoredConversation loaded = **store->load(u"c%1"_s.arg(i));
            QCOMPARE(loaded.messages[1].record.content, u"%1,"_s.arg(i).repeated(100));
            QCOMPARE(loaded.messages[1].record.state, MessageState::Interrupted);
            QCOMPARE(loaded.head.seq, Seq(103));
        }
    }

    void oldRowsOfTheJournalGo()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        auto store = *SqliteStore::open(file);
        for (int i = 0; i < 30; ++i) {
            StoredConversation one = exchange(u"c%1"_s.arg(i), u"Hi"_s, {});
            letRun(one);
            put(*store, one);
            for (Seq seq = 3; seq < 200; ++seq)
                store->append(one.head.id, seq, Append::Text, u"twenty-five characters…"_s);
            one.messages[1].record.state = MessageState::Done;
            one.messages[1].record.finishReason = FinishReason::Stop;
            put(*store, one);
            QVERIFY(!store->commit());
        }
        store.reset();
        const auto connection = *SqliteConnection::open(file, SqliteConnection::Mode::ReadOnly);
        const int rows = connection->value(u"SELECT count(*) FROM journal"_s).toInt();
        QVERIFY2(rows < 4000, qPrintable(u"%1 of 5910 rows are left"_s.arg(rows)));
    }

    void secondServerIsTurnedAway()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        auto first = SqliteStore::open(file);
        QVERIFY(bool(first));
        const auto second = SqliteStore::open(file);
        QVERIFY(!second);
        QVERIFY2(second.error().contains(file) && second.error().contains(u"another server"),
                 qPrintable(second.error()));
        first->reset();
        QVERIFY(bool(SqliteStore::open(file)));
    }

    void whatIsNoDatabaseOfOursIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("names");
        QTest::newRow("no database") << QByteArray() << u"database"_s;
        QTest::newRow("another program's")
            << QByteArray("CREATE TABLE birds (name TEXT)") << u"another program"_s;
        QTest::newRow("a newer version")
            << QByteArray("PRAGMA user_version = 99") << u"version 99"_s;
    }
    void whatIsNoDatabaseOfOursIsLeftAlone()
    {
        QFETCH(QByteArray, sql);
        QFETCH(QString, names);
        const QString file = m_dir->filePath(u"r.db"_s);
        if (sql.isEmpty()) {
            QFile text(file);
            QVERIFY(text.open(QIODevice::WriteOnly));
            text.write(QByteArray("This is a text. ").repeated(100));
        } else {
            if (sql.startsWith("PRAGMA"))
                QVERIFY(bool(SqliteStore::open(file)));
            const auto connection =
                *SqliteConnection::open(file, SqliteConnection::Mode::ReadWrite);
            QCOMPARE(connection->run({sql.constData()}), QString());
        }
        const auto store = SqliteStore::open(file);
        QVERIFY(!store);
        QVERIFY2(store.error().contains(file) && store.error().contains(names),
                 qPrintable(store.error()));
    }

    void databaseOfAnOlderVersionIsBroughtForward()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        {
            const auto store = *SqliteStore::open(file);
            put(*store, conversation);
            QVERIFY(!store->commit());
        }
        {
            const auto connection =
                *SqliteConnection::open(file, SqliteConnection::Mode::ReadWrite);
            QCOMPARE(connection->run({"ALTER TABLE messages DROP COLUMN extras",
                                      "ALTER TABLE messages DROP COLUMN cost_usd",
                                      "PRAGMA user_version = 2"}),
                     QString());
        }
        const auto store = SqliteStore::open(file);
        QVERIFY2(bool(store), store ? "" : qPrintable(store.error()));
        MessageRecord &answer = conversation.messages[1].record;
        answer.agents.clear();
        answer.tools.clear();
        answer.sources.clear();
        answer.usage->costUsd.reset();
        QCOMPARE((**(*store)->load(u"c1"_s)).messages, conversation.messages);
    }

    void fullDiskHarmsNothingAndIsOverOnceThereIsRoom()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        const auto store = *SqliteStore::open(file);
        const StoredConversation before = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        put(*store, before);
        QVERIFY(!store->commit());
        limitPages(*store, true);
        put(*store, exchange(u"c2"_s, u"x"_s.repeated(500'000), u"y"_s));
        const auto problem = store->commit();
        QVERIFY(problem);
        QCOMPARE(problem->code, ErrorCode::StorageFailed);
        QVERIFY2(problem->text.contains(u"full"), qPrintable(problem->text));
        QVERIFY(store->isBroken());
        put(*store, exchange(u"c3"_s, u"small"_s, u"y"_s));
        QVERIFY2(store->commit(), "it stays broken until recover()");
        QCOMPARE(**store->load(u"c1"_s), before);
        limitPages(*store, false);
        QVERIFY(store->recover());
        put(*store, exchange(u"c4"_s, u"x"_s.repeated(500'000), u"y"_s));
        QVERIFY(!store->commit());
        QCOMPARE(**store->load(u"c1"_s), before);
        QVERIFY(!store->load(u"c2"_s).value().has_value());
        QVERIFY(store->load(u"c4"_s).value().has_value());
    }

    void whatWaitsForACommitIsNotForgottenByATry()
    {
        const auto store = *SqliteStore::open(m_dir->filePath(u"r.db"_s));
        put(*store, exchange(u"c1"_s, u"Hi"_s, u"Hello"_s));
        QVERIFY(!store->commit());
        limitPages(*store, true);
        put(*store, exchange(u"c2"_s, u"x"_s.repeated(500'000), u"y"_s));
        QVERIFY(store->commit());
        limitPages(*store, false);
        put(*store, exchange(u"c3"_s, u"waits"_s, u"for a commit"_s));
        QVERIFY2(!store->recover(), "somebody waits for what was put");
        QVERIFY2(store->commit(), "and hears that it is not stored");
        QVERIFY(store->recover());
        put(*store, exchange(u"c4"_s, u"new"_s, u"y"_s));
        QVERIFY(!store->commit());
        QVERIFY(!store->load(u"c3"_s).value().has_value());
        QCOMPARE(**store->load(u"c4"_s), exchange(u"c4"_s, u"new"_s, u"y"_s));
    }

    //! A part of a conversation would be taken for the whole, and written over.
    void damagedConversationIsNotLoadedInPart()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, u"Hello"_s);
        for (int i = 3; i <= 200; ++i) {
            StoredMessage next = conversation.messages[i % 2];
            next.record.messageId = u"m%1"_s.arg(i);
            next.record.parentId = u"m%1"_s.arg(i - 1);
            next.record.content = u"word "_s.repeated(600);
            conversation.messages.push_back(next);
        }
        {
            const auto store = *SqliteStore::open(file);
            put(*store, conversation);
            QVERIFY(!store->commit());
        }
        QFile pages(file);
        QVERIFY(pages.open(QIODevice::ReadWrite));
        const qint64 half = pages.size() / 2 / 4096 * 4096;
        QVERIFY(pages.seek(half));
        pages.write(QByteArray(int(pages.size() - half), char(0xa5)));
        pages.close();
        const auto store = SqliteStore::open(file);
        if (!store)
            return; // noticed even earlier
        const auto loaded = (*store)->load(u"c1"_s);
        QVERIFY2(!loaded, "half of it is overwritten");
        QCOMPARE(loaded.error().code, ErrorCode::StorageFailed);
    }

    //! Somebody always has something to write: the log starts over all the same.
    void logDoesNotGrowForEver()
    {
        const QString file = m_dir->filePath(u"r.db"_s);
        const auto store = *SqliteStore::open(file);
        QSignalSpy rested(store.get(), &ConversationStore::rested);
        StoredConversation conversation = exchange(u"c1"_s, u"Hi"_s, {});
        put(*store, conversation);
        qint64 written = 0;
        qint64 longest = 0;
        while (written < qint64(160) * 1024 * 1024) {
            if (store->isResting()) {
                QTRY_VERIFY_WITH_TIMEOUT(!store->isResting(), 2000);
                continue;
            }
            conversation.messages[1].record.content =
                QString::number(written).repeated(256 * 1024).left(512 * 1024);
            store->putMessage(u"c1"_s, conversation.messages[1]);
            QVERIFY(!store->commit());
            written += 512 * 1024;
            longest = std::max(longest, QFileInfo(file + u"-wal"_s).size());
            QCoreApplication::processEvents();
        }
        QVERIFY2(rested.count() > 0, "it asked for a pause");
        QVERIFY2(longest < qint64(128) * 1024 * 1024, qPrintable(QString::number(longest)));
    }

    void purgeTakesAwayWhatWasRemovedLongAgo()
    {
        const auto store = *SqliteStore::open(m_dir->filePath(u"r.db"_s));
        put(*store, exchange(u"c1"_s, u"Danube"_s, u"Hello"_s));
        QVERIFY(*store->remove(u"c1"_s));
        store->purge();
        QVERIFY(!store->commit());
        QVERIFY2(*store->restore(u"c1"_s), "it was removed just now");
        QVERIFY(*store->remove(u"c1"_s));
        store->purge(QDateTime::currentDateTimeUtc().addSecs(60));
        QVERIFY(!store->commit());
        QVERIFY(!*store->restore(u"c1"_s));
        QVERIFY(page(*store, {u"danube"_s, {}, 50}).conversations.empty());
    }

    void addressesAreChecked()
    {
        QVERIFY(isStoreUrl(u"memory:"_s) && isStoreUrl(u"sqlite:data/r.db"_s));
        QVERIFY(!isStoreUrl(u"sqlite:"_s) && !isStoreUrl(u"postgres://x"_s));
        QVERIFY(!openStore(u"sqlite:"_s + m_dir->path(), 1000));
        QVERIFY(bool(openStore(u"sqlite:"_s + m_dir->filePath(u"data/r.db"_s), 1000)));
    }

private:
    void stores()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("in memory") << u"memory:"_s;
        QTest::newRow("in SQLite") << u"sqlite:"_s;
    }

    std::unique_ptr<ConversationStore> open()
    {
        QFETCH(QString, url);
        return *openStore(url == u"sqlite:" ? url + m_dir->filePath(u"r.db"_s) : url, 1024 * 1024);
    }

    //! SQLite's own limit to a database's size stands for the disk's.
    static void limitPages(SqliteStore &store, bool limited)
    {
        QCOMPARE(store.connection().run(
                     {limited ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1000000"}),
                 QString());
    }

    static ConversationPage page(ConversationStore &store, const ConversationQuery &query)
    {
        const auto result = store.list(query).result();
        if (!result)
            qWarning().noquote() << result.error().text;
        return result ? *result : ConversationPage();
    }

    static QStringList titles(const ConversationPage &page)
    {
        QStringList titles;
        for (const ConversationSummary &one : page.conversations)
            titles.append(one.title);
        return titles;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
