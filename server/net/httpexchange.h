#pragma once

#include "net/requesthead.h"
#include "net/requestsocket.h"

#include <QHostAddress>
#include <QObject>
#include <QPointer>

#include <chrono>
#include <optional>

namespace runnel {

struct FrontServerConfig;

//! One HTTP request, its one response, and the connection that ends with it. The response comes
//! from QHttpServer through server(), or, after takeOver(), from whoever took it: an answer that
//! needs time or streams. It gets the headers that every response has, and none of its body when
//! the request is HEAD. Deletes itself after closed().
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    //! The name of the request header by which QHttpServer's handlers find their exchange; a
    //! client's own of that name never gets there.
    static const QByteArray idHeader;

    //! \a socket has no byte of the request left to read. \a commonHeaders go into every response
    //! that does not have its own of the same name.
    HttpExchange(quint64 id, QTcpSocket *socket, RequestHead head, const QByteArray &body,
                 const QHostAddress &client, QList<HeaderField> commonHeaders,
                 const FrontServerConfig &config, QObject *parent);
    ~HttpExchange() override;

    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] QHostAddress clientAddress() const { return m_client; }

    //! QHttpServer's end of it: give it away once, then begin() it.
    [[nodiscard]] RequestSocket *server() const { return m_server; }

    //! From now on what QHttpServer answers is dropped, and the caller answers: start(), write()*,
    //! finish().
    void takeOver();
    //! Sends the head. Without \a length the body ends where the connection ends.
    void start(int status, const QList<HeaderField> &headers,
               std::optional<qint64> length = std::nullopt);
    //! Sends a part of the body and flushes it. Nothing happens once the client has gone.
    void write(const QByteArray &body);
    //! The response is whole: the connection closes when the client has taken it.
    void finish();
    //! A whole response that is a problem; start() must not have been called.
    void refuse(const Refusal &refusal);

    //! Bytes that wait for the client to take them.
    [[nodiscard]] qint64 bytesToWrite() const;

Q_SIGNALS:
    //! The client took some; bytesToWrite() has become less.
    void bytesTaken();
    //! The response is finished or the client has gone. Comes once and last.
    void closed();

private:
    enum class State { Waiting, InBody, Finished };

    void takeServerBytes(const QByteArray &bytes);
    void startFromServer(const QByteArray &head);
    void handleServerEnded();
    void handleDisconnected();
    void discardExtra();
    void close();

    QPointer<QTcpSocket> m_socket;
    const RequestHead m_head;
    const QHostAddress m_client;
    const QList<HeaderField> m_commonHeaders;
    const FrontServerConfig &m_config;
    QPointer<RequestSocket> m_server;
    QByteArray m_serverHead; //!< What QHttpServer wrote of the response's head so far.
    std::optional<qint64> m_bodyLeft;
    qint64 m_extraBytes = 0; //!< What came after the request.
    State m_state = State::Waiting;
    bool m_sendsBody = true;
};

} // namespace runnel
