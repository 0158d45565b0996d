#include "http/chatanswer.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"

namespace runnel {

ChatAnswer::ChatAnswer(HttpExchange *exchange, AskedAnswer asked, ChatRequest request,
                       const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_exchange(exchange)
    , m_asked(std::move(asked))
    , m_request(std::move(request))
    , m_limits(limits)
    , m_seen(m_asked.after)
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] {
        fail({504,
              "answer_timeout",
              QStringLiteral("The answer took too long. It goes on in the session \"%1\".")
                  .arg(m_request.sessionId),
              {}});
    });
    connect(exchange, &HttpExchange::closed, this, &ChatAnswer::finish);
    connect(exchange, &QObject::destroyed, this, &ChatAnswer::finish);
    connect(exchange, &HttpExchange::bytesTaken, this, [this] {
        if (!m_finished)
            pump();
    });
    connect(m_asked.feed.get(), &AnswerFeed::appended, this, &ChatAnswer::follow);
    connect(m_asked.feed.get(), &AnswerFeed::lost, this, [this] {
        fail(
            {503, "interrupted", QStringLiteral("The conversation was closed by the server."), {}});
    });
}

void ChatAnswer::start()
{
    m_timeout.start(m_limits.answer);
    follow();
}

void ChatAnswer::drain()
{
    if (!m_first)
        fail({503, "draining", QStringLiteral("The server is shutting down. Ask again."), {}});
}

void ChatAnswer::follow()
{
    if (m_finished)
        return;
    // Called for every frame, so none is missed however small the log is.
    while (m_seen < feed().newest()) {
        ++m_seen;
        if (const ServerFrame *frame = feed().frame(m_seen))
            take(*frame, m_seen);
    }
    if (m_first)
        pump();
    if (m_end && !m_finished)
        end();
}

void ChatAnswer::take(const ServerFrame &frame, Seq seq)
{
    if (m_end)
        return;
    if (const auto *user = std::get_if<UserMessage>(&frame)) {
        if (user->id == m_request.message.id)
            m_first = seq;
    } else if (const auto *turn = std::get_if<TurnStarted>(&frame)) {
        if (m_first && m_turn.turn.isEmpty())
            m_turn = *turn;
    } else if (const auto *chunk = std::get_if<Chunk>(&frame)) {
        if (!m_turn.turn.isEmpty() && chunk->turn == m_turn.turn)
            m_text.append(chunk->content);
    } else if (const auto *complete = std::get_if<TurnComplete>(&frame)) {
        if (!m_turn.turn.isEmpty() && complete->turn == m_turn.turn) {
            m_complete = *complete;
            m_end = seq;
        }
    } else if (const auto *error = std::get_if<ErrorFrame>(&frame)) {
        if (!m_turn.turn.isEmpty() && error->turn == m_turn.turn) {
            m_error = *error;
            m_end = seq;
        }
    }
}

void ChatAnswer::end()
{
    if (m_error) {
        const ErrorCode code = errorCodeFromWire(m_error->code).value_or(ErrorCode::Internal);
        fail(refusalFrom({code, m_error->error}, m_error->retryAfter));
        return;
    }
    const QByteArray body = json();
    m_exchange->start(200, {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
                      body.size());
    m_exchange->write(body);
}

QByteArray ChatAnswer::json() const
{
    JsonWriter json(512 + m_text.size());
    json.beginObject()
        .member(keys::message, m_text)
        .member(keys::agent, m_turn.agent)
        .member(QLatin1String("session_id"), m_request.sessionId)
        .member(QLatin1String("timestamp"), formatTimestamp(m_complete->at))
        .key(QLatin1String("metadata"))
        .beginObject()
        .member(keys::finishReason, toWire(m_complete->finishReason))
        .member(keys::model, m_turn.model)
        .member(keys::messageId, m_turn.messageId)
        .member(keys::turn, m_turn.turn);
    writeUsage(json, m_complete->usage);
    json.endObject().endObject();
    return json.take().toUtf8();
}

void ChatAnswer::fail(const Refusal &refusal)
{
    if (!m_finished && m_exchange)
        m_exchange->refuse(refusal);
}

void ChatAnswer::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    m_timeout.stop();
    m_asked.feed->disconnect(this);
    if (m_exchange)
        m_exchange->finish();
    deleteLater();
}

void StreamedChatAnswer::begin()
{
    m_begun = true;
    exchange()->start(200, {{"Content-Type", "text/event-stream"},
                            {"Cache-Control", "no-cache, no-transform"},
                            {"X-Accel-Buffering", "no"}});
    m_next = firstSeq();
    // A proxy or a browser drops a stream that says nothing for long; a comment is no event.
    connect(&m_keepAlive, &QTimer::timeout, this, [this] {
        if (exchange() && exchange()->bytesToWrite() == 0)
            exchange()->write(":\n\n");
    });
    m_keepAlive.start(limits().keepAlive);
}

void StreamedChatAnswer::pump()
{
    // A write may report at once that bytes were taken: one pump at a time.
    if (m_pumping || !firstSeq() || !exchange())
        return;
    m_pumping = true;
    if (!m_begun)
        begin();
    const auto isOver = [this] { return endSeq() && m_next > endSeq(); };
    while (exchange() && !isOver() && m_next <= feed().newest() &&
           exchange()->bytesToWrite() < limits().bytesWaiting) {
        if (const ServerFrame *frame = feed().frame(m_next)) {
            send(*frame, feed().wire(m_next));
            ++m_next;
        } else {
            const Snapshot snapshot = feed().snapshot();
            send(snapshot, encode(snapshot).toUtf8());
            m_next = snapshot.seq + 1;
        }
    }
    m_pumping = false;
    if (isOver())
        finish();
}

void StreamedChatAnswer::send(const ServerFrame &frame, const QByteArray &text)
{
    const QLatin1String type = typeOf(frame);
    QByteArray event;
    event.reserve(text.size() + 64);
    event.append("event: ").append(type.latin1(), type.size());
    event.append("\nid: ").append(QByteArray::number(seqOf(frame)));
    event.append("\ndata: ").append(text).append("\n\n");
    exchange()->write(event);
}

void StreamedChatAnswer::fail(const Refusal &refusal)
{
    if (!m_begun) {
        ChatAnswer::fail(refusal);
        return;
    }
    ErrorFrame frame;
    frame.code = QString::fromLatin1(refusal.code);
    frame.error = refusal.detail;
    if (exchange()) {
        exchange()->write("event: error\ndata: " + encode(ServerFrame(frame)).toUtf8() + "\n\n");
        finish();
    }
}

} // namespace runnel
