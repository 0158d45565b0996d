#include "chat/chatconnection.h"

#include "chat/textframes.h"
#include "sessions/session.h"

#include <QLoggingCategory>
#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace runnel {

Q_LOGGING_CATEGORY(lcChat, "runnel.chat")

using Clock = std::chrono::steady_clock;

ChatConnection::ChatConnection(QWebSocket *socket, QTcpSocket *tcp, Session &session,
                               Dialect dialect, SessionHello hello,
                               const std::optional<Known> &known, const ChatConfig &config)
    : m_socket(socket)
    , m_tcp(tcp)
    , m_session(session)
    , m_sessionId(session.id())
    , m_dialect(dialect)
    , m_config(config)
    , m_next(session.log().newest() + 1)
    , m_connected(Clock::now())
    , m_lastHeard(m_connected)
    , m_lastTaken(m_lastHeard)
    , m_lastPing(m_lastHeard)
{
    m_socket->setParent(this);
    const auto frameBytes = quint64(limits::frameBytes(config.maxMessageBytes));
    m_socket->setMaxAllowedIncomingFrameSize(frameBytes);
    m_socket->setMaxAllowedIncomingMessageSize(frameBytes);

    //! [signals]
    connect(m_socket, &QWebSocket::textMessageReceived, this, &ChatConnection::onText);
    //! [signals]
    connect(m_socket, &QWebSocket::binaryMessageReceived, this, [this] {
        close(QWebSocketProtocol::CloseCodeDatatypeNotSupported,
              QStringLiteral("Send text frames."));
    });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_lastHeard = Clock::now(); });
    connect(m_socket, &QWebSocket::bytesWritten, this, [this] {
        m_lastTaken = Clock::now();
        pump();
    });
    // Queued: the socket may find its peer gone in the middle of a write of ours.
    connect(m_socket, &QWebSocket::disconnected, this, &ChatConnection::closed,
            Qt::QueuedConnection);
    //! [follow]
    connect(&m_session, &Session::appended, this, &ChatConnection::pump);
    //! [follow]
    connect(&m_session, &Session::noticed, this,
            [this](const Error &notice) { refuse(notice, {}); });
    connect(&m_session, &Session::left, this, [this](const Error &why) {
        refuse(why, {});
        close(QWebSocketProtocol::CloseCodeGoingAway, QStringLiteral("Come again."));
    });

    m_session.addFollower();
    if (m_dialect == Dialect::V0) {
        sendRunningAnswer();
        return;
    }
    const bool isOfThisLog = known && (known->epoch.isEmpty() || known->epoch == session.epoch());
    hello.session = session.id();
    hello.epoch = session.epoch();
    hello.seq = session.log().newest();
    hello.resumed = isOfThisLog && session.log().reaches(known->after);
    send(encode(hello).toUtf8());
    if (hello.resumed) {
        m_next = known->after + 1;
        pump();
    } else {
        sendSnapshot();
    }
}

ChatConnection::~ChatConnection()
{
    m_socket->disconnect(this);
    m_session.disconnect(this);
    m_session.removeFollower();
    m_socket->abort();
}

//! [on-text]
void ChatConnection::onText(const QString &text)
{
    if (m_closing)
        return;
    m_lastHeard = Clock::now();
    const auto frame = decodeClientFrame(text, m_config.maxMessageBytes);
    if (!frame) {
        refuse(frame.error().error, frame.error().id);
        return;
    }
    const Arrival arrival = arrivalOf(text); // for its trace
    std::visit([&](const auto &f) { handle(f, arrival); }, *frame);
}

template <typename Request>
void ChatConnection::handle(const Request &frame, const Arrival &arrival)
{
    if (const std::optional<Error> refused = m_session.take(frame, arrival))
        refuse(*refused, frame.id);
}
//! [on-text]

void ChatConnection::handle(const StopTurn &frame, const Arrival &)
{
    m_session.stop(frame.turn);
}

void ChatConnection::handle(const SelectBranch &frame, const Arrival &)
{
    if (const std::optional<Error> refused = m_session.select(frame.messageId))
        refuse(*refused, {});
}

//! No agent here has tools yet, so no call waits.
void ChatConnection::handle(const DecideToolCall &frame, const Arrival &)
{
    refuse({ErrorCode::BadFrame,
            QStringLiteral("The field \"call\" is \"%1\", and no tool call of that name waits for "
                           "a decision.")
                .arg(frame.call)},
           {});
}

//! Of what was just decoded; nothing where there are no traces.
ChatConnection::Arrival ChatConnection::arrivalOf(const QString &text) const
{
    if (!m_session.isTraced())
        return std::nullopt;
    const Clock::time_point decoded = Clock::now();
    return TurnTrace::Arrival{m_connected, m_lastHeard, decoded, decoded, text.toUtf8().size()};
}

void ChatConnection::refuse(const Error &error, const QString &id)
{
    qCDebug(lcChat).noquote().nospace()
        << "Session " << m_sessionId << ": refused: " << toWire(error.code);
    ErrorFrame frame;
    frame.code = toWire(error.code);
    frame.error = error.text;
    frame.id = id;
    send(encode(frame, m_dialect).toUtf8());
}

