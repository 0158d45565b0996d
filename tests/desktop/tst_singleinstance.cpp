#include "app/singleinstance.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <sys/stat.h>
#include <vector>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

//! A start of the program with folders of its own.
class Start
{
public:
    Start(const QTemporaryDir &home, const QStringList &arguments,
          const QStringList &environment = {})
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        all.insert(u"XDG_RUNTIME_DIR"_s, home.path());
        all.insert(u"XDG_CONFIG_HOME"_s, home.path());
        all.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        all.remove(u"XDG_ACTIVATION_TOKEN"_s);
        all.remove(u"DESKTOP_STARTUP_ID"_s);
        for (const QString &entry : environment)
            all.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        m_process.setProcessEnvironment(all);
        m_process.start(QStringLiteral(RUNNEL_BINARY_DIR) + u"/tests/runnel-test-instance"_s,
                        arguments);
    }
    ~Start()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished(5000);
    }
    Q_DISABLE_COPY_MOVE(Start)

    QString said()
    {
        m_said += m_process.readAllStandardOutput();
        return QString::fromUtf8(m_said);
    }
    bool isFirst() { return said().startsWith(u"first\n"); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }
    QProcess &process() { return m_process; }

private:
    QProcess m_process;
    QByteArray m_said;
};

QString socketIn(const QTemporaryDir &home)
{
    const QStringList names = QDir(home.path()).entryList({u"*.socket"_s}, QDir::System);
    return names.isEmpty() ? QString() : home.filePath(names.constFirst());
}

