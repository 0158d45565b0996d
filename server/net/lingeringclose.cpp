#include "net/lingeringclose.h"

#include "net/clientsocket.h"

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace runnel {

StallGuard::StallGuard(QTcpSocket *socket, std::chrono::milliseconds timeout)
    : QObject(socket)
{
    connect(socket, &QTcpSocket::bytesWritten, this, [this] { m_progressed = true; });
    connect(&m_timer, &QTimer::timeout, this, [this, socket] {
        if (socket->bytesToWrite() > 0 && !m_progressed)
            socket->abort();
        m_progressed = false;
    });
    m_timer.start(timeout);
}

LingeringClose::LingeringClose(QTcpSocket *socket, std::chrono::milliseconds timeout,
                               qint64 maxBytes)
    : QObject(socket)
    , m_socket(socket)
    , m_bytesLeft(maxBytes)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(timeout);
    connect(&m_timer, &QTimer::timeout, socket, &QTcpSocket::abort);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (socket->state() != QAbstractSocket::ConnectedState) {
        socket->deleteLater();
        return;
    }
    connect(socket, &QTcpSocket::readyRead, this, &LingeringClose::discard);
    connect(socket, &QTcpSocket::bytesWritten, this, &LingeringClose::shutDownWhenWritten);
    socket->flush();
    shutDownWhenWritten();
    // From the event loop, since it may end the socket that our caller still holds. It is needed
    // even without a readyRead to come: a full read buffer would never report the peer's end.
    QMetaObject::invokeMethod(this, &LingeringClose::discard, Qt::QueuedConnection);
}

void LingeringClose::discard()
{
    m_bytesLeft -= m_socket->skip(m_socket->bytesAvailable());
    if (m_bytesLeft < 0)
        m_socket->abort();
}

void LingeringClose::shutDownWhenWritten()
{
    if (m_shutDown || m_socket->bytesToWrite() > 0)
        return;
    m_shutDown = true;
    m_timer.start();
    if (auto *const client = qobject_cast<ClientSocket *>(m_socket))
        client->releaseAddress();
#ifdef Q_OS_UNIX
    // Qt has no half-close; the descriptor stays Qt's.
    ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
#else
    m_socket->disconnectFromHost();
#endif
}

} // namespace runnel
