#include "cachecontent.h"

#include "cache/blobseal.h"
#include "cache/cachetables.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! What the desktop's cache keeps, for whom, and for how long.
class TestCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_file = u"/cache.db"_s;
        m_key.clear();
    }

    void whatWasPutIsThereAgain_data() { keys(); }
    void whatWasPutIsThereAgain()
    {
        QFETCH(const QByteArray, key);
        m_key = key;
        const UnsentItem draft{u"c1"_s, u"draft"_s, "half a sent"};
        {
            const auto cache = open();
            QCOMPARE(cache->state(), CacheState::Created);
            QVERIFY(cache->reason().isEmpty());
            cache->putConversations(server, {line(2), line(1)});
            QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshotOf(7, 100'000)));
            QVERIFY(cache->putUnsent(server, draft));
        }
        const auto cache = open();
        QCOMPARE(cache->state(), CacheState::Opened);
        QCOMPARE(cache->conversations(server), (QList{line(2), line(1)}));
        QCOMPARE(cache->snapshot(server, u"c1"_s), snapshotOf(7, 100'000));
        QCOMPARE(cache->unsent(server), QList{draft});
        QCOMPARE(cache->snapshot(server, u"c2"_s), std::nullopt);
    }

    //! Else a cache that is used but never read has two files, and the log grows.
    void logGoesIntoTheFileAtTheEnd()
    {
        putSecrets(*open());
        QCOMPARE(QDir(m_dir->path()).entryList(QDir::Files),
                 (QStringList{u"cache.db"_s, u"cache.db-lock"_s}));
    }

    void serversAreApart()
    {
        const QString other = u"https://example.org/chat"_s;
        const auto cache = open();
        cache->putConversations(server, {line(1, u"here"_s)});
        cache->putConversations(other, {line(1, u"there"_s)});
        QVERIFY(cache->putSnapshot(other, u"c1"_s, snapshotOf(1)));
        QCOMPARE(cache->conversations(server), QList{line(1, u"here"_s)});
        QCOMPARE(cache->conversations(other), QList{line(1, u"there"_s)});
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        cache->removeServer(other);
        QVERIFY(cache->conversations(other).isEmpty());
        QCOMPARE(cache->snapshot(other, u"c1"_s), std::nullopt);
        QCOMPARE(cache->conversations(server), QList{line(1, u"here"_s)});
    }

    void whenTheListWasSaidIsKept()
    {
        const QDateTime at = line(7).updatedAt;
        {
            const auto cache = open();
            QVERIFY(!cache->listedAt(server).isValid());
            cache->putConversations(server, {}, at);
            cache->putConversations(server, {line(1)});
            QCOMPARE(cache->listedAt(server), at);
        }
        const auto cache = open();
        QCOMPARE(cache->listedAt(server), at);
        QVERIFY(!cache->listedAt(u"https://example.org"_s).isValid());
        cache->replaceConversations(server, {line(1)}, at.addSecs(1));
        QCOMPARE(cache->listedAt(server), at.addSecs(1));
        cache->removeServer(server);
        QVERIFY(!cache->listedAt(server).isValid());
    }

    void listIsInTheServersOrder()
    {
        const auto cache = open();
        CachedConversation pinned = line(1);
        pinned.pinned = true;
        cache->putConversations(server, {line(2), pinned, line(3)});
        QCOMPARE(cache->conversations(server), (QList{pinned, line(3), line(2)}));
    }

    void wholeListDropsWhatTheServerNoLongerHas()
    {
        const auto cache = open();
        cache->putConversations(server, {line(2), line(1)});
        QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshotOf(1)));
        QVERIFY(cache->putSnapshot(server, u"c2"_s, snapshotOf(2)));
        QVERIFY(cache->putUnsent(server, {u"c1"_s, u"draft"_s, "kept"}));
        cache->replaceConversations(server, {line(3), line(2)});
        // Also while that waits.
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        QCOMPARE(cache->conversations(server), (QList{line(3), line(2)}));
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        QCOMPARE(cache->snapshot(server, u"c2"_s), snapshotOf(2));
        QCOMPARE(cache->unsent(server).size(), 1);
    }

    void newestSnapshotIsReadWhileOlderOnesAreWritten()
    {
        const auto cache = open();
        for (int i = 0; i < 50; ++i) {
            QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshotOf(i, 50'000)));
            QCOMPARE(cache->snapshot(server, u"c1"_s), snapshotOf(i, 50'000));
        }
        cache->remove(server, u"c1"_s);
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshotOf(60)));
        QVERIFY(cache->flush(10s));
        QCOMPARE(cache->snapshot(server, u"c1"_s), snapshotOf(60));
    }

    void unsentKeepsItsOrderAndIsReplacedInItsPlace()
    {
        const auto cache = open();
        QVERIFY(storeUnsent(*cache, {u"c1"_s, u"a"_s, "first"}));
        QVERIFY(storeUnsent(*cache, {u"c2"_s, u"b"_s, "second"}));
        QVERIFY(storeUnsent(*cache, {u"c1"_s, u"c"_s, "third"}));
        QVERIFY(storeUnsent(*cache, {u"c1"_s, u"a"_s, "first, changed"}));
        cache->removeUnsent(server, u"c2"_s, u"b"_s);
        QCOMPARE(cache->unsent(server), (QList<UnsentItem>{{u"c1"_s, u"a"_s, "first, changed"},
                                                           {u"c1"_s, u"c"_s, "third"}}));
    }

    void tooLargeContentIsRefusedAndTheOldOneStays()
    {
        const auto cache = open();
        CachedSnapshot large = snapshotOf(2);
        large.content = QByteArray(ConversationCache::maxContentBytes, ' ');
        QVERIFY(cache->putSnapshot(server, u"c1"_s, large));
        QVERIFY(cache->flush(20s));
        QCOMPARE(cache->snapshot(server, u"c1"_s), large);
        CachedSnapshot larger = large;
        larger.content += ' ';
        QVERIFY(!cache->putSnapshot(server, u"c1"_s, larger));
        QVERIFY(!cache->putUnsent(server, {u"c1"_s, u"a"_s, larger.content}));
        QCOMPARE(cache->snapshot(server, u"c1"_s), large);
    }

    //! What compresses badly, so that sizes are what they seem.
    void snapshotsOpenedLongestAgoGoFirst()
    {
        constexpr int bytes = 300'000;
        const auto noise = [](int number) {
            CachedSnapshot snapshot = snapshotOf(number);
            snapshot.content.clear();
            for (quint32 i = 0, state = quint32(number); i < bytes; ++i)
                snapshot.content += char((state = state * 1664525U + 1013904223U) >> 24);
            return snapshot;
        };
        const auto cache = open(4 * 1024 * 1024);
        cache->putConversations(server, lines(100));
        const UnsentItem draft{u"c1"_s, u"draft"_s, noise(100).content};
        QVERIFY(storeUnsent(*cache, draft));
        for (int i = 1; i <= 30; ++i) {
            QVERIFY(cache->putSnapshot(server, u"c%1"_s.arg(i), noise(i)));
            QVERIFY(cache->flush(10s));
            QCOMPARE(cache->snapshot(server, u"c1"_s), noise(1)); // It is opened again and again.
        }
        QVERIFY(cache->flush(10s));
        QVERIFY(QFileInfo(path()).size() <= 5 * 1024 * 1024);
        QCOMPARE(cache->snapshot(server, u"c2"_s), std::nullopt);
        QCOMPARE(cache->snapshot(server, u"c29"_s), noise(29));
        QCOMPARE(cache->snapshot(server, u"c30"_s), noise(30));
        QCOMPARE(cache->conversations(server).size(), 100);
        QCOMPARE(cache->unsent(server), QList{draft});
    }

    void longListLosesItsEnd()
    {
        const auto cache = open();
        const int most = CacheTables::maxConversations;
        cache->replaceConversations(server, lines(most + 10));
        QVERIFY(cache->flush(30s));
        QList<CachedConversation> found = cache->conversations(server);
        QCOMPARE(found.size(), most);
        QCOMPARE(found.last(), line(11));
        cache->putConversations(server, {line(most + 11)});
        found = cache->conversations(server);
        QCOMPARE(found.size(), most);
        QCOMPARE(found.first(), line(most + 11));
        QCOMPARE(found.last(), line(12));
    }

    void encryptedCacheHasNoWordOfIt()
    {
        m_key = keyOf(1);
        const auto cache = open();
        putSecrets(*cache);
        const QByteArray all = contentOfAll(*m_dir);
        for (const QByteArray &secret : secrets())
            QVERIFY2(!all.contains(secret), secret.constData());
    }

    //! Read from the files while they are in use, the log among them.
    void whatWasRemovedIsNotInTheFiles_data()
    {
        QTest::addColumn<std::function<void(ConversationCache &)>>("remove");
        using Remove = std::function<void(ConversationCache &)>;
        QTest::newRow("a conversation")
            << Remove([](ConversationCache &cache) { cache.remove(server, u"c1"_s); });
        QTest::newRow("a server") << Remove(
            [](ConversationCache &cache) { cache.removeServer(server); });
        QTest::newRow("all") << Remove([](ConversationCache &cache) { cache.clear(); });
    }
    void whatWasRemovedIsNotInTheFiles()
    {
        QFETCH(std::function<void(ConversationCache &)>, remove);
        const auto cache = open();
        putSecrets(*cache);
        QByteArray all = contentOfAll(*m_dir);
        for (const QByteArray &secret : secrets())
            QVERIFY2(all.contains(secret), secret.constData());
        remove(*cache);
        QVERIFY(cache->flush(10s));
        all = contentOfAll(*m_dir);
        for (const QByteArray &secret : secrets())
            QVERIFY2(!all.contains(secret), secret.constData());
        QVERIFY(cache->conversations(server).isEmpty());
        QVERIFY(cache->unsent(server).isEmpty());
    }

    void clearedCacheIsSmallAgain()
    {
        const auto cache = open();
        cache->putConversations(server, lines(5000));
        QVERIFY(cache->flush(10s));
        cache->clear();
        QVERIFY(cache->flush(10s));
        QVERIFY(QFileInfo(path()).size() < 100'000);
    }

    void filesAreForThisUserAlone()
    {
        m_file = u"/made/for it/cache.db"_s;
        const auto cache = open();
        QVERIFY(storeUnsent(*cache, {u"c1"_s, u"a"_s, "x"}));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
        for (const QString &name : {u""_s, u"-wal"_s, u"-shm"_s, u"-lock"_s}) {
            QVERIFY(QFileInfo::exists(path() + name));
            QCOMPARE(QFile::permissions(path() + name) & others, QFile::Permissions());
        }
        QCOMPARE(QFile::permissions(QFileInfo(path()).path()) & others, QFile::Permissions());
    }

    //! The window's thread only hands it over. On a busy machine it may be interrupted just then.
    void puttingDoesNotWaitForTheDisk()
    {
        const auto cache = open();
        QVERIFY(storeUnsent(*cache, {u"c1"_s, u"a"_s, "x"}));
        qint64 put = std::numeric_limits<qint64>::max();
        qint64 written = put;
        for (int i = 0; i < 3 || (i < 100 && put * 20 >= written); ++i) {
            const CachedSnapshot snapshot = snapshotOf(i, 1'000'000);
            QElapsedTimer timer;
            timer.start();
            QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshot));
            put = std::min(put, timer.nsecsElapsed());
            QVERIFY(cache->flush(20s));
            written = std::min(written, timer.nsecsElapsed());
        }
        qInfo("put: %lld us, written: %lld us", put / 1000, written / 1000);
        QVERIFY(put * 20 < written);
    }

    void readingAListCostsAsMuchAsItIsLong()
    {
        m_key = keyOf(1);
        const qint64 thousand = readTime(1000);
        const qint64 fiveThousand = readTime(5000);
        QVERIFY(thousand > 0 && fiveThousand > 0);
        qInfo("1,000: %lld us, 5,000: %lld us", thousand / 1000, fiveThousand / 1000);
        QVERIFY(fiveThousand < 25 * thousand); // 5; were it quadratic, 25 and more
        QVERIFY(thousand < 400'000'000);       // To the first frame, with all else.
    }

    void blobOpensOnlyAtItsPlace_data() { keys(); }
    void blobOpensOnlyAtItsPlace()
    {
        using Kind = BlobPlace::Kind;
        QFETCH(const QByteArray, key);
        QVERIFY(BlobSeal::prepare());
        const BlobSeal seal(key);
        const BlobPlace place{Kind::Unsent, u"s"_s, u"c"_s, u"i"_s};
        const QByteArray sealed = seal.seal(place, "words");
        QCOMPARE(seal.open(place, sealed), QByteArray("words"));
        QCOMPARE(seal.open({Kind::Snapshot, u"s"_s, u"c"_s, u"i"_s}, sealed), std::nullopt);
        QCOMPARE(seal.open({Kind::Unsent, u"sc"_s, u""_s, u"i"_s}, sealed), std::nullopt);
        QCOMPARE(seal.open({Kind::Unsent, u"s"_s, u"ci"_s, u""_s}, sealed), std::nullopt);
        QCOMPARE(BlobSeal(keyOf(9)).open(place, sealed), std::nullopt);
        for (qsizetype length = 0; length < sealed.size(); ++length)
            QCOMPARE(seal.open(place, sealed.first(length)), std::nullopt);
        for (qsizetype bit = 0; bit < 8 * sealed.size(); ++bit) {
            QByteArray flipped = sealed;
            flipped[bit / 8] = char(flipped.at(bit / 8) ^ (1 << bit % 8));
            QCOMPARE(seal.open(place, flipped), std::nullopt);
        }
    }

    void sameContentIsNeverSealedAlikeTwice()
    {
        QVERIFY(BlobSeal::prepare());
        const BlobSeal seal(keyOf(1));
        QVERIFY(seal.seal({}, "words") != seal.seal({}, "words"));
    }

private:
    static QByteArrayList secrets() { return {"Tell_me_a_secret", "It_is_forty-two", "Not_yet"}; }
    static void putSecrets(ConversationCache &cache)
    {
        cache.putConversations(server, {line(1, QString::fromLatin1(secrets().at(0)))});
        QVERIFY(cache.putSnapshot(server, u"c1"_s, {1, u"e"_s, secrets().at(1)}));
        QVERIFY(cache.putUnsent(server, {u"c1"_s, u"draft"_s, secrets().at(2)}));
        QVERIFY(cache.flush(10s));
    }

    static void keys()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("with a key") << keyOf(1);
        QTest::newRow("without a key") << QByteArray();
    }

    [[nodiscard]] qint64 readTime(int count)
    {
        m_file = u"/list-%1.db"_s.arg(count);
        {
            const auto cache = open();
            cache->replaceConversations(server, lines(count));
            if (!cache->flush(20s))
                return -1;
        }
        qint64 best = std::numeric_limits<qint64>::max();
        for (int i = 0; i < 15; ++i) {
            QElapsedTimer timer;
            timer.start();
            const auto cache = open();
            if (cache->conversations(server).size() != count)
                return -1;
            best = std::min(best, timer.nsecsElapsed());
        }
        return best;
    }

    [[nodiscard]] QString path() const { return m_dir->path() + m_file; }
    [[nodiscard]] std::unique_ptr<ConversationCache> open(qint64 maxBytes = 512 * 1024 * 1024)
    {
        return std::make_unique<ConversationCache>(
            ConversationCache::Options{path(), m_key, maxBytes});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file = u"/cache.db"_s;
    QByteArray m_key;
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
