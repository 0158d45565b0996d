#include "net/clientsocket.h"

#include <QTimer>

#include <algorithm>

#include <sys/socket.h>

namespace runnel {

ClientSocket::ClientSocket(std::chrono::milliseconds closeTimeout, QObject *parent)
    : QTcpSocket(parent)
    , m_closeTimeout(closeTimeout)
{}

qint64 ClientSocket::writeData(const char *data, qint64 size)
{
    if (!m_writesThrough || bytesToWrite() > 0 || state() != ConnectedState)
        return QTcpSocket::writeData(data, size);
    // Of an error Qt hears when it writes the rest.
    const auto sent = std::max<qint64>(
        0, ::send(int(socketDescriptor()), data, std::size_t(size), MSG_NOSIGNAL | MSG_DONTWAIT));
    if (sent == size)
        return size;
    const qint64 waits = QTcpSocket::writeData(data + sent, size - sent);
    return waits < 0 && sent == 0 ? -1 : sent + std::max<qint64>(0, waits);
}

void ClientSocket::close()
{
    QTcpSocket::close();
    if (state() == UnconnectedState) {
        deleteLater();
    } else if (!m_closing) {
        m_closing = true;
        QTimer::singleShot(m_closeTimeout, this, [this] {
            abort();
            deleteLater();
        });
    }
}

} // namespace runnel
