#include "app/window.h"
#include "testlib/serverprocess.h"
#include "windowdriver.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! An address that stays while the server behind it goes and comes, and a cable to pull.
class Relay : public QObject
{
    Q_OBJECT

public:
    Relay()
    {
        connect(&m_server, &QTcpServer::newConnection, this, &Relay::accept);
        if (!m_server.listen(QHostAddress::LocalHost))
            qFatal("Cannot listen: %s", qPrintable(m_server.errorString()));
    }
    [[nodiscard]] QUrl url() const
    {
        return QUrl(u"http://127.0.0.1:%1"_s.arg(m_server.serverPort()));
    }
    void leadTo(const QUrl &target) { m_target = target; }
    //! Drops every connection and takes no other one until leadTo().
    void cut()
    {
        m_target.clear();
        const QList<QTcpSocket *> sockets = m_server.findChildren<QTcpSocket *>();
        for (QTcpSocket *socket : sockets)
            socket->abort();
    }

private:
    void accept()
    {
        QTcpSocket *const near = m_server.nextPendingConnection();
        connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
        if (m_target.isEmpty()) {
            near->abort();
            return;
        }
        auto *far = new QTcpSocket(near);
        connect(near, &QTcpSocket::readyRead, far, [near, far] { far->write(near->readAll()); });
        connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::disconnectFromHost);
        connect(far, &QTcpSocket::errorOccurred, near, &QTcpSocket::disconnectFromHost);
        far->connectToHost(m_target.host(), quint16(m_target.port()));
    }

    QTcpServer m_server;
    QUrl m_target;
};

} // namespace

