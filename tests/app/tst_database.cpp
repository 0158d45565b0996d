#include "testlib/chatpeer.h"
#include "testlib/faultsemulator.h"
#include "testlib/serverprocess.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>

#include <memory>
#include <vector>

#include <sys/resource.h>

using namespace runnel::test;
using namespace Qt::StringLiterals;

//! The real server with its database: where it is, its backup and check, and what is wrong with
//! disks.
class TestDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_emulator.startScript(), qPrintable(m_emulator.standardError()));
    }

    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void isInTheWorkingFolderAndNobodyElsesToRead()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({}, environment()), qPrintable(server.standardError()));
        const QFileInfo file(server.process().workingDirectory() + u"/data/runnel.db"_s);
        QVERIFY(file.isFile());
        constexpr QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(file.permissions() & others));
        QVERIFY(!(QFileInfo(file.path()).permissions() & (others | QFile::ExeOther)));
        ask(server, u"first"_s);
        QCOMPARE(server.terminate(), 0);

        ServerProcess again(u"runnel-server"_s);
        QVERIFY(again.start({}, environment(file.filePath())));
        QCOMPARE(questionsOf(again), QStringList(u"Echo: first"_s));
    }

    void isBackedUpAndCheckedWhileItServes()
    {
        const QString copy = m_dir->filePath(u"copy.db"_s);
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({}, environment(database())), qPrintable(server.standardError()));
        ask(server, u"first"_s);
        ChatPeer other(server.chatUrl(u"other"_s));
        other.say(u"fault stall"_s); // runs through it all
        QTRY_COMPARE(other.framesOf(u"chunk"_s).size(), 2);

        ServerProcess backup(u"runnel-server"_s);
        QCOMPARE(backup.run({u"--backup"_s, copy}, environment(database())), 0);
        QVERIFY2(backup.standardOutput().contains(u"2 conversations, 4 messages"),
                 qPrintable(backup.standardOutput()));
        ServerProcess twice(u"runnel-server"_s);
        QCOMPARE(twice.run({u"--backup"_s, copy}, environment(database())), 1);
        QVERIFY2(twice.standardError().contains(u"another name"),
                 qPrintable(twice.standardError()));
        ServerProcess check(u"runnel-server"_s);
        QCOMPARE(check.run({u"--check-database"_s}, environment(database())), 0);
        QVERIFY2(check.standardOutput().contains(u"is sound"), qPrintable(check.standardOutput()));
        ask(server, u"second"_s);

        ServerProcess restored(u"runnel-server"_s);
        QVERIFY(restored.start({}, environment(copy)));
        QCOMPARE(questionsOf(restored), QStringList(u"Echo: first"_s));
        ChatPeer back(restored.chatUrl(u"other"_s));
        QTRY_COMPARE(back.story(), u"session snapshot"_s);
        QCOMPARE(back.lastOf(u"snapshot"_s)[u"messages"][1][u"content"].toString(),
                 other.textOf(u"chunk"_s));
        QCOMPARE(back.lastOf(u"snapshot"_s)[u"messages"][1][u"state"].toString(), u"interrupted"_s);
    }

    //! The kernel refuses to make the server's files any longer, as it does on a full disk.
    void fullDiskIsSaidAndOverOnceThereIsRoom()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({}, environment(database())), qPrintable(server.standardError()));
        ask(server, u"before"_s);
        const qint64 log = QFileInfo(database() + u"-wal"_s).size();
        QVERIFY(log > 0);
        limitFiles(server, rlim_t(log));
        {
            ChatPeer peer(server.chatUrl(u"s"_s));
            QTRY_COMPARE(peer.story(), u"session snapshot"_s);
            peer.say(u"Echo: too much"_s, {}, u"own-2"_s);
            QTRY_VERIFY(!peer.framesOf(u"error"_s).isEmpty());
            QCOMPARE(peer.lastOf(u"error"_s)[u"code"].toString(), u"storage_failed"_s);
            QVERIFY(peer.framesOf(u"chunk"_s).isEmpty());
        }
        QVERIFY2(server.standardError().contains(u"Nothing can be stored"),
                 qPrintable(server.standardError()));
        limitFiles(server, RLIM_INFINITY);
        const QDeadlineTimer patience(10'000);
        bool answered = false;
        while (!answered && !patience.hasExpired())
            answered = isAnswered(server, u"after"_s);
        QVERIFY(answered);
        QCOMPARE(questionsOf(server).constFirst(), u"Echo: before"_s);
        QCOMPARE(questionsOf(server).constLast(), u"Echo: after"_s);
        QCOMPARE(server.terminate(), 0);
        ServerProcess check(u"runnel-server"_s);
        QCOMPARE(check.run({u"--check-database"_s}, environment(database())), 0);
    }

    //! What lies in pages that are whole is served; nobody is shown an empty conversation instead
    //! of a damaged one, and the file is not written over.
    void damagedFileIsSaid()
    {
        {
            ServerProcess server(u"runnel-server"_s);
            QVERIFY(server.start({}, environment(database())));
            std::vector<std::unique_ptr<ChatPeer>> peers;
            for (int i = 0; i < 40; ++i) {
                peers.push_back(std::make_unique<ChatPeer>(server.chatUrl(u"s%1"_s.arg(i))));
                peers.back()->say(u"Echo: "_s + u"word "_s.repeated(800));
            }
            for (const auto &peer : peers)
                QTRY_COMPARE(peer->framesOf(u"complete"_s).size(), 1);
            QCOMPARE(server.terminate(), 0);
        }
        QFile file(database());
        QVERIFY(file.open(QIODevice::ReadWrite));
        const qint64 half = file.size() / 2 / 4096 * 4096;
        QVERIFY(file.seek(half));
        file.write(QByteArray(int(file.size() - half), char(0xa5)));
        file.close();

        ServerProcess check(u"runnel-server"_s);
        QCOMPARE(check.run({u"--check-database"_s}, environment(database())), 1);
        QVERIFY2(check.standardError().contains(u"is damaged"), qPrintable(check.standardError()));
        ServerProcess server(u"runnel-server"_s);
        if (!server.start({}, environment(database()))) {
            QVERIFY2(server.standardError().contains(database()),
                     qPrintable(server.standardError()));
            return;
        }
        int whole = 0;
        int refused = 0;
        for (int i = 0; i < 40; ++i) {
            ChatPeer peer(server.chatUrl(u"s%1"_s.arg(i)));
            if (!peer.isConnected()) {
                ++refused;
                continue;
            }
            QTRY_VERIFY(!peer.framesOf(u"snapshot"_s).isEmpty() ||
                        !peer.framesOf(u"error"_s).isEmpty());
            if (peer.framesOf(u"snapshot"_s).isEmpty()) {
                QCOMPARE(peer.lastOf(u"error"_s)[u"code"].toString(), u"storage_failed"_s);
                ++refused;
            } else {
                QCOMPARE(peer.lastOf(u"snapshot"_s)[u"messages"].toArray().size(), 2);
                ++whole;
            }
        }
        QVERIFY2(refused > 0, "half of the file is overwritten");
        QCOMPARE(whole + refused, 40);
    }

