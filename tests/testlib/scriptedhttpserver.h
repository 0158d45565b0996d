#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace runnel::test {

//! An HTTP request as it came.
struct SeenRequest
{
    QByteArray method;
    QByteArray target;                     //!< Path and query.
    QHash<QByteArray, QByteArray> headers; //!< Names in lower case.
    QByteArray body;
};

//! What the server does with a request.
struct ScriptedResponse
{
    enum class Then {
        KeepOpen, //!< Nothing: the connection may bring the next request.
        Close,    //!< Closes once all is sent.
        Reset,    //!< Cuts the connection hard.
    };
    QByteArray bytes; //!< Sent as it is, head and all.
    Then then = Then::KeepOpen;
    qsizetype pieceBytes =
        0; //!< Sent in pieces of so many bytes, each when the last one left; 0: at once.
};

//! The connection of one request, for a test that goes on by hand.
class Exchange : public QObject
{
    Q_OBJECT

public:
    Exchange(QTcpSocket *socket, SeenRequest request);

    [[nodiscard]] const SeenRequest &request() const { return m_request; }
    void play(const ScriptedResponse &reply);
    void send(const QByteArray &bytes);
    void close();
    void reset();
    //! Whether the other side, or we, closed the connection.
    [[nodiscard]] bool isClosed() const { return m_isClosed; }

Q_SIGNALS:
    void closed();

private:
    void sendNextPiece();
    void endAsScripted();

    QPointer<QTcpSocket> m_socket;
    SeenRequest m_request;
    ScriptedResponse m_script;
    qsizetype m_sent = 0;
    bool m_isClosed = false;
};

//! An HTTP/1.1 server on a free loopback port that replays what it is told, cuts and lies included.
//! A request for which nothing is scripted is answered with nothing: it hangs.
class ScriptedHttpServer : public QObject
{
    Q_OBJECT

public:
    ScriptedHttpServer();
    ~ScriptedHttpServer() override;

    [[nodiscard]] QUrl url() const;

    //! The next request's reply; one for each request, in order.
    void script(const ScriptedResponse &reply) { m_scripts.push_back(reply); }
    //! The reply of every request for which script() has none left.
    void scriptAll(const ScriptedResponse &reply) { m_forAll = reply; }

    [[nodiscard]] int requestCount() const { return int(m_exchanges.size()); }
    [[nodiscard]] Exchange &exchange(int index) const { return *m_exchanges.at(size_t(index)); }
    //! Connections that are open now.
    [[nodiscard]] int openConnections() const { return m_open; }

Q_SIGNALS:
    void requested(runnel::test::Exchange *exchange);

private:
    void onConnection();
    void onBytes(QTcpSocket *socket);

    QTcpServer m_server{this}; // a child, so that it moves to another thread with us
    QHash<QTcpSocket *, QByteArray> m_buffers;
    std::vector<std::unique_ptr<Exchange>> m_exchanges;
    std::deque<ScriptedResponse> m_scripts;
    std::optional<ScriptedResponse> m_forAll;
    int m_open = 0;
};

//! A port of the loopback on which nobody listens.
[[nodiscard]] quint16 unusedPort();

//! An event stream's head with chunked transfer encoding.
[[nodiscard]] QByteArray sseHead();
//! One chunk of it.
[[nodiscard]] QByteArray chunk(const QByteArray &bytes);
//! The chunk that ends it.
[[nodiscard]] QByteArray lastChunk();
//! `data: …` framed with CRLF, as Gemini does.
[[nodiscard]] QByteArray sseEvent(const QByteArray &json);
//! A whole answer: head, these events, each in a chunk of its own, and the end.
[[nodiscard]] QByteArray sseAnswer(const QList<QByteArray> &events);
//! A whole answer with Content-Length.
[[nodiscard]] QByteArray httpAnswer(int status, const QByteArray &body,
                                    const QByteArray &type = "application/json",
                                    const QByteArray &moreHeaders = {});

} // namespace runnel::test
