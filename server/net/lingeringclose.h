#pragma once

#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace runnel {

//! Aborts a socket whose peer takes nothing of what waits for it: after one to two times
//! \a timeout without a byte of progress. A child of the socket.
class StallGuard : public QObject
{
    Q_OBJECT

public:
    StallGuard(QTcpSocket *socket, std::chrono::milliseconds timeout);

private:
    QTimer m_timer;
    bool m_progressed = false;
};

//! Ends a connection that may still have unread bytes. Closing it at once would send a reset, and
//! that throws away the response on its way to the peer (RFC 9112, 9.6). So: write what waits, say
//! that nothing more comes, read and throw away for a while, close, delete the socket. A child of
//! the socket, whose other users must have disconnected from it.
class LingeringClose : public QObject
{
    Q_OBJECT

public:
    LingeringClose(QTcpSocket *socket, std::chrono::milliseconds timeout, qint64 maxBytes);

private:
    void discard();
    void shutDownWhenWritten();

    QTcpSocket *const m_socket;
    QTimer m_timer;
    qint64 m_bytesLeft;
    bool m_shutDown = false;
};

} // namespace runnel