//! The window in front of the real server and the emulator's faults, as a person uses it.
class TestLiveWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareQuick();
        QVERIFY2(
            m_emulator.start({u"--port"_s, u"0"_s, u"--scenario"_s,
                              QStringLiteral(RUNNEL_SOURCE_DIR "/emulator/scenarios/faults.json")}),
            qPrintable(m_emulator.standardError()));
    }

    void killedServerLeavesTheTextAndContinueJoinsIt()
    {
        const QTemporaryDir dir;
        Relay relay;
        auto server = started(dir);
        QVERIFY(server);
        relay.leadTo(server->url());
        WindowDriver driver(options(relay));
        QTRY_VERIFY(driver.session.connected());
        QVERIFY(driver.session.send(u"fault stall"_s)); // A part of an answer, then nothing more.
        QTRY_VERIFY(textOf(driver, 1).size() > 5);
        server->process().kill();
        QVERIFY(server->process().waitForFinished());
        QTRY_VERIFY(!driver.session.connected());
        const QString shown = textOf(driver, 1);
        QTRY_VERIFY(driver.shows(shown.trimmed()));
        QVERIFY(!driver.visibleItem(u"continueButton"_s)); // Nobody knows yet how it ended.

        server = started(dir);
        QVERIFY(server);
        relay.leadTo(server->url());
        QTRY_VERIFY_WITH_TIMEOUT(driver.visibleItem(u"continueButton"_s), 15'000);
        // What was stored and not sent any more may come on top.
        QVERIFY2(textOf(driver, 1).startsWith(shown), qPrintable(textOf(driver, 1)));
        QVERIFY(driver.shows(u"The answer was interrupted."_s));
        driver.picture(u"live-interrupted-light"_s);
        driver.click(driver.item(u"continueButton"_s));
        const QString whole =
            u"This answer stops in the middle and then nothing more comes for ten minutes."_s;
        QTRY_COMPARE(textOf(driver, 1), whole);
        QTRY_VERIFY(!driver.session.answering());
        QVERIFY(driver.shows(whole));
        QVERIFY(!driver.visibleItem(u"continueButton"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
        QCOMPARE(server->terminate(), 0);
    }

    void editRegenerateAndVersions()
    {
        const QTemporaryDir dir;
        Relay relay;
        const auto server = started(dir);
        QVERIFY(server);
        relay.leadTo(server->url());
        WindowDriver driver(options(relay));
        ChatSession other(sessionOptions(relay));
        other.open();
        QTRY_VERIFY(driver.session.connected() && other.connected());
        QVERIFY(driver.session.send(u"Echo: first"_s));
        QTRY_COMPARE(texts(other), QStringList({u"Echo: first"_s, u"first"_s}));
        QTRY_VERIFY(!driver.session.answering());

        QTRY_VERIFY(driver.hasRowsInOrder(2));
        QVERIFY(driver.tabTo(u"editButton"_s));
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
        driver.type(u" and edited"_s);
        driver.press(Qt::Key_Return);
        QTRY_COMPARE(texts(other),
                     QStringList({u"Echo: first and edited"_s, u"first and edited"_s}));
        QTRY_VERIFY(!driver.session.answering());
        QVERIFY(driver.shows(u"2 / 2"_s));

        driver.click(driver.item(u"regenerateButton"_s));
        QTRY_COMPARE(versions(driver.session), QStringList({u"2/2"_s, u"2/2"_s}));
        QTRY_VERIFY(!driver.session.answering());

        QTRY_VERIFY(driver.hasRowsInOrder(2));
        QVERIFY(driver.tabTo(u"previousVersion"_s)); // Of the question.
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(texts(other), QStringList({u"Echo: first"_s, u"first"_s}));
        QTRY_COMPARE(driver.focused(), u"nextVersion"_s);
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(versions(driver.session), QStringList({u"2/2"_s, u"2/2"_s}));
        QTRY_COMPARE(texts(driver.session), texts(other));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
        QCOMPARE(server->terminate(), 0);
    }

    void whatIsSentOfflineIsAskedOnce()
    {
        const QTemporaryDir dir;
        Relay relay;
        const auto server = started(dir);
        QVERIFY(server);
        relay.leadTo(server->url());
        WindowDriver driver(options(relay));
        QTRY_VERIFY(driver.session.connected());
        QVERIFY(driver.session.send(u"Echo: first"_s));
        QTRY_COMPARE(texts(driver.session).value(1), u"first"_s);
        QTRY_VERIFY(!driver.session.answering());
        for (int round = 0; round < 3; ++round) {
            relay.cut();
            QTRY_VERIFY(!driver.session.connected());
            QVERIFY(driver.session.send(u"Echo: round %1"_s.arg(round)));
            QVERIFY(driver.shows(u"Will be sent when the connection is back"_s));
            relay.leadTo(server->url());
            QTRY_COMPARE_WITH_TIMEOUT(texts(driver.session).last(), u"round %1"_s.arg(round),
                                      15'000);
        }
        QTRY_VERIFY(!driver.session.answering());
        // A stranger sees each once, too.
        ChatSession other(sessionOptions(relay));
        other.open();
        QTRY_COMPARE(texts(other), texts(driver.session));
        QCOMPARE(texts(other),
                 QStringList({u"Echo: first"_s, u"first"_s, u"Echo: round 0"_s, u"round 0"_s,
                              u"Echo: round 1"_s, u"round 1"_s, u"Echo: round 2"_s, u"round 2"_s}));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
        QCOMPARE(server->terminate(), 0);
    }

private:
    [[nodiscard]] std::unique_ptr<ServerProcess> started(const QTemporaryDir &dir) const
    {
        auto server = std::make_unique<ServerProcess>(u"runnel-server"_s);
        const bool serves =
            server->start({}, {u"PORT=0"_s, u"GOOGLE_API_KEY=secret-key"_s,
                               u"GOOGLE_GEMINI_BASE_URL="_s + m_emulator.url().toString(),
                               u"DATABASE_URL=sqlite:"_s + dir.filePath(u"r.db"_s)});
        if (!serves) {
            qWarning("%s", qPrintable(server->standardError()));
            server.reset();
        }
        return server;
    }

    static Workspace::Options options(const Relay &relay)
    {
        Workspace::Options options{relay.url(), u"live"_s, {}};
        options.times.backoff = {50ms, 200ms};
        return options;
    }

    static ChatSession::Options sessionOptions(const Relay &relay)
    {
        const Workspace::Options as = options(relay);
        return {as.server, as.conversation, as.agent, as.times};
    }

    static QStringList texts(ChatSession &session)
    {
        QStringList out;
        for (int row = 0; row < session.messages()->rowCount(); ++row)
            out.append(session.messages()->index(row).data(MessageListModel::TextRole).toString());
        return out;
    }

    static QString textOf(WindowDriver &driver, int row)
    {
        return texts(driver.session).value(row);
    }

    static QStringList versions(ChatSession &session)
    {
        QStringList out;
        for (int row = 0; row < session.messages()->rowCount(); ++row) {
            const QModelIndex index = session.messages()->index(row);
            out.append(u"%1/%2"_s.arg(index.data(MessageListModel::VersionRole).toInt())
                           .arg(index.data(MessageListModel::VersionCountRole).toInt()));
        }
        return out;
    }

    ServerProcess m_emulator{u"runnel-emulator"_s};
};

QTEST_MAIN(TestLiveWindow)
#include "tst_livewindow.moc"
