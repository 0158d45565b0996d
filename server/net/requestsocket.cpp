#include "net/requestsocket.h"

#include <algorithm>
#include <cstring>

namespace runnel {

RequestSocket::RequestSocket(QByteArray request, const QHostAddress &peer, quint16 peerPort)
    : m_request(std::move(request))
{
    setPeerAddress(peer);
    setPeerPort(peerPort);
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(ConnectedState);
}

RequestSocket::~RequestSocket()
{
    // There is no engine below that ~QAbstractSocket could disconnect.
    setSocketState(UnconnectedState);
}

void RequestSocket::begin()
{
    Q_EMIT readyRead();
}

void RequestSocket::end()
{
    if (state() == UnconnectedState)
        return;
    setSocketState(UnconnectedState);
    Q_EMIT ended();
    Q_EMIT disconnected();
}

qint64 RequestSocket::bytesAvailable() const
{
    // Not QAbstractSocket's, which would ask the engine that is not there.
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    return QIODevice::bytesAvailable() + m_request.size() - m_read;
}

qint64 RequestSocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_request.size() - m_read);
    std::memcpy(data, m_request.constData() + m_read, std::size_t(size));
    m_read += size;
    return size;
}

qint64 RequestSocket::skipData(qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_request.size() - m_read);
    m_read += size;
    return size;
}

qint64 RequestSocket::writeData(const char *data, qint64 size)
{
    Q_EMIT written(QByteArray(data, size));
    return size;
}

} // namespace runnel