//! With ' for ", since moc loses its way in raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesSurviveTheWay_data()
    {
        QTest::addColumn<InstanceCommand>("command");
        using Kind = InstanceCommand::Kind;
        QTest::newRow("to the front")
            << InstanceCommand{Kind::Raise, {}, {}, {}, u"tok"_s, u"id_TIME1"_s};
        QTest::newRow("a server") << InstanceCommand{
            Kind::OpenServer, u"https://a.example"_s, u"s_1"_s, u"poet"_s, {}, {}};
        QTest::newRow("a link") << InstanceCommand{
            Kind::OpenLink, u"runnel://a.example/?ask=%C3%A9%0A\u00e9"_s, {}, {}, {}, {}};
        QTest::newRow("the longest link")
            << InstanceCommand{Kind::OpenLink,
                               u"runnel://a.example/?ask="_s + QString(2024, u'a'),
                               {},
                               u"poet"_s,
                               QString(256, u't'),
                               {}};
        QTest::newRow("quick ask") << InstanceCommand{Kind::QuickAsk, {}, {}, u"poet"_s, {}, {}};
    }
    void messagesSurviveTheWay()
    {
        QFETCH(InstanceCommand, command);
        const auto message = encodeInstanceCommand(command);
        QVERIFY(bool(message));
        QVERIFY(message->endsWith('\n') && message->count('\n') == 1);
        const auto read = decodeInstanceCommand(message->chopped(1));
        QVERIFY2(bool(read), read ? "" : qPrintable(read.error().text));
        QCOMPARE(*read, command);
    }

    void wrongMessagesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("noise") << QByteArray("\xff\x00\x01garbage", 10);
        QTest::newRow("an array") << QByteArray("[1]");
        QTest::newRow("no version") << json("{'command':'raise'}");
        QTest::newRow("another version") << json("{'runnel':2,'command':'raise'}");
        QTest::newRow("no command") << json("{'runnel':1}");
        QTest::newRow("an unknown command") << json("{'runnel':1,'command':'quit'}");
        QTest::newRow("a link that is none")
            << json("{'runnel':1,'command':'link','argument':'file:///etc/passwd'}");
        QTest::newRow("a server that is none")
            << json("{'runnel':1,'command':'server','argument':'ftp://x'}");
        QTest::newRow("an argument too many")
            << json("{'runnel':1,'command':'raise','argument':'x'}");
        QTest::newRow("a conversation that is none")
            << json("{'runnel':1,'command':'raise','conversation':'../x'}");
        QTest::newRow("a conversation where a new one begins")
            << json("{'runnel':1,'command':'quick-ask','conversation':'x'}");
        QTest::newRow("an agent that is none")
            << json("{'runnel':1,'command':'raise','agent':'a b'}");
        QTest::newRow("too long") << json("{'runnel':1,'command':'raise'}") + QByteArray(4096, ' ');
        QTest::newRow("nested deeply") << QByteArray(4000, '[');
    }
    void wrongMessagesAreRefused()
    {
        QFETCH(QByteArray, line);
        const auto read = decodeInstanceCommand(line);
        QVERIFY(!read);
        QVERIFY(read.error().text.endsWith(u'.'));
    }

    void whatTheDesktopGaveIsCleaned()
    {
        const auto read = decodeInstanceCommand(json(
            "{'runnel':1,'command':'raise','activation_token':'a\\nb','startup_id':'a\\u0000b'}"));
        QVERIFY(bool(read));
        QVERIFY(read->activationToken.isEmpty() && read->startupId.isEmpty());
    }

    void whatIsTooLongIsNotSent()
    {
        QVERIFY(!encodeInstanceCommand({InstanceCommand::Kind::OpenServer,
                                        u"http://a/"_s + QString(4096, u'b'),
                                        {},
                                        {},
                                        {},
                                        {}}));
    }

    void theSecondStartPassesItsCommandAndEnds_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("heard");
        QTest::newRow("nothing but to come to the front")
            << QStringList{} << u"0 [] [] [] [] []\n"_s;
        QTest::newRow("a server") << QStringList{u"--server=https://a.example/ai"_s}
                                  << u"1 [https://a.example/ai] [] [] [] []\n"_s;
        QTest::newRow("a link") << QStringList{u"runnel://a.example/?c=s"_s}
                                << u"2 [runnel://a.example/?c=s] [] [] [] []\n"_s;
        QTest::newRow("a conversation and an agent")
            << QStringList{u"--session=s_1"_s, u"--agent=poet"_s} << u"0 [] [s_1] [poet] [] []\n"_s;
        QTest::newRow("them with a server")
            << QStringList{u"--server=https://a.example"_s, u"--session=s_1"_s}
            << u"1 [https://a.example] [s_1] [] [] []\n"_s;
        QTest::newRow("an agent for a quick question")
            << QStringList{u"--quick-ask"_s, u"--agent=poet"_s} << u"3 [] [] [poet] [] []\n"_s;
        QTest::newRow("quick ask") << QStringList{u"--quick-ask"_s} << u"3 [] [] [] [] []\n"_s;
    }
    void theSecondStartPassesItsCommandAndEnds()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, heard);
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        QElapsedTimer clock;
        clock.start();
        Start second(home, arguments);
        QTRY_VERIFY(second.hasEnded());
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(second.process().exitCode(), 0);
        QCOMPARE(second.said(), QString());
        QTRY_COMPARE(first.said(), u"first\n"_s + heard);
        QVERIFY(!first.hasEnded());
    }

    void whatTheDesktopGaveIsPassedOn()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        Start second(home, {}, {u"XDG_ACTIVATION_TOKEN=kwin-7"_s, u"DESKTOP_STARTUP_ID=x_TIME9"_s});
        QTRY_COMPARE(first.said(), u"first\n0 [] [] [] [kwin-7] [x_TIME9]\n"_s);
        QTRY_VERIFY(second.hasEnded());
    }

    void othersMayNotUseTheSocket()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        struct stat seen
        {};
        QCOMPARE(::stat(QFile::encodeName(socketIn(home)).constData(), &seen), 0);
        QCOMPARE(seen.st_mode & 0777, mode_t(0700));
    }

    void anotherFolderOfSettingsIsAnotherProgram()
    {
        const QTemporaryDir home;
        const QTemporaryDir other;
        Start first(home, {});
        Start second(home, {}, {u"XDG_CONFIG_HOME="_s + other.path()});
        QTRY_VERIFY(first.isFirst());
        QTRY_VERIFY(second.isFirst());
    }

    void whatAKilledOneLeftIsTakenOver()
    {
        const QTemporaryDir home;
        {
            Start first(home, {});
            QTRY_VERIFY(first.isFirst());
            first.process().kill();
            QTRY_VERIFY(first.hasEnded());
        }
        QVERIFY2(!socketIn(home).isEmpty(), "the socket's file is still there");
        Start next(home, {});
        QTRY_VERIFY(next.isFirst());
        Start second(home, {});
        QTRY_VERIFY(second.hasEnded());
        QCOMPARE(second.process().exitCode(), 0);
    }

    void aHungOneIsSaidToBe()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        QCOMPARE(::kill(pid_t(first.process().processId()), SIGSTOP), 0);
        QElapsedTimer clock;
        clock.start();
        Start second(home, {});
        QTRY_VERIFY(second.hasEnded());
        const qint64 took = clock.elapsed();
        QCOMPARE(::kill(pid_t(first.process().processId()), SIGCONT), 0);
        QCOMPARE(second.process().exitCode(), 1);
        QVERIFY2(took >= 1900 && took < 3500, qPrintable(QString::number(took)));
        const QByteArray why = second.process().readAllStandardError();
        QVERIFY2(why.contains("does not answer") && why.count('\n') == 1, why.constData());
    }

    void oneThatEndsWhileAskedIsFollowed()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        QCOMPARE(::kill(pid_t(first.process().processId()), SIGSTOP), 0);
        Start second(home, {});
        QVERIFY(second.process().waitForStarted());
        QVERIFY(!second.process().waitForFinished(300));
        first.process().kill();
        QTRY_VERIFY(second.isFirst());
    }

    void hostileInputIsBounded()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        const QString path = socketIn(home);

        QLocalSocket endless;
        endless.connectToServer(path);
        QTRY_COMPARE(endless.state(), QLocalSocket::ConnectedState);
        QSignalSpy cut(&endless, &QLocalSocket::disconnected);
        endless.write(QByteArray(1024 * 1024, 'a'));
        QTRY_VERIFY(!cut.isEmpty());
        QLocalSocket noise;
        noise.connectToServer(path);
        noise.write(QByteArray("\xff\xfe\x00\x01\n", 5));

        std::vector<std::unique_ptr<QLocalSocket>> silent;
        for (int i = 0; i < 100; ++i) {
            auto &socket = silent.emplace_back(std::make_unique<QLocalSocket>());
            socket->connectToServer(path);
        }
        // Those who say nothing are let go after a second, and then others are heard again.
        Start second(home, {});
        QTRY_VERIFY(second.hasEnded());
        QCOMPARE(second.process().exitCode(), 0);
        QTRY_COMPARE(first.said(), u"first\n0 [] [] [] [] []\n"_s);
        QTRY_VERIFY(std::ranges::all_of(silent, [](const auto &socket) {
            return socket->state() == QLocalSocket::UnconnectedState;
        }));
    }

    void oneByteAfterAnotherIsAMessageToo()
    {
        const QTemporaryDir home;
        Start first(home, {});
        QTRY_VERIFY(first.isFirst());
        QLocalSocket slow;
        slow.connectToServer(socketIn(home));
        QTRY_COMPARE(slow.state(), QLocalSocket::ConnectedState);
        for (const char byte : QByteArray("{\"runnel\":1,\"command\":\"raise\"}\n")) {
            slow.write(&byte, 1);
            slow.flush();
        }
        QTRY_COMPARE(first.said(), u"first\n0 [] [] [] [] []\n"_s);
        QTRY_VERIFY(slow.canReadLine());
        QCOMPARE(slow.readLine(), QByteArray("taken\n"));
    }

    void ofTwoAtTheSameMomentExactlyOneWins()
    {
        const QTemporaryDir home;
        for (int round = 0; round < 50; ++round) {
            Start one(home, {});
            Start other(home, {});
            QTRY_VERIFY((one.isFirst() && other.hasEnded()) || (other.isFirst() && one.hasEnded()));
            Start &winner = one.isFirst() ? one : other;
            Start &loser = one.isFirst() ? other : one;
            QCOMPARE(loser.process().exitCode(), 0);
            QVERIFY(!loser.isFirst());
            QTRY_COMPARE(winner.said(), u"first\n0 [] [] [] [] []\n"_s);
            QVERIFY(!winner.hasEnded());
        }
    }

    void withoutAPlaceEachIsAlone()
    {
        const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
        qunsetenv("XDG_RUNTIME_DIR");
        const InstancePlace place = InstancePlace::ofThisUser();
        if (!before.isNull())
            qputenv("XDG_RUNTIME_DIR", before);
        QVERIFY(place.lock.isEmpty() && place.socket.isEmpty());
        SingleInstance one(InstancePlace{});
        SingleInstance other(InstancePlace{});
        QVERIFY(one.tryLock() && other.tryLock());
        QVERIFY(!one.listen());
    }
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"
