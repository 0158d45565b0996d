#pragma once

#include "net/clientsocket.h"
#include "net/frontserverconfig.h"
#include "net/requesthead.h"

#include <QTimer>

namespace runnel {

//! Reads one request from a socket, bounded in bytes and time: first its head, without taking a
//! byte of it, then, if asked to, its body. Signals: headReceived or refused or gone; after
//! readBody() bodyReceived or refused or gone. Nothing after refused and gone.
class RequestReader : public QObject
{
    Q_OBJECT

public:
    //! The socket and the config must outlive it.
    RequestReader(ClientSocket *socket, const FrontServerConfig &config, QObject *parent = nullptr);

    void start();

    //! Once the head is there: takes it from the socket, and the body behind it, which may have so
    //! many bytes and take so long.
    void readBody(qint64 maxBytes, std::chrono::milliseconds timeout);

    [[nodiscard]] ClientSocket *socket() const { return m_socket; }
    [[nodiscard]] const RequestHead &head() const { return m_head; }

Q_SIGNALS:
    void headReceived();
    void bodyReceived(const QByteArray &body);
    void refused(const runnel::Refusal &refusal);
    //! The peer has gone, or sent nothing at all in time: there is nobody to answer.
    void gone();

private:
    void readHead();
    void takeBody();
    [[nodiscard]] std::optional<Refusal> checkBody(qint64 maxBytes) const;
    void handleTimeout();
    void handleDisconnected();
    void stop();

    ClientSocket *const m_socket;
    const FrontServerConfig &m_config;
    std::chrono::milliseconds m_bodyTimeout{0};
    QTimer m_timer;
    RequestHead m_head;
    QByteArray m_body;
    qsizetype m_searched = 0; //!< Bytes of the head that were looked at.
    bool m_pastFirstLine = false;
    bool m_inBody = false;
};

} // namespace runnel
