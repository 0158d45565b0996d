#include "cachecontent.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <sqlite3.h>

#include <csignal>
#include <cstdio>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int snapshotBytes = 150'000;

//! Runs as a process of its own until it is killed: puts unsent items, and says of each that it is
//! stored; meanwhile lists and snapshots.
int writeUntilKilled(const QString &path, int first)
{
    std::puts("open");
    std::fflush(stdout);
    ConversationCache cache({path, keyOf(1)});
    int next = first;
    const auto put = [&cache, &next] {
        cache.putUnsent(server, {u"c1"_s, QString::number(next), QByteArray::number(next)});
        cache.putConversations(server, lines(50));
        for (int i = 0; i < 4; ++i) {
            const QString id = u"c%1"_s.arg((next + i) % 8);
            (void)cache.putSnapshot(server, id, snapshotOf(next + i, snapshotBytes));
        }
        // It brings the log into the file.
        if (next % 16 == 0)
            cache.remove(server, u"none"_s);
    };
    QObject::connect(&cache, &ConversationCache::unsentStored, &cache,
                     [&](const QString &, const QString &, const QString &item) {
                         std::printf("stored %s\n", qPrintable(item));
                         std::fflush(stdout);
                         ++next;
                         put();
                     });
    put();
    return QCoreApplication::exec();
}

} // namespace

