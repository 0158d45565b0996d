#include "chat/chatserver.h"

#include "protocol/keys.h"
#include "sessions/sessionregistry.h"

#include <QLoggingCategory>
#include <QTcpSocket>

namespace runnel {

Q_DECLARE_LOGGING_CATEGORY(lcChat)

using namespace std::chrono_literals;

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

void ChatServer::onNewConnection()
{
    while (QWebSocket *socket = m_server.nextPendingConnection()) {
        QTcpSocket *const tcp = takeUpgraded(*socket);
        const QString id = socket->requestUrl().path().mid(keys::pathPrefix.size());
        Session *session = isValidId(id) && !m_draining ? m_sessions.findOrCreate(id) : nullptr;
        if (!session) {
            connect(socket, &QWebSocket::disconnected, socket, &QWebSocket::deleteLater);
            socket->close(m_draining ? QWebSocketProtocol::CloseCodeGoingAway
                                     : QWebSocketProtocol::CloseCodePolicyViolated,
                          m_draining ? QStringLiteral("The server shuts down.")
                                     : QStringLiteral("The server has too many conversations at "
                                                      "the moment. Try again later."));
            continue;
        }
        const bool v1 = socket->subprotocol() == keys::subprotocol;
        SessionHello hello = m_hello();
        hello.session = id;
        hello.seq = session->log().newest();
        auto connection = std::make_unique<ChatConnection>(
            socket, *session, v1 ? Dialect::V1 : Dialect::V0, hello, m_config);
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
