#include "emulator/emulatorserver.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace runnel;
using namespace runnel::emulator;
using namespace Qt::StringLiterals;

namespace {

QByteArray request(const QByteArray &message, const QByteArray &headers = {})
{
    const QByteArray body = "{\"contents\":[{\"parts\":[{\"text\":\"" + message + "\"}]}]}";
    return "POST /v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse HTTP/1.1\r\n"
           "Host: localhost\r\nx-goog-api-key: k\r\n" +
           headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

//! A client of one socket that keeps all it has got.
struct Client
{
    explicit Client(const EmulatorServer &server)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket,
                         [this] { received += socket.readAll(); });
        QObject::connect(&socket, &QTcpSocket::errorOccurred, &socket,
                         [this](QAbstractSocket::SocketError code) { error = code; });
        socket.connectToHost(QHostAddress::LocalHost, server.port());
    }

    [[nodiscard]] bool isClosed() const
    {
        return socket.state() == QAbstractSocket::UnconnectedState;
    }

    QTcpSocket socket;
    QByteArray received;
    QAbstractSocket::SocketError error = QAbstractSocket::UnknownSocketError;
};

EmulatorOptions quick(const QString &scenario = u"faults"_s)
{
    EmulatorOptions options;
    options.scenario = Scenario::builtIn(scenario);
    options.tokensPerSecond = 0;
    return options;
}

} // namespace

class TestEmulatorServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersOnOneConnectionAfterTheOther()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        QCOMPARE(server.baseUrl(), u"http://127.0.0.1:%1"_s.arg(server.port()));
        Client client(server);
        // Two at once, the second of them in pipeline.
        client.socket.write(request("Echo: one") + request("Echo: two"));
        QTRY_COMPARE(client.received.count("\r\n0\r\n\r\n"), 2);
        QVERIFY(client.received.indexOf("\"one\"") < client.received.indexOf("\"two\""));
        client.socket.write("GET / HTTP/1.1\r\n\r\n");
        QTRY_VERIFY(client.received.contains("This is runnel-emulator"));
        QVERIFY(!client.isClosed());
        client.socket.write("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QTRY_COMPARE(server.connectionCount(), size_t(0));
    }

    void headHasNoBody()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server);
        client.socket.write("HEAD /v1beta/models/none HTTP/1.1\r\n\r\n"
                            "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.received.count("HTTP/1.1 "), 2);
        QCOMPARE(client.received.count("Content-Length: "), 2);
        const qsizetype second = client.received.lastIndexOf("HTTP/1.1 ");
        QVERIFY(client.received.first(second).endsWith("\r\n\r\n"));
        QVERIFY(client.received.endsWith("\r\n\r\n"));
    }

    void http10EndsWithTheConnection()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server);
        QByteArray old = request("Echo: one");
        client.socket.write(old.replace("HTTP/1.1", "HTTP/1.0"));
        QTRY_VERIFY(client.isClosed());
        QVERIFY(!client.received.contains("Transfer-Encoding"));
        QVERIFY(client.received.contains("\r\n\r\ndata: {"));
    }

    void refusesWhatIsNoHttp()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server);
        client.socket.write("hello\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received.startsWith("HTTP/1.1 400 Bad Request\r\n"));
        Client large(server);
        large.socket.write("POST / HTTP/1.1\r\nContent-Length: 33554433\r\n\r\n");
        QTRY_VERIFY(large.isClosed());
        QVERIFY(large.received.startsWith("HTTP/1.1 413 "));
    }

    void slowAndSilentOnesAreClosed()
    {
        EmulatorOptions options = quick();
        options.limits.request = std::chrono::milliseconds(50);
        options.limits.idle = std::chrono::milliseconds(50);
        EmulatorServer server(std::move(options));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client silent(server);
        Client half(server);
        half.socket.write("GET / HTTP/1.1\r\nHo");
        Client idle(server);
        idle.socket.write("GET / HTTP/1.1\r\n\r\n");
        QTRY_VERIFY(silent.isClosed() && half.isClosed() && idle.isClosed());
        QVERIFY(idle.received.contains("200 OK"));
        QTRY_COMPARE(server.connectionCount(), size_t(0));
    }

    void cutIsAReset()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server);
        client.socket.write(request("fault cut"));
        QTRY_VERIFY(client.isClosed());
        QVERIFY(!client.received.contains("\r\n0\r\n\r\n"));
        QVERIFY(!client.received.contains("finishReason"));
    }

    void closeLeavesTheBodyOpen()
    {
        EmulatorServer server(quick());
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client client(server);
        client.socket.write(request("fault close"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.error, QAbstractSocket::RemoteHostClosedError);
        QCOMPARE(client.received.count("data: "), 2);
        QVERIFY(!client.received.contains("\r\n0\r\n\r\n"));
    }

    void stallAndHangKeepTheConnectionAndThenClose()
    {
        EmulatorOptions options = quick();
        for (Rule &rule : options.scenario->rules) {
            if (rule.fault)
                rule.fault->delay = std::chrono::milliseconds(300);
        }
        EmulatorServer server(std::move(options));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        Client stall(server);
        stall.socket.write(request("fault stall"));
        Client hang(server);
        hang.socket.write(request("fault hang"));
        QTRY_COMPARE(stall.received.count("data: "), 2);
        QVERIFY(!stall.isClosed());
        QTRY_VERIFY(stall.isClosed() && hang.isClosed());
        QCOMPARE(stall.received.count("data: "), 2);
        QVERIFY(hang.received.isEmpty());
    }

    void aSlowReaderCostsBoundedMemory()
    {
        EmulatorOptions options = quick(u"bench"_s);
        options.limits.waitingBytes = 16 * 1024;
        options.limits.stuck = std::chrono::milliseconds(200);
        EmulatorServer server(std::move(options));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        QTcpSocket reader;
        reader.setReadBufferSize(1024);
        reader.connectToHost(QHostAddress::LocalHost, server.port());
        reader.write(request("bench chunks=1000000 rate=0 size=1000"));
        // It reads nothing, so the stream pauses, and after a while the connection is dropped.
        QTRY_COMPARE(server.connectionCount(), size_t(1));
        QTRY_COMPARE(server.connectionCount(), size_t(0));
    }

    void aReaderThatComesBackGetsEverything()
    {
        EmulatorOptions options = quick(u"bench"_s);
        options.limits.waitingBytes = 16 * 1024;
        EmulatorServer server(std::move(options));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        QTcpSocket reader;
        reader.setReadBufferSize(1024);
        reader.connectToHost(QHostAddress::LocalHost, server.port());
        reader.write(request("bench chunks=5000 rate=0 size=1000", "Connection: close\r\n"));
        QTRY_COMPARE(reader.bytesAvailable(), 1024);
        reader.setReadBufferSize(0);
        QByteArray received;
        connect(&reader, &QTcpSocket::readyRead, this, [&] { received += reader.readAll(); });
        received += reader.readAll();
        QTRY_VERIFY(received.endsWith("\r\n0\r\n\r\n"));
        QCOMPARE(received.count("data: "), 5001);
    }

    void manyStreamsAtOnce()
    {
        EmulatorServer server(quick(u"bench"_s));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(std::make_unique<Client>(server));
            clients.back()->socket.write(request("bench chunks=20 rate=100 size=24"));
        }
        const auto isWhole = [](const auto &client) {
            return client->received.count("data: ") == 21 &&
                   client->received.endsWith("\r\n0\r\n\r\n");
        };
        QTRY_VERIFY(std::all_of(clients.begin(), clients.end(), isWhole));
    }

    void clientsMayLeaveInTheMiddle()
    {
        EmulatorServer server(quick(u"bench"_s));
        QVERIFY(server.listen(QHostAddress::LocalHost, 0));
        {
            Client client(server);
            client.socket.write(request("bench chunks=1000 rate=100 size=24"));
            QTRY_VERIFY(client.received.count("data: ") > 3);
            client.socket.abort();
        }
        QTRY_COMPARE(server.connectionCount(), size_t(0));
        // And the server may go while a stream runs.
        auto other = std::make_unique<EmulatorServer>(quick(u"bench"_s));
        QVERIFY(other->listen(QHostAddress::LocalHost, 0));
        Client client(*other);
        client.socket.write(request("bench chunks=1000 rate=100 size=24"));
        QTRY_VERIFY(client.received.count("data: ") > 3);
        other.reset();
        QTRY_VERIFY(client.isClosed());
    }

    void programListensAndEndsOnSigterm()
    {
        QProcess program;
        program.start(QStringLiteral(RUNNEL_EMULATOR), {u"--port"_s, u"0"_s});
        // With sanitizers on a busy machine a program takes seconds to begin.
        QTRY_VERIFY_WITH_TIMEOUT(program.canReadLine(), 30'000);
        const QByteArray line = program.readLine();
        QVERIFY2(line.startsWith("Listening on http://127.0.0.1:"), line.constData());
        const QString port = QString::fromLatin1(line.trimmed().split(':').last());

        QProcess second;
        second.start(QStringLiteral(RUNNEL_EMULATOR), {u"--port"_s, port});
        QTRY_COMPARE_WITH_TIMEOUT(second.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(second.exitCode(), 1);
        const QByteArray error = second.readAllStandardError();
        QCOMPARE(error.count('\n'), 1);
        QVERIFY2(error.contains(QByteArray("Cannot listen on 127.0.0.1:" + port.toUtf8())),
                 error.constData());

        program.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.exitCode(), 0);
    }

    void programRefusesWrongFlags_data()
    {
        QTest::addColumn<QStringList>("flags");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("a port that is none")
            << QStringList{u"--port"_s, u"http"_s}
            << "--port must be a number from 0 to 65535, is \"http\"\n"_ba;
        QTest::newRow("a pace below nothing")
            << QStringList{u"--tokens-per-second=-1"_s}
            << "--tokens-per-second must be a number from 0 to 1000000, is \"-1\"\n"_ba;
        QTest::newRow("a host that is none") << QStringList{u"--host"_s, u"nowhere"_s}
                                             << "--host must be an IP address, is \"nowhere\"\n"_ba;
        QTest::newRow("a file that is not there")
            << QStringList{u"--scenario"_s, u"/nowhere.json"_s}
            << "Cannot read the scenario /nowhere.json: No such file or directory\n"_ba;
        QTest::newRow("an argument too many")
            << QStringList{u"faults"_s} << "Unexpected argument: faults\n"_ba;
    }
    void programRefusesWrongFlags()
    {
        QFETCH(QStringList, flags);
        QFETCH(QByteArray, wanted);
        QProcess program;
        program.start(QStringLiteral(RUNNEL_EMULATOR), flags);
        QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 30'000);
        QCOMPARE(program.exitCode(), 1);
        QCOMPARE(program.readAllStandardError(), wanted);
        QVERIFY(program.readAllStandardOutput().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestEmulatorServer)
#include "tst_emulatorserver.moc"