//! What becomes of the desktop's cache when its file, its disk or its process is not as it should
//! be.
class TestCacheFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void unusableFileIsBegunAnew_data()
    {
        QTest::addColumn<std::function<void(const QString &)>>("harm");
        QTest::addColumn<bool>("keepsUnsent");
        using Harm = std::function<void(const QString &)>;
        QTest::newRow("of no bytes")
            << Harm([](const QString &file) { writeContent(file, {}); }) << false;
        QTest::newRow("of a few bytes")
            << Harm([](const QString &file) { writeContent(file, "SQLite"); }) << false;
        QTest::newRow("of another kind")
            << Harm([](const QString &file) { writeContent(file, QByteArray(50'000, 'x')); })
            << false;
        QTest::newRow("cut in its first page")
            << Harm([](const QString &file) { writeContent(file, contentOf(file).first(1000)); })
            << false;
        QTest::newRow("of another program")
            << Harm([](const QString &file) { run(file, "PRAGMA application_id = 7"); }) << true;
        QTest::newRow("without its tables")
            << Harm([](const QString &file) { run(file, "DROP TABLE meta"); }) << true;
    }
    void unusableFileIsBegunAnew()
    {
        QFETCH(std::function<void(const QString &)>, harm);
        QFETCH(bool, keepsUnsent);
        fill();
        harm(path());
        const auto cache = open(keyOf(1));
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QVERIFY(cache->reason().contains(u"rebuilt from the server"));
        QVERIFY(cache->conversations(server).isEmpty());
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        QCOMPARE(cache->unsent(server), keepsUnsent ? QList{draft()} : QList<UnsentItem>());
        expectWorks(*cache);
        QCOMPARE(cache->state(), CacheState::Rebuilt);
    }

    void damageFoundLaterIsSaidAndRebuilt()
    {
        fill();
        QByteArray bytes = contentOf(path());
        // All but the first page and the table of what is unsent: its pages are the newest but few.
        const qsizetype unsentAt = pageOf("unsent");
        for (qsizetype page = 1; page < bytes.size() / 4096; ++page) {
            if (page != unsentAt && page != pageOf("meta"))
                bytes.replace(4096 * page, 4096, QByteArray(4096, '\x7f'));
        }
        writeContent(path(), bytes);
        const auto cache = open(keyOf(1));
        const QSignalSpy changed(cache.get(), &ConversationCache::stateChanged);
        QVERIFY(cache->conversations(server).isEmpty());
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QCOMPARE(cache->unsent(server), QList{draft()});
        expectWorks(*cache);
    }

    void damageFoundByWritingIsSaidAndNothingPutIsLost()
    {
        fill();
        QByteArray bytes = contentOf(path());
        const qsizetype at = pageOf("conversations");
        bytes.replace(4096 * at, 4096, QByteArray(4096, '\x7f'));
        writeContent(path(), bytes);
        const auto cache = open(keyOf(1));
        const QSignalSpy changed(cache.get(), &ConversationCache::stateChanged);
        cache->putConversations(server, {line(3)});
        const UnsentItem another{u"c2"_s, u"own-1"_s, "more"};
        QVERIFY(storeUnsent(*cache, another));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QCOMPARE(cache->conversations(server), QList{line(3)});
        QCOMPARE(cache->unsent(server), (QList{draft(), another}));
    }

    void anotherKeyBeginsAnew()
    {
        fill();
        const auto cache = open(keyOf(2));
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QVERIFY(cache->unsent(server).isEmpty());
        QCOMPARE(cache->snapshot(server, u"c1"_s), std::nullopt);
        QCOMPARE(QDir(m_dir->path()).entryList({u"*.locked"_s}), QStringList());
        expectWorks(*cache);
    }

    void keyOfWrongLengthIsNone()
    {
        const auto cache = open("short");
        QCOMPARE(cache->state(), CacheState::Unavailable);
        QVERIFY(cache->reason().contains(u"32 bytes"));
        QVERIFY(!QFileInfo::exists(path()));
    }

    void plainCacheIsEncryptedOnceThereIsAKey()
    {
        fill({});
        QVERIFY(contentOfAll(*m_dir).contains(draft().content));
        const auto cache = open(keyOf(1));
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QVERIFY(cache->reason().contains(u"not encrypted"));
        QCOMPARE(cache->unsent(server), QList{draft()});
        QVERIFY(!contentOfAll(*m_dir).contains(draft().content));
    }

    void lockedKeychainLosesNothingUnsent()
    {
        fill();
        const UnsentItem another{u"c2"_s, u"own-1"_s, "said without a key"};
        {
            const auto cache = open({});
            QCOMPARE(cache->state(), CacheState::Rebuilt);
            QVERIFY(cache->reason().contains(u"key is not there"));
            QVERIFY(cache->unsent(server).isEmpty());
            QVERIFY(storeUnsent(*cache, another));
        }
        const auto cache = open(keyOf(1));
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        const QList<UnsentItem> unsent = cache->unsent(server);
        QCOMPARE(unsent.size(), 2);
        QVERIFY(unsent.contains(draft()) && unsent.contains(another));
        QCOMPARE(QDir(m_dir->path()).entryList({u"*.locked*"_s}), QStringList());
    }

    void newerVersionIsPutAside()
    {
        fill();
        run(path(), "PRAGMA user_version = 99");
        const auto cache = open(keyOf(1));
        QCOMPARE(cache->state(), CacheState::Rebuilt);
        QVERIFY(cache->reason().contains(u"newer version"));
        QVERIFY(QFileInfo::exists(path() + u".newer"_s));
        expectWorks(*cache);
        cache->clear();
        QVERIFY(!QFileInfo::exists(path() + u".newer"_s));
    }

    void unavailableCacheKeepsNothingAndSaysWhy_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a folder in its place") << u"folder"_s << u"is a folder"_s;
        QTest::newRow("a folder that takes no file") << u"read-only/cache.db"_s << u"folder"_s;
        QTest::newRow("a folder that cannot be made") << u"file/in/cache.db"_s << u"folder"_s;
    }
    void unavailableCacheKeepsNothingAndSaysWhy()
    {
        QFETCH(QString, place);
        QFETCH(QString, reason);
        QVERIFY(QDir(m_dir->path()).mkpath(u"folder"_s));
        QVERIFY(QDir(m_dir->path()).mkpath(u"read-only"_s));
        writeContent(m_dir->filePath(u"file"_s), "x");
        QCOMPARE(::chmod(QFile::encodeName(m_dir->filePath(u"read-only"_s)).constData(), 0555), 0);
        // Nothing is read-only for root.
        const uid_t user = ::geteuid();
        if (user == 0) {
            QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0777), 0);
            QCOMPARE(::seteuid(65534), 0);
        }
        const AtEnd back([user] { QCOMPARE(::seteuid(user), 0); });
        ConversationCache cache({m_dir->filePath(place), keyOf(1)});
        QCOMPARE(cache.state(), CacheState::Unavailable);
        QVERIFY2(cache.reason().contains(reason), qPrintable(cache.reason()));
        cache.putConversations(server, {line(1)});
        QVERIFY(cache.putSnapshot(server, u"c1"_s, snapshotOf(1)));
        QVERIFY(cache.putUnsent(server, draft()));
        cache.remove(server, u"c1"_s);
        cache.clear();
        QVERIFY(cache.flush(0s));
        QVERIFY(cache.conversations(server).isEmpty());
        QVERIFY(cache.unsent(server).isEmpty());
        QCOMPARE(cache.snapshot(server, u"c1"_s), std::nullopt);
    }

    void secondWindowHasNoneUntilTheFirstHasGone()
    {
        auto first = open(keyOf(1));
        {
            const auto second = open(keyOf(1));
            QCOMPARE(second->state(), CacheState::Unavailable);
            QVERIFY(second->reason().contains(u"another window"));
        }
        expectWorks(*first);
        first.reset();
        QCOMPARE(open(keyOf(1))->state(), CacheState::Opened);
    }

    //! Somebody looks into the file with a tool of his own.
    void foreignLockIsWaitedForAMomentOnly()
    {
        fill();
        const auto cache = open(keyOf(1));
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(QFile::encodeName(path()).constData(), &other), SQLITE_OK);
        const AtEnd close([&other] { sqlite3_close(other); });
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        QSignalSpy failed(cache.get(), &ConversationCache::failed);
        QSignalSpy stored(cache.get(), &ConversationCache::unsentStored);
        const UnsentItem another{u"c2"_s, u"own-1"_s, "more"};
        QVERIFY(cache->putUnsent(server, another));
        QVERIFY(!cache->flush(10s));
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(cache->conversations(server), QList{line(1)}); // Reading needs no lock.
        QCOMPARE(sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr), SQLITE_OK);
        QVERIFY(cache->flush(10s));
        QTRY_COMPARE(stored.size(), 1);
        QCOMPARE(cache->unsent(server), (QList{draft(), another}));
    }

    void fullDiskIsSaidOnceAndWhatIsUnsentIsStoredLater()
    {
        fill();
        const auto cache = open(keyOf(1));
        QVERIFY(storeUnsent(*cache, {u"c9"_s, u"0"_s, "before"}));
        QSignalSpy failed(cache.get(), &ConversationCache::failed);
        QSignalSpy stored(cache.get(), &ConversationCache::unsentStored);
        {
            const DiskOf disk(QFileInfo(path() + u"-wal"_s).size());
            for (int i = 0; i < 3; ++i) {
                QVERIFY(cache->putSnapshot(server, u"c%1"_s.arg(i), snapshotOf(i, 400'000)));
                QVERIFY(cache->putUnsent(server, {u"c9"_s, QString::number(i + 1), "while"}));
                QVERIFY(!cache->flush(10s));
            }
            QTRY_COMPARE(failed.size(), 1);
            QVERIFY(failed.first().first().toString().contains(u"cannot be written"));
            QCOMPARE(stored.size(), 0);
        }
        QVERIFY(cache->flush(10s));
        QTRY_COMPARE(stored.size(), 3);
        QCOMPARE(cache->unsent(server).size(), 5);
        QCOMPARE(cache->snapshot(server, u"c1"_s), snapshotOf(1, snapshotBytes)); // The old one.
        QCOMPARE(cache->state(), CacheState::Opened);
    }

    void fullDiskAtTheStartMeansThereIsNone()
    {
        const DiskOf disk(8192);
        const auto cache = open(keyOf(1));
        QCOMPARE(cache->state(), CacheState::Unavailable);
        QVERIFY(!cache->reason().isEmpty());
        QVERIFY(!QFileInfo::exists(path()));
    }

    //! Seeded, so that what it finds it finds again.
    void flippedBytesNeverMakeAnotherText_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("rounds");
        QTest::newRow("with a key") << keyOf(1) << 200;
        QTest::newRow("without a key") << QByteArray() << 60;
    }
    void flippedBytesNeverMakeAnotherText()
    {
        QFETCH(QByteArray, key);
        QFETCH(int, rounds);
        const QList<CachedConversation> all = lines(40);
        {
            const auto cache = open(key);
            cache->putConversations(server, all);
            for (int i = 1; i <= 4; ++i)
                QVERIFY(cache->putSnapshot(server, u"c%1"_s.arg(i), snapshotOf(i, 9000)));
            QVERIFY(storeUnsent(*cache, draft()));
        }
        const QByteArray sound = contentOf(path());
        QRandomGenerator random(20261001);
        int rebuilt = 0;
        int missing = 0;
        for (int round = 0; round < rounds; ++round) {
            QByteArray bytes = sound;
            for (int flips = random.bounded(1, 30); flips > 0; --flips) {
                // Half of them where what SQLite itself lives by is.
                const auto at = random.bounded(quint32(flips % 2 ? 4096 : bytes.size()));
                bytes[at] = char(random.bounded(256U));
            }
            QDir(m_dir->path()).remove(u"cache.db.newer"_s);
            writeContent(path(), bytes);
            const auto cache = open(key);
            QVERIFY(cache->state() == CacheState::Opened || cache->state() == CacheState::Rebuilt);
            const QList<CachedConversation> found = cache->conversations(server);
            for (const CachedConversation &each : found)
                QVERIFY(all.contains(each));
            missing += int(found.size() < all.size());
            for (int i = 1; i <= 4; ++i) {
                const auto snapshot = cache->snapshot(server, u"c%1"_s.arg(i));
                QVERIFY(!snapshot || *snapshot == snapshotOf(i, 9000));
                missing += int(!snapshot);
            }
            const QList<UnsentItem> unsent = cache->unsent(server);
            QVERIFY(unsent.isEmpty() || unsent == QList{draft()});
            cache->putConversations(server, {line(50)});
            if (round % 4 == 0) { // It waits for the disk.
                QVERIFY(storeUnsent(*cache, {u"c1"_s, u"own-2"_s, "after"}) ||
                        cache->state() == CacheState::Unavailable);
            }
            rebuilt += int(cache->state() == CacheState::Rebuilt);
        }
        QVERIFY(rebuilt > 10);
        QVERIFY(missing > 10);
    }

    void killedProcessLeavesAllThatItSaidWasStored()
    {
        QRandomGenerator random(7);
        int stored = 0;
        int next = 1;
        for (int round = 0; round < 30; ++round) {
            QProcess writer;
            writer.start(QCoreApplication::applicationFilePath(),
                         {u"--write-until-killed"_s, path(), QString::number(next)});
            // Some are killed while they open it.
            for (int lines = random.bounded(6); lines >= 0; --lines) {
                while (!writer.canReadLine())
                    QVERIFY(writer.waitForReadyRead(20'000));
                if (const QByteArray said = writer.readLine(); said.startsWith("stored "))
                    stored = said.mid(7).trimmed().toInt();
            }
            writer.kill();
            QVERIFY(writer.waitForFinished());
            while (writer.canReadLine()) {
                if (const QByteArray said = writer.readLine(); said.startsWith("stored "))
                    stored = said.mid(7).trimmed().toInt();
            }

            const auto cache = open(keyOf(1));
            QVERIFY(cache->state() == CacheState::Opened ||
                    (stored == 0 && cache->state() == CacheState::Created));
            const QList<UnsentItem> unsent = cache->unsent(server);
            QVERIFY(unsent.size() >= stored);
            for (int i = 0; i < unsent.size(); ++i)
                QCOMPARE(unsent.at(i).content, QByteArray::number(i + 1));
            next = int(unsent.size()) + 1;
            // The list is put behind the item: it may be in the next transaction.
            const QList<CachedConversation> list = cache->conversations(server);
            QVERIFY(list == lines(50) || (list.isEmpty() && unsent.size() < 2));
            for (int i = 0; i < 8; ++i) {
                const auto snapshot = cache->snapshot(server, u"c%1"_s.arg(i));
                QVERIFY(!snapshot || *snapshot == snapshotOf(int(snapshot->seq), snapshotBytes));
            }
        }
        QVERIFY(stored > 20);
    }

private:
    static UnsentItem draft() { return {u"c1"_s, u"draft"_s, "half_a_sentence"}; }

    static void run(const QString &file, const char *sql)
    {
        sqlite3 *database = nullptr;
        QCOMPARE(sqlite3_open(QFile::encodeName(file).constData(), &database), SQLITE_OK);
        QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        QCOMPARE(sqlite3_close(database), SQLITE_OK);
    }

    //! The first page of a table, counted from 0.
    [[nodiscard]] qsizetype pageOf(const char *table) const
    {
        sqlite3 *database = nullptr;
        sqlite3_stmt *statement = nullptr;
        sqlite3_open(QFile::encodeName(path()).constData(), &database);
        sqlite3_prepare_v2(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1,
                           &statement, nullptr);
        sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
        sqlite3_step(statement);
        const qsizetype page = sqlite3_column_int(statement, 0) - 1;
        sqlite3_finalize(statement);
        sqlite3_close(database);
        return page;
    }

    //! A cache that was used and closed.
    void fill(const QByteArray &key = keyOf(1))
    {
        const auto cache = open(key);
        QCOMPARE(cache->state(), CacheState::Created);
        cache->putConversations(server, {line(1)});
        QVERIFY(cache->putSnapshot(server, u"c1"_s, snapshotOf(1, snapshotBytes)));
        QVERIFY(storeUnsent(*cache, draft()));
    }

    static void expectWorks(ConversationCache &cache)
    {
        cache.putConversations(server, {line(5)});
        QVERIFY(cache.putSnapshot(server, u"c5"_s, snapshotOf(5)));
        QVERIFY(cache.flush(10s));
        QCOMPARE(cache.conversations(server), QList{line(5)});
        QCOMPARE(cache.snapshot(server, u"c5"_s), snapshotOf(5));
    }

    [[nodiscard]] QString path() const { return m_dir->filePath(u"cache.db"_s); }
    [[nodiscard]] std::unique_ptr<ConversationCache> open(const QByteArray &key)
    {
        return std::make_unique<ConversationCache>(ConversationCache::Options{path(), key});
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

int main(int argc, char *argv[])
{
    const QCoreApplication app(argc, argv);
    if (argc == 4 && std::strcmp(argv[1], "--write-until-killed") == 0)
        return writeUntilKilled(QString::fromLocal8Bit(argv[2]), QByteArray(argv[3]).toInt());
    TestCacheFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_cachefaults.moc"
