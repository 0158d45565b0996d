#include "models/serverfinder.h"

#include "testlib/scriptedhttpserver.h"
#ifdef RUNNEL_WITH_SERVER
#include "testlib/serverprocess.h"
#endif

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QByteArray healthy =
    R"({"status":"healthy","version":"0.1.0","model":"m","demo":true,"uptime_s":1,"sessions":0,)"
    R"("answering":0,"websockets":0,"connections":1})";

ServerFinder::Options options(const QList<quint16> &ports)
{
    return {ports, 300ms, {100ms, 200ms}};
}

quint16 portOf(const ScriptedHttpServer &server)
{
    return quint16(server.url().port());
}

//! With ' for ", since moc loses its way in raw strings.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

} // namespace

class TestServerFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRunnelIsFoundAndAskedOnce()
    {
        ScriptedHttpServer server;
        server.script({httpAnswer(200, healthy)});
        ServerFinder finder(options({portOf(server)}));
        QCOMPARE(finder.state(), ServerFinder::NotFound);
        QSignalSpy changed(&finder, &ServerFinder::stateChanged);
        finder.start();
        QCOMPARE(finder.state(), ServerFinder::Looking);
        QTRY_COMPARE(finder.state(), ServerFinder::Found);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(finder.url(), QUrl(u"http://127.0.0.1:%1"_s.arg(portOf(server))));
        QCOMPARE(server.exchange(0).request().method, QByteArray("GET"));
        QCOMPARE(server.exchange(0).request().target, QByteArray("/api/health"));
        QVERIFY(!server.exchange(0).request().headers.contains("cookie"));
        QTest::qWait(400); // Twice the longest wait before it would look again.
        QCOMPARE(server.requestCount(), 1);
    }

    void othersAreNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *name, const QByteArray &answer) {
            QTest::newRow(name) << answer;
        };
        QByteArray draining = healthy;
        draining.replace("healthy", "draining");
        row("one that goes down", httpAnswer(200, draining));
        row("another program's health",
            httpAnswer(200, json("{'status':'healthy','version':'3'}")));
        row("a page", httpAnswer(200, "<html></html>", "text/html"));
        row("an error with the right body", httpAnswer(503, healthy));
        row("a list", httpAnswer(200, '[' + healthy + ']'));
        row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n");
        row("too long a body", httpAnswer(200, healthy + QByteArray(64 * 1024, ' ')));
        row("a body without an end",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + QByteArray(1 << 20, ' '));
        row("half an answer", httpAnswer(200, healthy).chopped(10));
        row("nothing", {});
    }
    void othersAreNotBelieved()
    {
        QFETCH(QByteArray, answer);
        ScriptedHttpServer server;
        server.scriptAll({answer});
        ServerFinder finder(options({portOf(server)}));
        QElapsedTimer clock;
        clock.start();
        finder.start();
        QTRY_COMPARE(finder.state(), ServerFinder::NotFound);
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
        QVERIFY(finder.url().isEmpty());
    }

    void aRedirectIsNotFollowed()
    {
        ScriptedHttpServer other;
        other.scriptAll({httpAnswer(200, healthy)});
        ScriptedHttpServer server;
        server.scriptAll({httpAnswer(302, {}, "text/plain",
                                     "Location: " + other.url().toEncoded() + "/api/health\r\n")});
        ServerFinder finder(options({portOf(server)}));
        finder.start();
        QTRY_COMPARE(finder.state(), ServerFinder::NotFound);
        QTRY_VERIFY(server.requestCount() >= 2);
        QCOMPARE(other.requestCount(), 0);
    }

    void theFirstPortThatHasOneIsTaken()
    {
        ScriptedHttpServer silent;
        ScriptedHttpServer first;
        ScriptedHttpServer second;
        second.scriptAll({httpAnswer(200, healthy)});
        ServerFinder finder(options({unusedPort(), portOf(silent), portOf(first), portOf(second)}));
        finder.start();
        QTRY_COMPARE(first.requestCount(), 1);
        QTRY_COMPARE(second.requestCount(), 1);
        first.exchange(0).send(httpAnswer(200, healthy));
        QTRY_COMPARE(finder.state(), ServerFinder::Found);
        QCOMPARE(finder.url().port(), int(portOf(first)));
    }

    void oneThatStartsLaterIsFound()
    {
        ScriptedHttpServer server;
        server.script({httpAnswer(404, {})});
        server.script({httpAnswer(404, {})});
        server.scriptAll({httpAnswer(200, healthy)});
        ServerFinder finder(options({portOf(server)}));
        QSignalSpy changed(&finder, &ServerFinder::stateChanged);
        finder.start();
        QTRY_COMPARE(finder.state(), ServerFinder::Found);
        QCOMPARE(server.requestCount(), 3);
        QCOMPARE(changed.size(), 3); // Looking, NotFound, Found: later rounds are silent.
    }

    void stopStops()
    {
        ScriptedHttpServer server;
        ServerFinder finder(options({portOf(server)}));
        finder.start();
        QTRY_COMPARE(server.requestCount(), 1);
        finder.stop();
        QCOMPARE(finder.state(), ServerFinder::NotFound);
        QTRY_COMPARE(server.openConnections(), 0);
        QTest::qWait(400); // Twice the longest wait before it would look again.
        QCOMPARE(server.requestCount(), 1);
    }

    void nowhereToLookIsNotFound()
    {
        ServerFinder finder(options({}));
        finder.start();
        QCOMPARE(finder.state(), ServerFinder::NotFound);
    }

#ifdef RUNNEL_WITH_SERVER
    void theRealServerIsFound()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({u"--port"_s, u"0"_s}), qPrintable(server.standardError()));
        ServerFinder finder({{quint16(server.url().port())}});
        finder.start();
        QTRY_COMPARE(finder.state(), ServerFinder::Found);
    }
#endif
};

QTEST_GUILESS_MAIN(TestServerFinder)
#include "tst_serverfinder.moc"
