#pragma once

#include <QByteArray>
#include <QTcpSocket>

namespace runnel::test {

//! A client that sends what it is told, byte for byte, and keeps what comes.
class RawClient : public QObject
{
    Q_OBJECT

public:
    explicit RawClient(quint16 port, const QByteArray &firstBytes = {});

    void send(const QByteArray &bytes);

    //! True once the peer has closed the connection.
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] QByteArray received() const { return m_received; }
    //! The status of the response; 0 without one.
    [[nodiscard]] int status() const;
    [[nodiscard]] QByteArray body() const;
    //! The value of a header of the response; null without one.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    //! A member of the response's problem.
    [[nodiscard]] QString problem(const QString &member) const;
    [[nodiscard]] QTcpSocket *socket() { return &m_socket; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
    QByteArray m_toSend;
    bool m_closed = false;
};

} // namespace runnel::test
