#include "net/rawclient.h"

#include <QHostAddress>
#include <QJsonDocument>

namespace runnel::test {

RawClient::RawClient(quint16 port, const QByteArray &firstBytes)
    : m_toSend(firstBytes)
{
    connect(&m_socket, &QTcpSocket::connected, this, [this] { m_socket.write(m_toSend); });
    connect(&m_socket, &QTcpSocket::readyRead, this,
            [this] { m_received.append(m_socket.readAll()); });
    connect(&m_socket, &QTcpSocket::disconnected, this, [this] {
        if (m_socket.isReadable())
            m_received.append(m_socket.readAll());
        m_closed = true;
    });
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
}

void RawClient::send(const QByteArray &bytes)
{
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.write(bytes);
    else
        m_toSend.append(bytes);
}

int RawClient::status() const
{
    return m_received.startsWith("HTTP/1.1 ") ? m_received.mid(9, 3).toInt() : 0;
}

QByteArray RawClient::body() const
{
    const qsizetype end = m_received.indexOf("\r\n\r\n");
    return end < 0 ? QByteArray() : m_received.sliced(end + 4);
}

QByteArray RawClient::header(const QByteArray &name) const
{
    const QByteArray head = m_received.first(qMax<qsizetype>(0, m_received.indexOf("\r\n\r\n")));
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

QString RawClient::problem(const QString &member) const
{
    return QJsonDocument::fromJson(body())[member].toVariant().toString();
}

} // namespace runnel::test
