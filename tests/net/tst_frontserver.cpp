#include "net/frontserver.h"
#include "net/httpexchange.h"
#include "net/rawclient.h"

#include <QElapsedTimer>
#include <QHttpServer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTest>

#include <QWebSocket>
#include <QWebSocketServer>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace runnel;
using namespace std::chrono_literals;
using test::RawClient;

namespace {

const QByteArray handshakeTail = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                 "Sec-WebSocket-Version: 13\r\n"
                                 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

QByteArray get(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

QByteArray post(const QByteArray &path, const QByteArray &body, const QByteArray &headers = {})
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray handshake(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + handshakeTail;
}

//! Short limits, so that each is met in a moment.
FrontServerConfig quickConfig()
{
    FrontServerConfig config;
    config.port = 0;
    config.headTimeout = 300ms;
    config.bodyTimeout = 300ms;
    config.stallTimeout = 400ms;
    config.lingerTimeout = 300ms;
    config.bodyBytes = 64 * 1024;
    return config;
}

//! A front, a QHttpServer and a QWebSocketServer behind it, wired as the product does it.
struct House
{
    explicit House(const FrontServerConfig &config = quickConfig())
        : front(std::make_unique<FrontServer>(config))
        , webSockets(QStringLiteral("test"), QWebSocketServer::NonSecureMode)
    {
        http.route(QStringLiteral("/echo"), QHttpServerRequest::Method::Post,
                   [this](const QHttpServerRequest &request) {
                       ++requests;
                       return QHttpServerResponse("text/plain", request.body());
                   });
        http.route(QStringLiteral("/hello"), QHttpServerRequest::Method::Get,
                   [this](const QHttpServerRequest &request) {
                       ++requests;
                       lastRequest = request.value("x-test") + request.value("connection") +
                                     request.value("upgrade");
                       return QHttpServerResponse("text/plain", QByteArray("hello"));
                   });
        http.route(QStringLiteral("/huge"), QHttpServerRequest::Method::Get, [] {
            return QHttpServerResponse("text/plain", QByteArray(32 * 1024 * 1024, 'x'));
        });
        http.route(QStringLiteral("/stream"), QHttpServerRequest::Method::Get,
                   [this](const QHttpServerRequest &request) {
                       exchange =
                           front->exchange(request.value(HttpExchange::idHeader).toULongLong());
                       exchange->takeOver();
                       exchange->start(200, {{"Content-Type", "text/event-stream"}});
                       return QHttpServerResponse(QHttpServerResponse::StatusCode::NoContent);
                   });
        front->setWebSocketHandler([this](QTcpSocket *socket, const ConnectionInfo &info) {
            infos.append(info);
            webSockets.handleConnection(socket);
        });
        if (!front->listen())
            qFatal("cannot listen");
        http.bind(front.get());
        front->setParent(nullptr);
    }

    [[nodiscard]] quint16 port() const { return front->serverPort(); }

    QHttpServer http;
    std::unique_ptr<FrontServer> front;
    QWebSocketServer webSockets;
    QList<ConnectionInfo> infos;
    QPointer<HttpExchange> exchange;
    QByteArray lastRequest;
    int requests = 0;
};

} // namespace

class TestFrontServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestGetsItsResponseAndTheConnectionEnds()
    {
        House house;
        RawClient client(house.port(), get("/hello", "X-Test: yes\r\nConnection: keep-alive, "
                                                     "Upgrade\r\nUpgrade: h2c\r\n"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        QCOMPARE(client.body(), QByteArray("hello"));
        QCOMPARE(client.header("Connection"), QByteArray("close"));
        QCOMPARE(client.header("Content-Length"), QByteArray("5"));
        QCOMPARE(client.header("X-Content-Type-Options"), QByteArray("nosniff"));
        QVERIFY(client.header("Content-Security-Policy").contains("ws://127.0.0.1"));
        QVERIFY(!client.header("Content-Security-Policy").contains("unsafe"));
        // What speaks of the client's connection stays in front.
        QCOMPARE(house.lastRequest, QByteArray("yes"));
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void aRequestMayComeByteByByte()
    {
        House house;
        RawClient client(house.port());
        const QByteArray request = post("/echo", "the body");
        for (const char byte : request) {
            client.send(QByteArray(1, byte));
            client.socket()->flush();
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.body(), QByteArray("the body"));
    }

    void headIsGetWithoutABody()
    {
        House house;
        RawClient client(house.port(), "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        QCOMPARE(client.header("Content-Length"), QByteArray("5"));
        QCOMPARE(client.body(), QByteArray());
    }

    void aLargeBodyIsReadWhole()
    {
        House house;
        const QByteArray body(64 * 1024, 'b');
        RawClient client(house.port(), post("/echo", body, "Expect: 100-continue\r\n"));
        QTRY_VERIFY(client.isClosed());
        QVERIFY(client.received().endsWith(QByteArray("\r\n\r\n" + body)));
        QVERIFY(client.received().contains("HTTP/1.1 200 OK"));
    }

    void aSecondRequestOnTheSameConnectionIsNotServed()
    {
        House house;
        RawClient client(house.port(), get("/hello") + get("/hello") + get("/hello"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.received().count("HTTP/1.1"), 1);
        QCOMPARE(house.requests, 1);
    }

    void refusalsSayWhy_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QByteArray &request, int status,
                            const char *code, const char *says) {
            QTest::newRow(name) << request << status << QString::fromLatin1(code)
                                << QString::fromLatin1(says);
        };
        QByteArray manyHeaders = "GET / HTTP/1.1\r\nHost: a\r\n";
        for (int i = 0; i < 10'000; ++i)
            manyHeaders.append("X-Header-" + QByteArray::number(i) + ": value\r\n");
        row("a head too large", "GET / HTTP/1.1\r\nX: " + QByteArray(17'000, 'x'), 431,
            "head_too_large", "16384");
        row("10,000 headers", manyHeaders, 431, "head_too_large", "100 header lines");
        row("a body too large", post("/echo", QByteArray(65'537, 'x')), 413, "body_too_large",
            "65536");
        row("a length beyond all numbers",
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 413,
            "body_too_large", "65536");
        row("a chunked body",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411,
            "length_required", "Content-Length");
        row("an unknown expectation", post("/echo", "x", "Expect: magic\r\n"), 417,
            "bad_expectation", "100-continue");
        row("garbage", QByteArray("\x00\xff\x13garbage\r\n\r\n", 14), 400, "bad_request",
            "HTTP method");
        row("a TLS handshake", QByteArray::fromHex("16030100c8010000c403031122334455"), 400,
            "bad_request", "TLS");
        row("half a head", "GET / HTTP/1.1\r\nHost: a\r\n", 408, "request_timeout", "head");
        row("half a body", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf", 408,
            "request_timeout", "body");
        row("a foreign page that posts", post("/echo", "x", "Origin: https://evil.org\r\n"), 403,
            "origin_refused", "CORS_ORIGINS");
        row("a foreign page's handshake", handshake("/ws/chat/s-1", "Origin: https://evil.org\r\n"),
            403, "origin_refused", "CORS_ORIGINS");
        row("a handshake by a rebound name",
            "GET /ws/chat/s HTTP/1.1\r\nHost: evil.org\r\nOrigin: http://evil.org\r\n" +
                handshakeTail,
            403, "origin_refused", "CORS_ORIGINS");
        row("a WebSocket elsewhere", handshake("/socket"), 404, "not_found", "/ws/chat/");
        row("a bad session id", handshake("/ws/chat/a%2Fb"), 404, "bad_session_id", "64");
        row("a session id too long", handshake("/ws/chat/" + QByteArray(65, 'a')), 404,
            "bad_session_id", "64");
        row("no session id", get("/ws/chat/"), 404, "bad_session_id", "64");
        row("a handshake whose upgrade was lost", get("/ws/chat/s-1", "Connection: close\r\n"), 426,
            "upgrade_required", "proxy");
        row("an old WebSocket",
            "GET /ws/chat/s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            426, "bad_handshake", "13");
        row("a handshake without a key",
            "GET /ws/chat/s HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n",
            400, "bad_handshake", "Key");
        row("an address that cannot be read", get("/%zz%"), 0, "", "");
    }
    void refusalsSayWhy()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        QFETCH(QString, code);
        QFETCH(QString, says);
        House house;
        RawClient client(house.port(), request);
        QTRY_VERIFY(client.isClosed());
        if (status > 0) {
            QCOMPARE(client.status(), status);
            QCOMPARE(client.header("Content-Type"), QByteArray("application/problem+json"));
            QCOMPARE(client.problem(QStringLiteral("code")), code);
            QCOMPARE(client.problem(QStringLiteral("status")).toInt(), status);
            QVERIFY2(client.problem(QStringLiteral("detail")).contains(says),
                     qPrintable(client.problem(QStringLiteral("detail"))));
        } else {
            QVERIFY(client.status() >= 400);
        }
        QCOMPARE(client.header("Connection"), QByteArray("close"));
        QCOMPARE(house.requests, 0);
        QVERIFY(house.infos.isEmpty());
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void aSilentConnectionIsClosedWithoutAWord()
    {
        House house;
        RawClient client(house.port());
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.received(), QByteArray());
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void aWebSocketOpensAndCarriesFrames()
    {
        House house;
        QWebSocket client;
        QSignalSpy connected(&client, &QWebSocket::connected);
        client.open(QUrl(
            QStringLiteral("ws://127.0.0.1:%1/ws/chat/session_1732?after=4").arg(house.port())));
        QTRY_COMPARE(connected.size(), 1);
        QTRY_VERIFY(house.webSockets.hasPendingConnections());
        const std::unique_ptr<QWebSocket> server(house.webSockets.nextPendingConnection());
        QCOMPARE(house.infos.size(), 1);
        QCOMPARE(house.infos.first().sessionId, QStringLiteral("session_1732"));
        QCOMPARE(house.infos.first().query, QByteArray("after=4"));
        QCOMPARE(house.infos.first().address, QHostAddress(QHostAddress::LocalHost));

        // Larger than the buffer that bounded the head.
        QSignalSpy received(server.get(), &QWebSocket::textMessageReceived);
        const QString text(40'000, u'x');
        client.sendTextMessage(text);
        QTRY_COMPARE(received.size(), 1);
        QCOMPARE(received.first().first().toString(), text);
        QCOMPARE(house.front->connectionCount(), 1);

        client.close();
        QTRY_COMPARE(server->state(), QAbstractSocket::UnconnectedState);
    }

    //! QWebSocket's destructor drops every connection to its socket's signals; it must be deleted
    //! all the same.
    void aDeletedWebSocketGivesItsPlaceBack()
    {
        House house;
        QWebSocket client;
        client.open(QUrl(QStringLiteral("ws://127.0.0.1:%1/ws/chat/s").arg(house.port())));
        QTRY_VERIFY(house.webSockets.hasPendingConnections());
        delete house.webSockets.nextPendingConnection();
        QTRY_COMPARE(house.front->connectionCount(), 0);
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }

    void aWebSocketWhosePeerLeavesGivesItsPlaceBack()
    {
        House house;
        auto client = std::make_unique<RawClient>(house.port(), handshake("/ws/chat/s"));
        QTRY_VERIFY(house.webSockets.hasPendingConnections());
        const std::unique_ptr<QWebSocket> server(house.webSockets.nextPendingConnection());
        QSignalSpy disconnected(server.get(), &QWebSocket::disconnected);
        client->socket()->abort();
        QTRY_COMPARE(disconnected.size(), 1);
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void aClosedWebSocketWhosePeerDoesNotReadIsCutOff()
    {
        House house;
        QTcpSocket client;
        client.setReadBufferSize(1024);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), house.port());
        client.write(handshake("/ws/chat/s"));
        QTRY_VERIFY(house.webSockets.hasPendingConnections());
        const std::unique_ptr<QWebSocket> server(house.webSockets.nextPendingConnection());
        server->sendTextMessage(QString(16 * 1024 * 1024, u'x'));
        server->close();
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void anAllowedPageMayAskAcrossOrigins()
    {
        FrontServerConfig config = quickConfig();
        config.corsOrigins = {QStringLiteral("https://chat.example.org")};
        House house(config);
        RawClient preflight(house.port(), "OPTIONS /echo HTTP/1.1\r\nHost: a\r\nOrigin: "
                                          "https://chat.example.org\r\n"
                                          "Access-Control-Request-Method: POST\r\n\r\n");
        RawClient request(house.port(), post("/echo", "x", "Origin: https://chat.example.org\r\n"));
        RawClient foreign(house.port(), get("/hello", "Origin: https://evil.org\r\n"));
        RawClient foreignPreflight(house.port(),
                                   "OPTIONS /echo HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.org"
                                   "\r\nAccess-Control-Request-Method: POST\r\n\r\n");
        QTRY_VERIFY(preflight.isClosed() && request.isClosed() && foreign.isClosed() &&
                    foreignPreflight.isClosed());
        QCOMPARE(preflight.status(), 204);
        for (const char *method : {"POST", "PATCH", "DELETE"})
            QVERIFY(preflight.header("Access-Control-Allow-Methods").contains(method));
        QCOMPARE(preflight.header("Access-Control-Allow-Origin"),
                 QByteArray("https://chat.example.org"));
        QCOMPARE(request.status(), 200);
        QCOMPARE(request.header("Access-Control-Allow-Origin"),
                 QByteArray("https://chat.example.org"));
        QCOMPARE(request.header("Vary"), QByteArray("Origin"));
        // A foreign page may send a GET, as any may; its browser does not let it read the answer.
        QCOMPARE(foreign.status(), 200);
        QVERIFY(foreign.header("Access-Control-Allow-Origin").isNull());
        QCOMPARE(foreignPreflight.status(), 403);
    }

    void largeBodiesAreTakenAtOneAddressAndAFewAtOnce()
    {
        FrontServerConfig config = quickConfig();
        config.largeBodyPath = "/echo";
        config.largeBodyBytes = 256 * 1024;
        config.largeBodyTimeout = 10s;
        config.largeBodiesAtOnce = 1;
        House house(config);
        const QByteArray large(128 * 1024, 'x');
        // The first one is slow: more than an ordinary body may be.
        RawClient first(house.port(), post("/echo", large).chopped(1));
        QTRY_COMPARE(house.front->connectionCount(), 1);
        RawClient elsewhere(house.port(), post("/elsewhere", large));
        RawClient tooLarge(house.port(), post("/echo", QByteArray(256 * 1024 + 1, 'x')));
        RawClient put(house.port(), "PUT" + post("/echo", large).sliced(4));
        RawClient small(house.port(), post("/echo", "small"));
        QTRY_VERIFY(elsewhere.isClosed() && tooLarge.isClosed() && put.isClosed() &&
                    small.isClosed());
        QCOMPARE(elsewhere.status(), 413);
        QCOMPARE(put.status(), 413);
        QCOMPARE(small.status(), 200);
        // While one is being read another large one has to wait, however large.
        QCOMPARE(tooLarge.status(), 503);
        QCOMPARE(tooLarge.problem(QStringLiteral("code")), QStringLiteral("busy"));
        QVERIFY(!tooLarge.header("Retry-After").isEmpty());
        QVERIFY(!first.isClosed());
        first.send("x");
        QTRY_VERIFY(first.isClosed());
        QCOMPARE(first.status(), 200);
        RawClient next(house.port(), post("/echo", large));
        QTRY_VERIFY(next.isClosed());
        QCOMPARE(next.status(), 200);
        RawClient gone(house.port(), post("/echo", large).chopped(1));
        QTRY_COMPARE(house.front->connectionCount(), 1);
        gone.socket()->abort();
        QTRY_COMPARE(house.front->connectionCount(), 0);
        RawClient last(house.port(), post("/echo", QByteArray(256 * 1024 + 1, 'x')));
        QTRY_VERIFY(last.isClosed());
        QCOMPARE(last.status(), 413);
    }

    void whatIsPrivateIsReadByOurOwnPagesOnly_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QStringList>("allowed");
        QTest::addColumn<bool>("served");
        const auto row = [](const char *name, const QByteArray &headers, const QStringList &allowed,
                            bool served) { QTest::newRow(name) << headers << allowed << served; };
        const QStringList none;
        const QStringList chat{QStringLiteral("https://chat.example.org")};
        row("no page", "Host: 127.0.0.1:8000\r\n", none, true);
        row("our own page", "Host: localhost:8000\r\n", none, true);
        row("a page by IPv6", "Host: [::1]:8000\r\n", none, true);
        row("a name that was made to resolve to us", "Host: evil.org:8000\r\n", none, false);
        row("a foreign page", "Host: localhost\r\nOrigin: https://evil.org\r\n", none, false);
        row("a page without an origin of its own", "Host: localhost\r\nOrigin: null\r\n", none,
            false);
        row("the page behind a proxy", "Host: chat.example.org\r\n", chat, true);
        row("another name behind a proxy", "Host: evil.org\r\n", chat, false);
        row("a page that is allowed", "Host: 127.0.0.1\r\nOrigin: https://chat.example.org\r\n",
            chat, true);
    }
    void whatIsPrivateIsReadByOurOwnPagesOnly()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QStringList, allowed);
        QFETCH(bool, served);
        FrontServerConfig config = quickConfig();
        config.privatePaths = {"/hello"};
        config.corsOrigins = allowed;
        House house(config);
        RawClient client(house.port(), "GET /hello HTTP/1.1\r\n" + headers + "\r\n");
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), served ? 200 : 403);
        QCOMPARE(house.requests, served ? 1 : 0);
    }

    void tooManyOfOneAddressAreRefused()
    {
        FrontServerConfig config = quickConfig();
        config.maxConnectionsPerAddress = 2;
        config.headTimeout = 10s;
        House house(config);
        RawClient first(house.port(), handshake("/ws/chat/a", "X-Forwarded-For: 192.0.2.1\r\n"));
        RawClient second(house.port(), handshake("/ws/chat/b", "X-Forwarded-For: 192.0.2.1\r\n"));
        QTRY_COMPARE(house.infos.size(), 2);
        QCOMPARE(house.infos.first().address, QHostAddress(QStringLiteral("192.0.2.1")));
        RawClient third(house.port(), handshake("/ws/chat/c", "X-Forwarded-For: 192.0.2.1\r\n"));
        RawClient other(house.port(), handshake("/ws/chat/d", "X-Forwarded-For: 192.0.2.2\r\n"));
        QTRY_VERIFY(third.isClosed());
        QCOMPARE(third.status(), 429);
        QVERIFY(!third.header("Retry-After").isEmpty());
        QTRY_COMPARE(house.infos.size(), 3);
    }

    void silentConnectionsCountAgainstTheirAddress()
    {
        FrontServerConfig config = quickConfig();
        config.maxConnectionsPerAddress = 1;
        config.headTimeout = 10s;
        config.trustedProxies.clear();
        House house(config);
        RawClient silent(house.port());
        QTRY_COMPARE(house.front->connectionCount(), 1);
        RawClient second(house.port());
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(second.status(), 429);
        silent.socket()->abort();
        QTRY_COMPARE(house.front->connectionCount(), 0);
        RawClient third(house.port(), get("/hello"));
        QTRY_VERIFY(third.isClosed());
        QCOMPARE(third.status(), 200);
    }

    //! A browser that loads a page leaves dozens of answered connections behind before it closes
    //! them.
    void answeredConnectionsNoLongerCountAgainstTheirAddress()
    {
        FrontServerConfig config = quickConfig();
        config.maxConnectionsPerAddress = 1;
        config.lingerTimeout = 10s;
        config.trustedProxies.clear();
        House house(config);
        // A descriptor of its own: QTcpSocket would close as soon as the server does.
        const int slow = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto closeSlow = qScopeGuard([slow] { ::close(slow); });
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(house.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QCOMPARE(::connect(slow, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        const QByteArray request = get("/hello");
        QCOMPARE(::send(slow, request.constData(), size_t(request.size()), 0),
                 ssize_t(request.size()));
        QByteArray answer(64 * 1024, '\0');
        QTRY_VERIFY(::recv(slow, answer.data(), size_t(answer.size()), MSG_PEEK | MSG_DONTWAIT) >
                    0);
        QVERIFY(answer.startsWith("HTTP/1.1 200"));
        QCOMPARE(house.front->connectionCount(), 1);

        RawClient second(house.port(), get("/hello"));
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(second.status(), 200);
    }

    void tooManyInAllAreRefused()
    {
        FrontServerConfig config = quickConfig();
        config.maxConnections = 1;
        config.headTimeout = 10s;
        House house(config);
        RawClient first(house.port());
        QTRY_COMPARE(house.front->connectionCount(), 1);
        RawClient second(house.port(), get("/hello"));
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(second.status(), 429);
        QCOMPARE(house.front->connectionCount(), 1);
    }

    void whileDrainingAWebSocketIsToldToComeBack()
    {
        House house;
        house.front->setDraining(true);
        RawClient webSocket(house.port(), handshake("/ws/chat/s"));
        RawClient request(house.port(), get("/hello"));
        QTRY_VERIFY(webSocket.isClosed() && request.isClosed());
        QCOMPARE(webSocket.status(), 503);
        QCOMPARE(webSocket.header("Retry-After"), QByteArray("5"));
        QCOMPARE(webSocket.problem(QStringLiteral("code")), QStringLiteral("draining"));
        QCOMPARE(request.status(), 200);
    }

    void withoutAnHttpServerThereIsNothing()
    {
        FrontServer front(quickConfig());
        QVERIFY(front.listen());
        RawClient client(front.serverPort(), get("/hello"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 404);
    }

    void aResponseThatNobodyReadsIsCutOff()
    {
        House house;
        QTcpSocket client;
        client.setReadBufferSize(1024);
        client.connectToHost(QHostAddress(QHostAddress::LocalHost), house.port());
        client.write(get("/huge"));
        QTRY_COMPARE(house.front->connectionCount(), 1);
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void aStreamGoesOutAsItIsWritten()
    {
        House house;
        RawClient client(house.port(), get("/stream"));
        QTRY_VERIFY(house.exchange);
        QTRY_VERIFY(client.received().contains("\r\n\r\n"));
        house.exchange->write("data: 1\n\n");
        QTRY_COMPARE(client.body(), QByteArray("data: 1\n\n"));
        QVERIFY(!client.isClosed());
        house.exchange->write("data: 2\n\n");
        house.exchange->finish();
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.body(), QByteArray("data: 1\n\ndata: 2\n\n"));
        QTRY_VERIFY(!house.exchange);
    }

    void aClientThatLeavesItsStreamIsNoticed()
    {
        House house;
        RawClient client(house.port(), get("/stream"));
        QTRY_VERIFY(house.exchange);
        QSignalSpy closed(house.exchange, &HttpExchange::closed);
        client.socket()->abort();
        QTRY_COMPARE(closed.size(), 1);
        QTRY_VERIFY(!house.exchange);
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void whatComesAfterARequestIsBounded()
    {
        House house;
        RawClient client(house.port(), get("/stream"));
        QTRY_VERIFY(house.exchange);
        client.send(QByteArray(1024 * 1024, 'x'));
        QTRY_VERIFY(client.isClosed());
        QTRY_VERIFY(!house.exchange);
    }

    void aServerThatGoesAwayTakesItsConnectionsAlong()
    {
        House house;
        RawClient silent(house.port());
        RawClient streaming(house.port(), get("/stream"));
        QTRY_VERIFY(house.exchange);
        QTRY_COMPARE(house.front->connectionCount(), 2);
        house.front.reset();
        QVERIFY(!house.exchange);
        QTRY_VERIFY(silent.isClosed() && streaming.isClosed());
    }

    //! With no descriptor left, a connection waits in the backlog and the server tries again now
    //! and then; it must not spin.
    void withoutDescriptorsTheServerWaits()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("The sanitizer looks at memory through a pipe, so it needs descriptors itself.");
#endif
        House house;
        const int client = ::socket(AF_INET, SOCK_STREAM, 0);
        QVERIFY(client >= 0);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit low{rlim_t(client) + 64, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        std::vector<int> taken;
        for (int fd = ::dup(client); fd >= 0; fd = ::dup(client))
            taken.push_back(fd);

        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("have to wait")));
        QSignalSpy errors(house.front.get(), &QTcpServer::acceptError);
        QElapsedTimer since;
        since.start();
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(house.port());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int connected =
            ::connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address);
        const bool triedThrice = QTest::qWaitFor([&errors] { return errors.size() >= 3; }, 5000);
        const qint64 elapsed = since.elapsed();
        for (const int fd : taken)
            ::close(fd);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);

        QCOMPARE(connected, 0);
        QVERIFY(triedThrice);
        QVERIFY2(elapsed >= 400, qPrintable(QString::number(elapsed)));
        QTRY_COMPARE(house.front->connectionCount(), 1);
        ::close(client);
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    void fiveHundredConnectionsLeaveNothingBehind()
    {
        FrontServerConfig config = quickConfig();
        config.maxConnectionsPerAddress = 1000;
        config.headTimeout = 10s;
        House house(config);
        const QList<QByteArray> openings{
            {},
            "GET / HT",
            get("/stream"),
            handshake("/ws/chat/s"),
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"};
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 500; ++i) {
            clients.push_back(
                std::make_unique<RawClient>(house.port(), openings[i % openings.size()]));
        }
        QTRY_COMPARE(house.front->connectionCount(), 500);
        QTRY_COMPARE(house.infos.size(), 100);
        for (const auto &client : clients)
            client->socket()->abort();
        // A WebSocket that is open belongs to whoever took it.
        while (QWebSocket *webSocket = house.webSockets.nextPendingConnection())
            delete webSocket;
        QTRY_COMPARE(house.front->connectionCount(), 0);
        QTRY_VERIFY(house.front->findChildren<HttpExchange *>().isEmpty());
        QVERIFY(house.front->findChildren<QTcpSocket *>().isEmpty());
        QTRY_VERIFY(house.http.findChildren<QTcpSocket *>().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestFrontServer)
#include "tst_frontserver.moc"
