#pragma once

#include "protocol/frames.h"

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QUrl>
#include <QWebSocketServer>

#include <functional>
#include <vector>

class QTcpSocket;
class QWebSocket;

namespace runnel::test {

//! A server of frames for the tests of clients: it greets as told, keeps what it hears, and says,
//! drops and closes on command. What is asked of it by HTTP it answers as told, too. Port 0,
//! loopback only.
class ScriptedServer : public QObject
{
    Q_OBJECT

public:
    enum class Speaks { V1, V0 };

    struct Request
    {
        QByteArray method;
        QByteArray path; //!< With its query.
        QByteArray body;
    };
    struct Answer
    {
        int status = 200;
        QByteArray body;
    };

    explicit ScriptedServer(Speaks speaks = Speaks::V1, QObject *parent = nullptr);
    ~ScriptedServer() override;

    //! `http://127.0.0.1:PORT`
    [[nodiscard]] QUrl url() const;
    //! `ws://127.0.0.1:PORT/ws/chat/test`
    [[nodiscard]] QUrl endpoint() const;

    //! What a new connection is sent at once; a hello and an empty snapshot until told otherwise.
    void greetWith(const QList<ServerFrame> &frames) { m_greeting = frames; }
    //! Called for every client frame, after it was kept in received().
    void answerWith(std::function<void(const ClientFrame &)> answer)
    {
        m_answer = std::move(answer);
    }

    //! By HTTP; an empty list of conversations until told otherwise. Nothing of an answer without a
    //! status is sent.
    void answerRequestsWith(std::function<Answer(const Request &)> answer)
    {
        m_answerRequest = std::move(answer);
    }
    //! "GET /api/conversations?limit=50", in the order in which they came.
    [[nodiscard]] const QStringList &requests() const { return m_requests; }

    //! To the newest connection.
    void say(const ServerFrame &frame);
    void sayText(const QString &text);
    void sayBinary(const QByteArray &bytes);
    //! Ends every connection, without or with a close frame.
    void drop();
    void close(int code);
    //! Stops and starts listening, on the same port.
    void goAway();
    void comeBack();

    [[nodiscard]] int connections() const { return m_connections; }
    [[nodiscard]] const std::vector<ClientFrame> &received() const { return m_received; }
    //! The texts of the received user messages, in order.
    [[nodiscard]] QStringList messages() const;
    [[nodiscard]] QString path() const { return m_path; }
    //! Of the newest connection's address, without "?".
    [[nodiscard]] QString query() const { return m_query; }

    [[nodiscard]] static SessionHello hello();

private:
    void accept();
    void receive(QTcpSocket *socket);

    QTcpServer m_tcp;
    QWebSocketServer m_server;
    QList<ServerFrame> m_greeting;
    std::function<void(const ClientFrame &)> m_answer;
    std::function<Answer(const Request &)> m_answerRequest;
    QStringList m_requests;
    QList<QPointer<QWebSocket>> m_sockets;
    std::vector<ClientFrame> m_received; //!< g++ 12 warns of QList's own temporary variant.
    QString m_path;
    QString m_query;
    int m_connections = 0;
    quint16 m_port = 0;
};

} // namespace runnel::test
