#include "app/opening.h"
#include "app/window.h"
#include "windowdriver.h"

#include "testlib/scriptedhttpserver.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray healthy =
    R"({"status":"healthy","version":"0.1.0","model":"m","demo":true,"uptime_s":1,"sessions":0,)"
    R"("answering":0,"websockets":0,"connections":1})";

FirstServer::Options lookingAt(const QList<quint16> &ports)
{
    return {{ports, 3000ms, {100ms, 200ms}}, 2000ms};
}

//! The window of somebody who has no server.
struct Fixture
{
    explicit Fixture(const QList<quint16> &ports = {}, QSize size = {1000, 720})
        : driver(Workspace::Options{}, size, lookingAt(ports))
    {
        keepServers(driver.workspace, driver.servers);
    }
    [[nodiscard]] QString problem() const
    {
        return driver.item(u"firstProblem"_s)->property("text").toString();
    }
    void connectTo(const QString &address) const
    {
        driver.item(u"firstAddress"_s)->setProperty("text", address);
        driver.click(driver.item(u"firstConnect"_s));
    }

    WindowDriver driver;
};

} // namespace

//! The first start: nobody has named a server yet.
class TestFirstStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void nothingIsConnectedToBeforeSomebodyChose()
    {
        CommandLine line;
        line.session = u"named"_s;
        const QTemporaryDir folder;
        ServerListModel servers(folder.filePath(u"servers.ini"_s));
        QCOMPARE(serverAtStart(line, servers), QUrl());
        QVERIFY(servers.add({}, u"https://kept.example"_s));
        QCOMPARE(serverAtStart(line, servers), QUrl(u"https://kept.example"_s));
        line.serverNamed = true;
        line.server = QUrl(u"https://named.example"_s);
        QCOMPARE(serverAtStart(line, servers), line.server);
    }

    void thePageSaysWhatToDo()
    {
        Fixture f;
        QVERIFY(f.driver.find(u"FirstPage"_s));
        QVERIFY(!f.driver.find(u"ChatPage"_s));
        QVERIFY(!f.driver.find(u"SideBar"_s));
        QVERIFY(!f.driver.find(u"ConnectionBadge"_s));
        QTRY_COMPARE(f.driver.focused(), u"firstAddress"_s);
        QVERIFY(!f.driver.visibleItem(u"serverHere"_s));
        QVERIFY(f.driver.shows(u"./run"_s));
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"first"_s);
        // What needs a server is not there by the keyboard either.
        f.driver.press(Qt::Key_K, Qt::ControlModifier);
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(f.driver.focused(), u"firstAddress"_s);
        QCOMPARE(f.driver.server.connections(), 0);
        QVERIFY(f.driver.server.requests().isEmpty());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void theCommandIsCopied()
    {
        Fixture f;
        for (QQuickItem *const button : f.driver.findAll(u"IconButton"_s)) {
            if (button->property("iconName").toString() == u"copy")
                f.driver.click(button);
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), u"./run"_s);
    }

    void itFitsEverywhere_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text");
        QTest::newRow("narrow") << QSize(360, 640) << 100;
        QTest::newRow("smallest") << QSize(320, 400) << 100;
        QTest::newRow("narrow, large text") << QSize(480, 800) << 200;
    }
    void itFitsEverywhere()
    {
        QFETCH(QSize, size);
        QFETCH(int, text);
        ScriptedHttpServer here;
        here.scriptAll({httpAnswer(200, healthy)});
        Fixture f({quint16(here.url().port())}, size);
        f.driver.preferences.setTextSize(text);
        QTRY_VERIFY(f.driver.visibleItem(u"serverHere"_s));
        f.driver.firstServer.use(u"ftp://files.example.org"_s);
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"first-%1-%2"_s.arg(size.width()).arg(text));
        f.driver.preferences.setTextSize(100);
    }

    void theServerOnThisComputerIsOffered()
    {
        ScriptedServer here; // It has the finder's answer as well.
        here.answerRequestsWith([](const ScriptedServer::Request &request) {
            return ScriptedServer::Answer{
                200, request.path == "/api/health" ? healthy : R"({"conversations": []})"};
        });
        Fixture f({quint16(here.url().port())});
        QTRY_VERIFY(f.driver.visibleItem(u"serverHere"_s));
        QVERIFY(f.driver.shows(here.url().toString()));
        f.driver.pictures(u"first-found"_s);
        QCOMPARE(here.connections(), 0);
        f.driver.click(f.driver.item(u"serverHere"_s));
        QTRY_COMPARE(f.driver.workspace.server(), here.url());
        QTRY_VERIFY(f.driver.workspace.session()->connected());
        QTRY_VERIFY(f.driver.find(u"ChatPage"_s));
        QVERIFY(!f.driver.find(u"FirstPage"_s));
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
        QCOMPARE(f.driver.servers.currentUrl(), here.url());
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void anAddressThatDidNotDoIsMendedAndNothingElseTaken()
    {
        ScriptedServer here;
        here.answerRequestsWith([](const ScriptedServer::Request &) {
            return ScriptedServer::Answer{200, healthy};
        });
        Fixture f({quint16(here.url().port())});
        QTRY_VERIFY(f.driver.visibleItem(u"serverHere"_s));
        QQuickItem *const field = f.driver.item(u"firstAddress"_s);
        field->forceActiveFocus();
        const QString wrong = u"127.0.0.1:%1"_s.arg(unusedPort());
        f.driver.type(wrong);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.problem(), u"Nothing answers at the server's address."_s);
        QTRY_COMPARE(f.driver.focused(), u"firstAddress"_s);
        QCOMPARE(field->property("selectedText").toString(), wrong);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.focused(), u"firstAddress"_s);
        QVERIFY(!f.driver.workspace.hasServer());

        field->setProperty("text", QString());
        f.driver.press(Qt::Key_Return); // Nothing was written: the one that is offered.
        QTRY_COMPARE(f.driver.workspace.server(), here.url());
    }

    void anAddressIsTriedAndThenUsed()
    {
        ScriptedServer there;
        Fixture f;
        f.driver.type(u"127.0.0.1:%1"_s.arg(there.url().port()));
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.workspace.server(), there.url());
        QTRY_COMPARE(f.driver.servers.rowCount(), 1);
        QTRY_COMPARE(there.connections(), 2); // The trial and the conversation.
        QVERIFY(there.received().empty());
    }

    void whatWasNamedAtTheStartIsOpenedThere()
    {
        ScriptedServer there;
        Workspace workspace({{}, u"named"_s, u"poet"_s});
        workspace.start();
        QVERIFY(!workspace.hasServer());
        workspace.useServer(there.url());
        QTRY_COMPARE(there.path(), u"/ws/chat/named"_s);
        QCOMPARE(workspace.session()->conversationId(), u"named"_s);
    }

    void aServerThatDoesNotAnswerIsSaid()
    {
        Fixture f;
        const QString address = u"http://127.0.0.1:%1"_s.arg(unusedPort());
        f.connectTo(address);
        QTRY_COMPARE(f.problem(), u"Nothing answers at the server's address."_s);
        QVERIFY(!f.driver.workspace.hasServer());
        QCOMPARE(f.driver.servers.rowCount(), 0);
        QTRY_COMPARE(f.driver.focused(), u"firstAddress"_s);
        QCOMPARE(f.driver.item(u"firstAddress"_s)->property("text").toString(), address);
        f.driver.pictures(u"first-problem"_s);
    }

    void aSilentServerIsGivenUpOrCancelled()
    {
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QString address = u"http://127.0.0.1:%1"_s.arg(silent.serverPort());
        Fixture f;
        f.connectTo(address);
        QTRY_COMPARE(f.problem(), u"Connecting to %1 …"_s.arg(address));
        QTRY_COMPARE(f.driver.focused(), u"firstCancel"_s);
        f.driver.picture(u"first-trying-light"_s);
        f.driver.press(Qt::Key_Space);
        QTRY_COMPARE(f.problem(), QString());
        QTRY_COMPARE(f.driver.focused(), u"firstAddress"_s);
        f.connectTo(address);
        QTRY_COMPARE(f.problem(), u"The server does not answer."_s);
    }

    void wrongAddressesAreRefused_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << u"  "_s << u"Write the server's address."_s;
        QTest::newRow("another scheme") << u"ftp://a.example"_s << u"is no address of a server"_s;
        QTest::newRow("a sentence") << u"what is this"_s << u"is no address of a server"_s;
        QTest::newRow("a password") << u"https://me:secret@a.example"_s << u"before the @"_s;
        QTest::newRow("too long") << u"https://a.example/"_s + QString(2048, u'a')
                                  << u"longer than 2048"_s;
    }
    void wrongAddressesAreRefused()
    {
        QFETCH(QString, address);
        QFETCH(QString, says);
        FirstServer first(lookingAt({}));
        first.use(address);
        QVERIFY2(first.problem().contains(says), qPrintable(first.problem()));
        QCOMPARE(first.trying(), QString());
        QVERIFY(!first.problem().contains(u"secret"_s));
    }

    void withoutASchemeItIsTheSafeOne_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("tried");
        QTest::newRow("a name") << u"chat.invalid"_s << u"https://chat.invalid"_s;
        QTest::newRow("this computer") << u"localhost:1"_s << u"http://localhost:1"_s;
        QTest::newRow("its address") << u"[::1]:1"_s << u"http://[::1]:1"_s;
        QTest::newRow("plain, if somebody says so")
            << u"http://chat.invalid"_s << u"http://chat.invalid"_s;
    }
    void withoutASchemeItIsTheSafeOne()
    {
        QFETCH(QString, address);
        QFETCH(QString, tried);
        FirstServer first(lookingAt({}));
        first.use(address);
        QCOMPARE(first.trying(), tried);
    }
};

QTEST_MAIN(TestFirstStart)
#include "tst_firststart.moc"
