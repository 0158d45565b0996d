#include "net/frontserver.h"

#include "net/httpexchange.h"
#include "net/lingeringclose.h"
#include "net/requestpath.h"
#include "net/requestreader.h"
#include "net/securityheaders.h"
#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QLoggingCategory>
#include <QTcpSocket>

using namespace std::chrono_literals;

namespace runnel {

namespace {

Q_LOGGING_CATEGORY(logNet, "runnel.net", QtInfoMsg)

//! Connections beyond the limit that are told so at one time; more are just cut.
constexpr int maxTurningAway = 64;
constexpr int listenBacklog = 1024;
//! How long nothing is accepted when the process has no file descriptor left.
constexpr auto acceptPause = 250ms;
constexpr auto acceptWarningPause = 30s;

bool isLoopback(const QHostAddress &address)
{
    return plainAddress(address).isLoopback();
}

//! The WebSocket handshake's own fields (RFC 6455, 4.2.1).
std::optional<Refusal> checkHandshake(const RequestHead &head)
{
    if (head.method != "GET" || head.minorVersion < 1)
        return Refusal{400, "bad_handshake", QStringLiteral("A WebSocket begins with GET."), {}};
    if (head.value("sec-websocket-version") != QByteArray("13")) {
        return Refusal{426,
                       "bad_handshake",
                       QStringLiteral("Sec-WebSocket-Version must be 13."),
                       {{"Sec-WebSocket-Version", "13"}, {"Upgrade", "websocket"}}};
    }
    const QByteArray key = head.value("sec-websocket-key").value_or(QByteArray());
    if (QByteArray::fromBase64(key).size() != 16) {
        return Refusal{400,
                       "bad_handshake",
                       QStringLiteral("Sec-WebSocket-Key must be 16 bytes in base64."),
                       {}};
    }
    return std::nullopt;
}

Refusal upgradeRequired()
{
    return {426,
            "upgrade_required",
            QStringLiteral("This address speaks WebSocket, and the request has no \"Upgrade: "
                           "websocket\" and \"Connection: Upgrade\". If a proxy stands before the "
                           "server, let it pass both on."),
            {{"Upgrade", "websocket"}}};
}

std::optional<QString> sessionOf(const RequestHead &head)
{
    const QString path = QString::fromLatin1(head.path());
    if (!path.startsWith(keys::pathPrefix))
        return std::nullopt;
    return path.sliced(keys::pathPrefix.size());
}

} // namespace

FrontServer::FrontServer(FrontServerConfig config, QObject *parent)
    : QTcpServer(parent)
    , m_config(std::move(config))
    , m_origins(m_config.corsOrigins, isLoopback(m_config.address))
    , m_proxies(m_config.trustedProxies)
    , m_limits(m_config.maxConnections, m_config.maxConnectionsPerAddress)
{
    setListenBacklogSize(listenBacklog);
    m_acceptAgain.setSingleShot(true);
    m_acceptAgain.setInterval(acceptPause);
    connect(&m_acceptAgain, &QTimer::timeout, this, &QTcpServer::resumeAccepting);
    // Qt has stopped accepting by then: without a pause, a connection that waits in the backlog
    // while there is no file descriptor for it would wake us for ever.
    connect(this, &QTcpServer::acceptError, this, [this] {
        if (m_acceptWarning.hasExpired()) {
            m_acceptWarning.setRemainingTime(acceptWarningPause);
            qCWarning(logNet) << "Connections cannot be accepted and have to wait:"
                              << errorString();
        }
        m_acceptAgain.start();
    });
}

FrontServer::~FrontServer()
{
    // While our members are still there; QObject would delete its children after them.
    for (HttpExchange *exchange : std::as_const(m_exchanges))
        delete exchange;
    qDeleteAll(findChildren<ClientSocket *>(Qt::FindDirectChildrenOnly));
}

void FrontServer::setWebSocketHandler(WebSocketHandler handler)
{
    m_webSocketHandler = std::move(handler);
}

bool FrontServer::listen()
{
    return QTcpServer::listen(m_config.address, m_config.port);
}

void FrontServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new ClientSocket(m_config.stallTimeout, this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    // A frame of a few bytes shall not wait for the acknowledgement of the one before.
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    admit(socket);
}

void FrontServer::admit(ClientSocket *socket)
{
    auto lease = m_limits.enter();
    if (!lease) {
        turnAway(socket);
        return;
    }
    socket->keep(std::move(*lease));

    // A trusted proxy names the client only in the request; anyone else counts at once, so that
    // silent connections count too.
    const QHostAddress peer = plainAddress(socket->peerAddress());
    auto *reader = new RequestReader(socket, m_config, socket);
    if (!m_proxies.contains(peer) && !countAddress(socket, peer)) {
        refuse(reader, tooMany(QStringLiteral("Your address has too many connections open.")));
        return;
    }
    connect(reader, &RequestReader::headReceived, this, [this, reader] { handleHead(reader); });
    connect(reader, &RequestReader::refused, this,
            [this, reader](const Refusal &refusal) { refuse(reader, refusal); });
    connect(reader, &RequestReader::bodyReceived, this,
            [this, reader](const QByteArray &body) { handleBody(reader, body); });
    connect(reader, &RequestReader::gone, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
    reader->start();
}

void FrontServer::turnAway(ClientSocket *socket)
{
    if (m_turningAway >= maxTurningAway) {
        socket->abort();
        delete socket;
        return;
    }
    ++m_turningAway;
    connect(socket, &QObject::destroyed, this, [this] { --m_turningAway; });
    socket->write(refusalResponse(
        tooMany(QStringLiteral("The server has too many connections open.")), securityHeaders({})));
    new StallGuard(socket, m_config.lingerTimeout);
    new LingeringClose(socket, m_config.lingerTimeout, m_config.lingerBytes);
}

void FrontServer::handleHead(RequestReader *reader)
{
    const RequestHead &head = reader->head();
    const QHostAddress client = clientOf(reader);
    const bool throughProxy = m_proxies.contains(reader->socket()->peerAddress());
    const std::optional<QString> session = sessionOf(head);
    const bool isWebSocket = head.asksForWebSocket();

    if (isWebSocket && !session) {
        refuse(reader, {404,
                        "not_found",
                        QStringLiteral("WebSockets are served at /ws/chat/{session_id}."),
                        {}});
        return;
    }
    if (session && !isValidId(*session)) {
        refuse(reader, {404,
                        "bad_session_id",
                        QStringLiteral("A session id has 1 to 64 characters of A-Z a-z 0-9 _ -."),
                        {}});
        return;
    }
    const bool isPreflight = head.method == "OPTIONS" && head.value("origin") &&
                             head.value("access-control-request-method");
    if (isWebSocket || isPreflight || !head.isSafe() || isPrivate(head)) {
        if (const auto refusal = checkOrigin(head)) {
            refuse(reader, *refusal);
            return;
        }
    }
    if (throughProxy && !countAddress(reader->socket(), client)) {
        refuse(reader, tooMany(QStringLiteral("Your address has too many connections open.")));
        return;
    }
    if (isWebSocket)
        handleWebSocket(reader, client);
    else if (isPreflight)
        answerPreflight(reader);
    else if (session)
        refuse(reader, upgradeRequired());
    else
        readBody(reader);
}

void FrontServer::readBody(RequestReader *reader)
{
    const RequestHead &head = reader->head();
    const bool mayBeLarge = head.method == "POST" && head.path() == m_config.largeBodyPath;
    if (!mayBeLarge || head.contentLength.value_or(0) <= m_config.bodyBytes) {
        reader->readBody(m_config.bodyBytes, m_config.bodyTimeout);
        return;
    }
    if (m_largeBodies >= m_config.largeBodiesAtOnce) {
        refuse(reader, {503,
                        "busy",
                        QStringLiteral("Too many large requests are being read. Try again in %1 s.")
                            .arg(m_config.retryAfter.count()),
                        {{"Retry-After", QByteArray::number(m_config.retryAfter.count())}}});
        return;
    }
    ++m_largeBodies;
    connect(reader, &QObject::destroyed, this, [this] { --m_largeBodies; });
    reader->readBody(m_config.largeBodyBytes, m_config.largeBodyTimeout);
}

bool FrontServer::isPrivate(const RequestHead &head) const
{
    return std::ranges::any_of(m_config.privatePaths, [path = head.path()](const QByteArray &root) {
        return isAtOrBelow(path, root);
    });
}

void FrontServer::handleWebSocket(RequestReader *reader, const QHostAddress &client)
{
    const RequestHead &head = reader->head();
    if (m_draining || !m_webSocketHandler) {
        refuse(reader, {503,
                        "draining",
                        QStringLiteral("The server is shutting down. Try again in %1 s.")
                            .arg(m_config.retryAfter.count()),
                        {{"Retry-After", QByteArray::number(m_config.retryAfter.count())}}});
        return;
    }
    if (const auto refusal = checkHandshake(head)) {
        refuse(reader, *refusal);
        return;
    }
    ConnectionInfo info{
        *sessionOf(head), client, head.value("origin").value_or(QByteArray()), {}, head.query()};
    for (const QByteArray &protocol :
         splitList(head.value("sec-websocket-protocol").value_or(QByteArray())))
        info.subprotocols.append(QString::fromLatin1(protocol));

    ClientSocket *socket = reader->socket();
    socket->setReadBufferSize(0);
    socket->writeThrough();
    reader->deleteLater();
    m_webSocketHandler(socket, info);
}

void FrontServer::handleBody(RequestReader *reader, const QByteArray &body)
{
    const quint64 id = ++m_lastExchange;
    auto *exchange = new HttpExchange(id, reader->socket(), reader->head(), body, clientOf(reader),
                                      responseHeaders(reader->head()), m_config, this);
    reader->deleteLater();
    m_exchanges.insert(id, exchange);
    connect(exchange, &HttpExchange::closed, this, [this, id] { m_exchanges.remove(id); });

    // Whoever is bound to this server (QAbstractHttpServer::bind) takes it within this call.
    addPendingConnection(exchange->server());
    if (hasPendingConnections()) {
        delete nextPendingConnection();
        exchange->refuse({404, "not_found", QStringLiteral("There is nothing here."), {}});
        return;
    }
    exchange->server()->begin();
}

void FrontServer::answerPreflight(RequestReader *reader)
{
    QByteArray response =
        "HTTP/1.1 204 No Content\r\n"
        "Access-Control-Allow-Methods: GET, HEAD, POST, PATCH, DELETE, OPTIONS\r\n"
        "Access-Control-Allow-Headers: Content-Type, Accept\r\n"
        "Access-Control-Max-Age: 600\r\n";
    for (const HeaderField &field : responseHeaders(reader->head()))
        response.append(field.name).append(": ").append(field.value).append("\r\n");
    reader->socket()->write(response.append("Connection: close\r\n\r\n"));
    reader->deleteLater();
    new StallGuard(reader->socket(), m_config.stallTimeout);
    new LingeringClose(reader->socket(), m_config.lingerTimeout, m_config.lingerBytes);
}

void FrontServer::refuse(RequestReader *reader, const Refusal &refusal)
{
    const RequestHead &head = reader->head();
    QTcpSocket *socket = reader->socket();
    qCDebug(logNet) << "Refused" << refusal.status << refusal.code << socket->peerAddress();
    socket->write(refusalResponse(refusal, responseHeaders(head), head.method != "HEAD"));
    reader->disconnect(this);
    reader->deleteLater();
    new StallGuard(socket, m_config.lingerTimeout);
    new LingeringClose(socket, m_config.lingerTimeout, m_config.lingerBytes);
}

QHostAddress FrontServer::clientOf(const RequestReader *reader) const
{
    return m_proxies.clientAddress(reader->socket()->peerAddress(),
                                   reader->head().value("x-forwarded-for").value_or(QByteArray()));
}

std::optional<Refusal> FrontServer::checkOrigin(const RequestHead &head) const
{
    const auto origin = head.value("origin");
    const auto refused = [this, &head](const std::optional<QByteArray> &from) {
        return m_origins.check(from, head.host) == OriginPolicy::Verdict::Refused;
    };
    if (origin || !isPrivate(head) || head.host.isEmpty()) {
        if (!refused(origin))
            return std::nullopt;
        return Refusal{403, "origin_refused", OriginPolicy::refusalText(*origin), {}};
    }
    // A browser names no origin when a page reads from its own: it is the one of the address.
    if (!refused("https://" + head.host) || !refused("http://" + head.host))
        return std::nullopt;
    return Refusal{403, "origin_refused", OriginPolicy::refusalText("http://" + head.host), {}};
}

bool FrontServer::countAddress(ClientSocket *socket, const QHostAddress &address)
{
    auto lease = m_limits.enterAddress(address);
    if (!lease)
        return false;
    socket->keepOfAddress(std::move(*lease));
    return true;
}

Refusal FrontServer::tooMany(const QString &detail) const
{
    return {429,
            "too_many_connections",
            detail,
            {{"Retry-After", QByteArray::number(m_config.retryAfter.count())}}};
}

QList<HeaderField> FrontServer::responseHeaders(const RequestHead &head) const
{
    QList<HeaderField> headers = securityHeaders(head.host);
    headers.append(HeaderField{"Vary", "Origin"});
    const auto origin = head.value("origin");
    if (m_origins.check(origin, head.host) == OriginPolicy::Verdict::CrossOrigin) {
        headers.append(HeaderField{"Access-Control-Allow-Origin", *origin});
        headers.append(
            HeaderField{"Access-Control-Expose-Headers", "Location, Content-Disposition"});
    }
    return headers;
}

} // namespace runnel
