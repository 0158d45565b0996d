#pragma once

#include "net/clientsocket.h"
#include "net/connectionlimits.h"
#include "net/frontserverconfig.h"
#include "net/originpolicy.h"
#include "net/requesthead.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QTcpServer>
#include <QTimer>

#include <functional>
#include <optional>

namespace runnel {

class HttpExchange;
class RequestReader;

//! What is known of a client that asks for a WebSocket.
struct ConnectionInfo
{
    QString sessionId;
    QHostAddress address; //!< The client's, also behind a trusted proxy.
    QByteArray origin;    //!< Empty for native clients.
    QStringList subprotocols;
    QByteArray query; //!< What stands behind the question mark of the path.
};

//! The one port. Reads each request's head, bounded and timed, refuses with an HTTP status, or
//! hands it on: a WebSocket to the handler, as a socket that nobody has read from; anything else,
//! whole, to the QHttpServer that is bound to this server, one request a connection. Lives on one
//! thread.
class FrontServer : public QTcpServer
{
    Q_OBJECT

public:
    //! Takes the socket, whose first bytes are the handshake; call QWebSocketServer::
    //! handleConnection() and bound the handshake's time. The socket stays a child of this server,
    //! counts against the limits while it lives, and is deleted once it is closed.
    using WebSocketHandler = std::function<void(QTcpSocket *socket, const ConnectionInfo &info)>;

    explicit FrontServer(FrontServerConfig config, QObject *parent = nullptr);
    ~FrontServer() override;

    void setWebSocketHandler(WebSocketHandler handler);

    //! Listens where the config says. False when it cannot; errorString() then says why.
    [[nodiscard]] bool listen();

    //! While true, WebSockets are refused with 503.
    void setDraining(bool draining) { m_draining = draining; }
    [[nodiscard]] bool isDraining() const { return m_draining; }

    //! Open connections, those being refused not counted.
    [[nodiscard]] qsizetype connectionCount() const { return m_limits.count(); }
    //! The exchange of QHttpServer's request whose header HttpExchange::idHeader is \a id; null
    //! when its client has gone.
    [[nodiscard]] HttpExchange *exchange(quint64 id) const { return m_exchanges.value(id); }
    [[nodiscard]] const FrontServerConfig &config() const { return m_config; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void admit(ClientSocket *socket);
    void turnAway(ClientSocket *socket);
    void handleHead(RequestReader *reader);
    void handleWebSocket(RequestReader *reader, const QHostAddress &client);
    void readBody(RequestReader *reader);
    void handleBody(RequestReader *reader, const QByteArray &body);
    void answerPreflight(RequestReader *reader);
    void refuse(RequestReader *reader, const Refusal &refusal);

    //! Whether nobody may read it who may not write: see FrontServerConfig::privatePaths.
    [[nodiscard]] bool isPrivate(const RequestHead &head) const;
    [[nodiscard]] QHostAddress clientOf(const RequestReader *reader) const;
    [[nodiscard]] std::optional<Refusal> checkOrigin(const RequestHead &head) const;
    [[nodiscard]] bool countAddress(ClientSocket *socket, const QHostAddress &address);
    [[nodiscard]] Refusal tooMany(const QString &detail) const;
    [[nodiscard]] QList<HeaderField> responseHeaders(const RequestHead &head) const;

    const FrontServerConfig m_config;
    const OriginPolicy m_origins;
    const TrustedProxies m_proxies;
    ConnectionLimits m_limits;
    WebSocketHandler m_webSocketHandler;
    QHash<quint64, HttpExchange *> m_exchanges;
    quint64 m_lastExchange = 0;
    int m_turningAway = 0;
    int m_largeBodies = 0; //!< That are being read.
    bool m_draining = false;
    QTimer m_acceptAgain;
    QDeadlineTimer m_acceptWarning{0};
};

} // namespace runnel