private:
    [[nodiscard]] QString database() const { return m_dir->filePath(u"r.db"_s); }

    [[nodiscard]] QStringList environment(const QString &file = {}) const
    {
        return file.isEmpty() ? m_emulator.environment()
                              : m_emulator.environment() << u"DATABASE_URL=sqlite:"_s + file;
    }

    static void ask(const ServerProcess &server, const QString &words)
    {
        ChatPeer peer(server.chatUrl(u"s"_s));
        peer.say(u"Echo: "_s + words);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
    }

    //! Asks, again with the same id, and waits for a moment.
    static bool isAnswered(const ServerProcess &server, const QString &words)
    {
        ChatPeer peer(server.chatUrl(u"s"_s));
        peer.say(u"Echo: "_s + words, {}, u"own-"_s + words);
        return QTest::qWaitFor([&peer] { return !peer.framesOf(u"complete"_s).isEmpty(); }, 500);
    }

    static QStringList questionsOf(const ServerProcess &server)
    {
        ChatPeer peer(server.chatUrl(u"s"_s));
        if (!QTest::qWaitFor([&peer] { return !peer.framesOf(u"snapshot"_s).isEmpty(); }, 5000))
            return {};
        QStringList questions;
        for (const QJsonValue &message : peer.lastOf(u"snapshot"_s)[u"messages"].toArray()) {
            if (message[u"role"].toString() == u"user")
                questions.append(message[u"content"].toString());
        }
        return questions;
    }

    static void limitFiles(ServerProcess &server, rlim_t bytes)
    {
        const rlimit limit{bytes, RLIM_INFINITY};
        QCOMPARE(::prlimit(pid_t(server.process().processId()), RLIMIT_FSIZE, &limit, nullptr), 0);
    }

    FaultsEmulator m_emulator;
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
