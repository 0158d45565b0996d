#include "chat/chatserver.h"

#include "protocol/keys.h"
#include "sessions/sessionregistry.h"

#include <QLoggingCategory>
#include <QTcpSocket>
#include <QUrlQuery>

namespace runnel {

Q_DECLARE_LOGGING_CATEGORY(lcChat)

using namespace std::chrono_literals;

namespace {

//! What the client has already, by its address; nothing when it does not say so, or not well.
std::optional<ChatConnection::Known> knownFrom(const QUrl &url)
{
    const QUrlQuery query(url);
    bool isNumber = false;
    const Seq after = query.queryItemValue(keys::after).toULongLong(&isNumber);
    if (!isNumber)
        return std::nullopt;
    return ChatConnection::Known{after, query.queryItemValue(keys::epoch)};
}

} // namespace

ChatServer::ChatServer(SessionRegistry &sessions, ChatConfig config,
                       std::function<SessionHello()> hello)
    : m_sessions(sessions)
    , m_config(config)
    , m_hello(std::move(hello))
    , m_server(QStringLiteral("Runnel"), QWebSocketServer::NonSecureMode)
{
    m_server.setSupportedSubprotocols({keys::subprotocol});
    // Every connection is taken from within newConnection; the bound is FrontServer's.
    m_server.setMaxPendingConnections(1024);
    connect(&m_server, &QWebSocketServer::newConnection, this, &ChatServer::onNewConnection);

    connect(&m_ticker, &QTimer::timeout, this, [this] {
        const auto now = std::chrono::steady_clock::now();
        for (const auto &[key, connection] : m_connections)
            connection->tick(now);
    });
    m_ticker.start(std::min<std::chrono::milliseconds>(1s, m_config.pingInterval / 2));
}

ChatServer::~ChatServer() = default;

void ChatServer::accept(QTcpSocket *socket)
{
    // The request is complete, so the handshake succeeds or fails at once: no time limit is needed
    // here.
    m_upgrading.emplace_back(socket);
    m_server.handleConnection(socket);
}

QTcpSocket *ChatServer::takeUpgraded(const QWebSocket &socket)
{
    QTcpSocket *upgraded = nullptr;
    std::erase_if(m_upgrading, [&](const QPointer<QTcpSocket> &tcp) {
        if (!tcp || tcp->state() != QAbstractSocket::ConnectedState)
            return true; // its handshake failed
        if (tcp->peerPort() != socket.peerPort() || tcp->peerAddress() != socket.peerAddress() ||
            tcp->localPort() != socket.localPort())
            return false;
        upgraded = tcp;
        return true;
    });
    return upgraded;
}

//! Says why, and ends the connection.
void ChatServer::turnAway(QWebSocket *socket, QWebSocketProtocol::CloseCode code,
                          const QString &reason)
{
    connect(socket, &QWebSocket::disconnected, socket, &QWebSocket::deleteLater);
    QTimer::singleShot(m_config.closeTimeout, socket, [socket] { socket->abort(); });
    socket->close(code, reason);
}

void ChatServer::onNewConnection()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        QTcpSocket *const tcp = takeUpgraded(*socket);
        const QUrl url = socket->requestUrl();
        const QString id = url.path().mid(keys::pathPrefix.size());
        if (m_draining || !isValidId(id)) {
            turnAway(socket,
                     m_draining ? QWebSocketProtocol::CloseCodeGoingAway
                                : QWebSocketProtocol::CloseCodePolicyViolated,
                     m_draining ? QStringLiteral("The server shuts down.")
                                : QStringLiteral("This is no session id."));
            continue;
        }
        //! [dialect]
        const Dialect dialect =
            socket->subprotocol() == keys::subprotocol ? Dialect::V1 : Dialect::V0;
        const auto session = m_sessions.findOrCreate(id);
        //! [dialect]
        if (!session) {
            ErrorFrame why;
            why.code = toWire(session.error().code);
            why.error = session.error().text;
            socket->sendTextMessage(encode(why, dialect));
            turnAway(socket, QWebSocketProtocol::CloseCodePolicyViolated,
                     QStringLiteral("Try again later."));
            continue;
        }
        //! [connection]
        auto connection = std::make_unique<ChatConnection>(socket, tcp, **session, dialect,
                                                           m_hello(), knownFrom(url), m_config);
        //! [connection]
        ChatConnection *const key = connection.get();
        if (tcp) // QWebSocket's own slot comes first, so what was read has been answered by then
            connect(tcp, &QTcpSocket::readyRead, key, &ChatConnection::cutIfItDoesNotRead);
        connect(key, &ChatConnection::closed, this, [this, key] { onClosed(key); });
        connect(key, &QObject::destroyed, this, [this, id] { m_sessions.dropIfBlank(id); });
        m_connections.emplace(key, std::move(connection));
        qCDebug(lcChat).noquote().nospace()
            << "Session " << id << ": a client came (" << m_connections.size() << ')';
    }
}

void ChatServer::onClosed(ChatConnection *connection)
{
    const auto found = m_connections.find(connection);
    if (found == m_connections.end())
        return;
    // Never delete a QWebSocket from within its own signal.
    found->second.release()->deleteLater();
    m_connections.erase(found);
    qCDebug(lcChat).noquote().nospace() << "Session " << connection->sessionId()
                                        << ": a client went (" << m_connections.size() << ')';
    if (m_draining && m_connections.empty())
        Q_EMIT drained();
}

void ChatServer::drain()
{
    m_draining = true;
    for (const auto &[key, connection] : m_connections)
        connection->close(QWebSocketProtocol::CloseCodeGoingAway,
                          QStringLiteral("The server shuts down."));
    if (m_connections.empty())
        Q_EMIT drained();
}

} // namespace runnel
