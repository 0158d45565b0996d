#include "storage/conversations.h"
#include "storage/databasetools.h"
#include "storage/sqlitestore.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <array>

#include <sys/stat.h>
#include <unistd.h>
#if __has_include(<sys/inotify.h>)
#include <sys/inotify.h>
#endif

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

using Append = ConversationStore::Append;

//! Backups and checks, of databases in use and not.
class TestDatabaseTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_file = m_dir->filePath(u"r.db"_s);
        m_url = u"sqlite:"_s + m_file;
        m_copy = m_dir->filePath(u"copy.db"_s);
    }

    void backupIsOfOneMomentAndCountsAnew()
    {
        auto store = *SqliteStore::open(m_file);
        put(*store, exchange(u"c1"_s, u"Danube"_s, u"Hello"_s));
        StoredConversation cut = exchange(u"c2"_s, u"Hi"_s, {});
        letRun(cut);
        put(*store, cut);
        store->append(u"c2"_s, 3, Append::Text, u"as far as this"_s);
        QVERIFY(!store->commit());
        store->append(u"c2"_s, 4, Append::Text, u", not this"_s); // not committed
        const auto done = backUpDatabase(m_url, m_copy);
        QVERIFY2(bool(done), done ? "" : qPrintable(done.error()));
        QVERIFY2(done->contains(u"2 conversations, 4 messages") && done->contains(m_copy),
                 qPrintable(*done));
        QVERIFY2(!store->commit(), "the store goes on");
        QCOMPARE(QFile::permissions(m_copy) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(QDir(m_dir->path()).entryList({u"copy*"_s}), QStringList(u"copy.db"_s));

        const auto restored = SqliteStore::open(m_copy);
        QVERIFY2(bool(restored), restored ? "" : qPrintable(restored.error()));
        const StoredConversation loaded = **(*restored)->load(u"c2"_s);
        QCOMPARE(loaded.messages[1].record.content, u"as far as this"_s);
        QCOMPARE(loaded.messages[1].record.state, MessageState::Interrupted);
        QVERIFY2(loaded.head.epoch != cut.head.epoch,
                 "a client may have seen more than the backup has: it must not go on from there");
        const StoredConversation whole = **(*restored)->load(u"c1"_s);
        QCOMPARE(whole.messages, exchange(u"c1"_s, u"Danube"_s, u"Hello"_s).messages);
        QCOMPARE((*restored)->list({u"danube"_s, {}, 50}).result()->conversations.size(),
                 std::size_t(1));
    }

    void backupOverwritesNothing()
    {
        QVERIFY(bool(SqliteStore::open(m_file)));
        QFile other(m_copy);
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("precious") > 0);
        other.close();
        refuses(backUpDatabase(m_url, m_copy), u"take another name"_s);
        QVERIFY(other.open(QIODevice::ReadOnly));
        QCOMPARE(other.readAll(), QByteArray("precious"));
    }

    void backupIsAtNoTimeForOthersToRead()
    {
#if __has_include(<sys/inotify.h>)
        QVERIFY(bool(SqliteStore::open(m_file)));
        const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        const auto closed = qScopeGuard([watch] { ::close(watch); });
        QVERIFY(::inotify_add_watch(watch, QFile::encodeName(m_dir->path()).constData(),
                                    IN_CREATE | IN_ATTRIB) >= 0);
        const mode_t before = ::umask(0);
        const auto done = backUpDatabase(m_url, m_copy);
        ::umask(before);
        QVERIFY2(bool(done), done ? "" : qPrintable(done.error()));
        QCOMPARE(QFile::permissions(m_copy) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        // Since rights were never changed after it was made, it always had those.
        alignas(inotify_event) std::array<char, 64 * 1024> events;
        const ssize_t size = ::read(watch, events.data(), events.size());
        int made = 0;
        for (ssize_t at = 0; at < size;) {
            const auto *event = reinterpret_cast<const inotify_event *>(events.data() + at);
            if (qstrcmp(event->name, "copy.db.part") == 0) {
                made += (event->mask & IN_CREATE) ? 1 : 0;
                QVERIFY2(!(event->mask & IN_ATTRIB), "it was made with other rights");
            }
            at += ssize_t(sizeof(inotify_event)) + event->len;
        }
        QCOMPARE(made, 1);
#else
        QSKIP("Nothing tells of changed rights here.");
#endif
    }

    void backupThatWasCutOffHindersNoOther()
    {
        {
            const auto store = *SqliteStore::open(m_file);
            put(*store, exchange(u"c1"_s, u"Hi"_s, u"Hello"_s));
            QVERIFY(!store->commit());
        }
        const QFile::Permissions all = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther;
        for (const QString &suffix : {u""_s, u"-journal"_s, u"-wal"_s, u"-shm"_s}) {
            QFile left(m_copy + u".part"_s + suffix);
            QVERIFY(left.open(QIODevice::WriteOnly) && left.write("half") > 0);
            QVERIFY(left.setPermissions(all));
        }
        const auto done = backUpDatabase(m_url, m_copy);
        QVERIFY2(bool(done), done ? "" : qPrintable(done.error()));
        QCOMPARE(QDir(m_dir->path()).entryList({u"copy*"_s}), QStringList(u"copy.db"_s));
        QCOMPARE(QFile::permissions(m_copy) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(bool(checkDatabase(u"sqlite:"_s + m_copy)));
    }

    void nothingIsCopiedThroughALink()
    {
        QVERIFY(bool(SqliteStore::open(m_file)));
        QFile other(m_dir->filePath(u"other"_s));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("precious") > 0);
        other.close();
        QVERIFY(QFile::link(other.fileName(), m_copy + u".part"_s));
        const auto done = backUpDatabase(m_url, m_copy);
        QVERIFY2(bool(done), done ? "" : qPrintable(done.error()));
        QVERIFY(!QFileInfo(m_copy).isSymLink());
        QVERIFY(other.open(QIODevice::ReadOnly));
        QCOMPARE(other.readAll(), QByteArray("precious"));
    }

    void backupSaysWhatIsWrong()
    {
        refuses(backUpDatabase(u"memory:"_s, m_copy), u"no database file"_s);
        refuses(backUpDatabase(m_url, m_copy), u"There is no database"_s);
        QVERIFY(!QFile::exists(m_file));
        QVERIFY(bool(SqliteStore::open(m_file)));
        refuses(backUpDatabase(m_url, m_dir->filePath(u"none/copy.db"_s)), u"its folder"_s);
    }

    void checkCountsWhatIsSound()
    {
        refuses(checkDatabase(m_url), u"There is no database"_s);
        auto store = *SqliteStore::open(m_file);
        put(*store, exchange(u"c1"_s, u"Hi"_s, u"Hello"_s));
        QVERIFY(!store->commit());
        const auto whileServing = checkDatabase(m_url);
        QVERIFY2(bool(whileServing), whileServing ? "" : qPrintable(whileServing.error()));
        QVERIFY2(whileServing->contains(u"A server uses it"), qPrintable(*whileServing));
        store.reset();
        const auto check = checkDatabase(m_url);
        QVERIFY2(bool(check), check ? "" : qPrintable(check.error()));
        QVERIFY2(check->contains(u"sound: 1 conversation, 2 messages") &&
                     !check->contains(u"A server"),
                 qPrintable(*check));
    }

    //! Run by another user it would make a lock file that keeps the server out.
    void checkMakesNoLockFile()
    {
        QVERIFY(bool(SqliteStore::open(m_file)));
        QVERIFY(QFile::remove(m_file + u"-lock"_s));
        const auto check = checkDatabase(m_url);
        QVERIFY2(bool(check), check ? "" : qPrintable(check.error()));
        QVERIFY2(!check->contains(u"not compared"), qPrintable(*check));
        QVERIFY(!QFile::exists(m_file + u"-lock"_s));
    }

    void lockFileThatIsNotOursIsNamed_data()
    {
        QTest::addColumn<bool>("isFolder");
        QTest::newRow("of another user") << false;
        QTest::newRow("a folder") << true;
    }
    void lockFileThatIsNotOursIsNamed()
    {
        QFETCH(bool, isFolder);
        QVERIFY(bool(SqliteStore::open(m_file)));
        const QString lock = m_file + u"-lock"_s;
        if (isFolder)
            QVERIFY(QFile::remove(lock) && QDir().mkdir(lock));
        else
            QVERIFY(QFile::setPermissions(lock, {}));
        if (QFile(lock).open(QIODevice::ReadWrite))
            QSKIP("This user may open everything.");
        const auto store = SqliteStore::open(m_file);
        QVERIFY(!store);
        QVERIFY2(store.error().contains(lock) && !store.error().contains(u"another server"),
                 qPrintable(store.error()));
        const auto check = checkDatabase(m_url);
        QVERIFY2(bool(check), check ? "" : qPrintable(check.error()));
        QVERIFY2(check->contains(lock) && !check->contains(u"A server uses"), qPrintable(*check));
    }

    void checkFindsDamage_data()
    {
        QTest::addColumn<QByteArray>("sql");
        QTest::addColumn<QString>("finding");
        QTest::newRow("a message is gone")
            << QByteArray("DELETE FROM messages WHERE message_id = 'm2'")
            << u"c1 shows a message that is not there"_s;
        QTest::newRow("a parent is gone")
            << QByteArray("DELETE FROM messages WHERE message_id = 'm1'")
            << u"c1 has a message after one that is not there"_s;
        QTest::newRow("a conversation is gone")
            << QByteArray("DELETE FROM conversations") << u"a row of messages belongs to"_s;
        QTest::newRow("a running answer without a journal")
            << QByteArray("UPDATE messages SET state = 'running' WHERE message_id = 'm2'")
            << u"c1 has a running answer without a journal"_s;
        QTest::newRow("the search index is not of these messages")
            << QByteArray("INSERT INTO search (rowid, content) VALUES (77, 'nothing')")
            << u"the search index: "_s;
    }
    void checkFindsDamage()
    {
        QFETCH(QByteArray, sql);
        {
            const auto store = *SqliteStore::open(m_file);
            put(*store, exchange(u"c1"_s, u"Hi"_s, u"Hello"_s));
            QVERIFY(!store->commit());
            QCOMPARE(store->connection().run({"PRAGMA foreign_keys = OFF", sql.constData()}),
                     QString());
        }
        QFETCH(QString, finding);
        refuses(checkDatabase(m_url), finding);
    }

    void damagedPagesAreFoundAndSpoilNoBackup()
    {
        {
            const auto store = *SqliteStore::open(m_file);
            for (int i = 0; i < 200; ++i)
                put(*store, exchange(u"c%1"_s.arg(i), u"Hi"_s, u"Hello, "_s.repeated(200)));
            QVERIFY(!store->commit());
        }
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 40; page < 50; ++page) {
            QVERIFY(file.seek(page * 4096 + 8));
            file.write(QByteArray(3000, char(0xa5)));
        }
        file.close();
        refuses(checkDatabase(m_url), u"is damaged; keep a copy of it"_s);
        QVERIFY(!backUpDatabase(m_url, m_copy));
        QCOMPARE(QDir(m_dir->path()).entryList({u"copy*"_s}), QStringList());
    }

private:
    static void refuses(const Result<QString, QString> &result, const QString &says)
    {
        QVERIFY(!result);
        QVERIFY2(result.error().contains(says), qPrintable(result.error()));
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
    QString m_url;
    QString m_copy;
};

QTEST_GUILESS_MAIN(TestDatabaseTools)
#include "tst_databasetools.moc"
