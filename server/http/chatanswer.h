#pragma once

#include "http/answerfeed.h"
#include "http/chatrequest.h"
#include "net/httpexchange.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>

namespace runnel {

//! The answer to one POST /api/agents/chat: follows the session until the turn of this message has
//! its end, and answers with the whole as JSON. StreamedChatAnswer sends the frames as they come.
//! The client may leave at any time: the turn belongs to the session and goes on. Deletes itself.
class ChatAnswer : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::milliseconds answer{15 * 60'000}; //!< Until the turn has its end.
        std::chrono::milliseconds keepAlive{15'000};   //!< Between comments on a silent stream.
        qint64 bytesWaiting = 256 * 1024;              //!< Unread by the client.
    };

    ChatAnswer(HttpExchange *exchange, AskedAnswer asked, ChatRequest request, const Limits &limits,
               QObject *parent);

    //! Call once, when all is connected.
    void start();
    //! Nothing more is begun: a message whose turn has not come is refused.
    void drain();

protected:
    //! Frames of this answer have come, or the client has taken some.
    virtual void pump() {}
    //! The turn's end is in the log.
    virtual void end();
    virtual void fail(const Refusal &refusal);

    [[nodiscard]] HttpExchange *exchange() const { return m_exchange; }
    [[nodiscard]] AnswerFeed &feed() const { return *m_asked.feed; }
    [[nodiscard]] const ChatRequest &request() const { return m_request; }
    [[nodiscard]] const Limits &limits() const { return m_limits; }
    //! The seq of our `user` frame and of the turn's end; 0 while not there.
    [[nodiscard]] Seq firstSeq() const { return m_first; }
    [[nodiscard]] Seq endSeq() const { return m_end; }
    void finish();

private:
    void follow();
    void take(const ServerFrame &frame, Seq seq);
    [[nodiscard]] QByteArray json() const;

    const QPointer<HttpExchange> m_exchange;
    AskedAnswer m_asked;
    const ChatRequest m_request;
    const Limits m_limits;
    QTimer m_timeout;
    Seq m_seen;
    Seq m_first = 0;
    Seq m_end = 0;
    TurnStarted m_turn;
    QString m_text;
    std::optional<TurnComplete> m_complete;
    std::optional<ErrorFrame> m_error;
    bool m_finished = false;
};

//! The same as server-sent events: each v1 frame from the `user` frame to the turn's end is an
//! event of the frame's type, its `seq` the event's id. A client that does not read holds no more
//! than a bounded number of bytes; when the log has left it behind, it gets a `snapshot`.
class StreamedChatAnswer final : public ChatAnswer
{
    Q_OBJECT

public:
    using ChatAnswer::ChatAnswer;

protected:
    void pump() override;
    void end() override {} // pump() sends it, when its turn comes.
    void fail(const Refusal &refusal) override;

private:
    void begin();
    void send(const ServerFrame &frame, const QByteArray &text);

    QTimer m_keepAlive;
    Seq m_next = 0;
    bool m_begun = false;
    bool m_pumping = false;
};

} // namespace runnel