void ChatConnection::cutIfItDoesNotRead()
{
    if (m_socket->bytesToWrite() > 2 * m_config.maxBytesWaiting + m_largestSent)
        m_socket->abort();
}

//! For what commits first: the frames that are published by that are part of what it returns, and
//! must not be sent before it.
template <typename Ask>
auto ChatConnection::withoutPumping(Ask ask)
{
    const QScopedValueRollback still(m_pumping, true);
    return ask();
}

void ChatConnection::sendSnapshot()
{
    const Snapshot snapshot = withoutPumping([this] { return m_session.snapshot(); });
    m_next = snapshot.seq + 1;
    sendOurs(encode(snapshot).toUtf8());
}

//! V0 has no snapshot: the answer that runs is sent in one chunk, as far as it is and this client
//! has not got it.
void ChatConnection::sendRunningAnswer()
{
    const MessageRecord *const running =
        withoutPumping([this] { return m_session.runningAnswer(); });
    m_next = m_session.log().newest() + 1;
    if (!running)
        return;
    if (std::exchange(m_turn, running->turn) != running->turn)
        m_turnCharacters = 0;
    Chunk chunk;
    chunk.turn = running->turn;
    chunk.agent = running->agent;
    chunk.content = running->content.mid(m_turnCharacters);
    m_turnCharacters = running->content.size();
    if (!chunk.content.isEmpty())
        sendOurs(encode(chunk, m_dialect).toUtf8());
}

bool ChatConnection::hasRoom() const
{
    return m_socket->isValid() && m_socket->bytesToWrite() < m_config.maxBytesWaiting;
}

void ChatConnection::pump()
{
    // A write may report bytesWritten at once: one pump at a time.
    if (m_pumping || m_closing)
        return;
    m_pumping = true;
    const SessionLog &log = m_session.log();
    while (m_next <= log.newest() && hasRoom()) {
        const ServerFrame *const frame = log.frame(m_next);
        if (!frame) {
            fallBehind();
            continue;
        }
        if (const auto *turn = std::get_if<TurnStarted>(frame)) {
            m_turn = turn->turn;
            m_turnCharacters = 0;
        } else if (const auto *chunk = std::get_if<Chunk>(frame)) {
            m_turnCharacters += chunk->content.size();
        } else if (std::holds_alternative<TurnComplete>(*frame) ||
                   std::holds_alternative<ErrorFrame>(*frame)) {
            m_turn.clear();
        }
        const QByteArray text = log.wire(m_next, m_dialect);
        const Seq seq = m_next++;
        if (text.isNull())
            continue;
        TurnTrace *const trace = m_session.traceOf(seq);
        if (trace)
            trace->noteWriting(seq);
        sendOurs(text);
        if (trace)
            trace->noteWritten(seq, text.size());
    }
    m_pumping = false;
}

void ChatConnection::fallBehind()
{
    if (m_dialect == Dialect::V1) {
        sendSnapshot();
        return;
    }
    // An answer with a hole in it must not pass for a whole one. The one that still runs can be
    // made up for; of one that has ended since, its end is lost too, and is told.
    const MessageRecord *const running = m_session.runningAnswer();
    const bool hasLostAnEnd = m_turn.isEmpty() ? !running : !running || running->turn != m_turn;
    if (hasLostAnEnd) {
        ErrorFrame frame;
        frame.code = toWire(ErrorCode::Interrupted);
        frame.error = QStringLiteral(
            "This connection reads too slowly; the rest of this answer is left out.");
        send(encode(frame, m_dialect).toUtf8());
        m_turn.clear();
    }
    sendRunningAnswer();
}

void ChatConnection::sendOurs(const QByteArray &utf8)
{
    m_largestSent = std::max<qint64>(m_largestSent, utf8.size());
    send(utf8);
}

void ChatConnection::send(const QByteArray &utf8)
{
    if (!m_tcp || m_socket->state() != QAbstractSocket::ConnectedState)
        return;
    writeText(*m_tcp, utf8);
    if (m_tcp)
        m_tcp->flush(); // saves a turn of the event loop: half of the latency that we add
}

void ChatConnection::tick(Clock::time_point now)
{
    if (now - m_lastHeard >= m_config.silenceLimit) {
        qCInfo(lcChat).noquote().nospace()
            << "Session " << m_sessionId << ": a silent client is dropped";
        m_socket->abort();
        return;
    }
    if (m_socket->bytesToWrite() == 0)
        m_lastTaken = now;
    if (now - m_lastTaken >= m_config.silenceLimit) {
        qCInfo(lcChat).noquote().nospace()
            << "Session " << m_sessionId << ": a client that reads nothing is dropped";
        m_socket->abort();
        return;
    }
    if (now - std::max(m_lastPing, m_lastHeard) >= m_config.pingInterval && !m_closing) {
        m_lastPing = now;
        m_socket->ping();
    }
}

void ChatConnection::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    if (m_closing)
        return;
    pump(); // the end of an answer belongs before the goodbye
    m_closing = true;
    m_socket->close(code, reason);
    // With a peer that does not read, the closing handshake of QWebSocket never ends.
    QTimer::singleShot(m_config.closeTimeout, m_socket, [socket = m_socket] { socket->abort(); });
}

} // namespace runnel
