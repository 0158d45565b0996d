#pragma once

#include "chat/chatconnection.h"

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWebSocketServer>

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

class QTcpSocket;

namespace runnel {

class SessionRegistry;

//! Hosts the QWebSocketServer and keeps a ChatConnection per socket. It does not listen:
//! FrontServer hands it the sockets whose request it has looked at and left unread.
class ChatServer : public QObject
{
    Q_OBJECT

public:
    //! \a hello gives the greeting of a new connection; session and seq are filled in here.
    ChatServer(SessionRegistry &sessions, ChatConfig config, std::function<SessionHello()> hello);
    ~ChatServer() override;

    //! Goes on with a socket whose whole upgrade request waits to be read. Takes it over.
    void accept(QTcpSocket *socket);

    [[nodiscard]] qsizetype count() const { return qsizetype(m_connections.size()); }

    //! Closes every connection with 1001; drained() tells when the last one is gone.
    void drain();

Q_SIGNALS:
    void drained();

private:
    void onNewConnection();
    void turnAway(QWebSocket *socket, QWebSocketProtocol::CloseCode code, const QString &reason);
    //! The socket below; QWebSocket itself does not tell when it has read a ping.
    QTcpSocket *takeUpgraded(const QWebSocket &socket);
    void onClosed(ChatConnection *connection);

    SessionRegistry &m_sessions;
    const ChatConfig m_config;
    std::function<SessionHello()> m_hello;
    QWebSocketServer m_server;
    std::vector<QPointer<QTcpSocket>> m_upgrading; //!< Accepted, and not yet a QWebSocket.
    std::unordered_map<ChatConnection *, std::unique_ptr<ChatConnection>> m_connections;
    // One timer for the pings of all connections.
    QTimer m_ticker;
    bool m_draining = false;
};

} // namespace runnel
