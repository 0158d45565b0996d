#pragma once

#include "client/backoff.h"
#include "client/logplace.h"
#include "client/outbox.h"
#include "protocol/frames.h"
#include "protocol/limits.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QUrl>

class QWebSocket;

namespace runnel {

//! What became of what was given to ChatClient::send(), edit(), regenerate() or continueAnswer().
enum class SendOutcome {
    Sent,     //!< Written to the socket.
    Waiting,  //!< Kept, and sent once the conversation is there.
    Empty,    //!< Refused: nothing but white space.
    TooLarge, //!< Refused: longer than the server's limit.
    Full,     //!< Refused: ChatClient::maxOutgoing messages have no answer yet.
};

//! One conversation's connection: a WebSocket that comes back by itself, with exponential back-off
//! and jitter, and goes on with the frame after the last that it handed out. Frames of the log come
//! out typed, in order and once. A gap ends the connection, for the next one fills it; a frame that
//! cannot be read does too, and the snapshot of the next one heals what it broke. Everything
//! happens in the object's own thread.
class ChatClient : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed,     //!< Not wanted: before open(), after close().
        Connecting, //!< Until the `session` frame.
        Connected,
        Waiting, //!< Lost or refused; tried again at nextAttemptAt().
    };
    Q_ENUM(State)

    //! Every wait of the client has a limit.
    struct Times
    {
        std::chrono::milliseconds connect{15'000}; //!< From the attempt to the `session` frame.
        std::chrono::milliseconds ping{15'000};    //!< Between our pings.
        std::chrono::milliseconds silence{40'000}; //!< Nothing heard for so long: the peer is dead.
        std::chrono::milliseconds settled{
            10'000}; //!< Connected for so long: the back-off starts anew.
        Backoff::Limits backoff{};
    };

    static constexpr quint64 maxIncomingBytes = 16 * 1024 * 1024; //!< A snapshot is the longest.
    static constexpr qsizetype maxOutgoing = 16;

    explicit ChatClient(const QUrl &endpoint, QObject *parent = nullptr);
    ChatClient(const QUrl &endpoint, const Times &times, Backoff::Random random,
               QObject *parent = nullptr);
    ~ChatClient() override;

    //! This end knows the conversation as \a hello names it, up to \a seq, from an earlier time:
    //! the next connection asks for what came since. Where the server has another log by now, or
    //! none, its snapshot comes; so it does without an epoch, for a seq alone may be of another
    //! log. Nothing happens when something of the log has come already.
    void goOnFrom(const SessionHello &hello, Seq seq);
    void open();
    //! Ends the connection; what has no answer yet is forgotten.
    void close();
    //! Waiting: tries at once. In other states nothing.
    void retryNow();

    //! These need an id, see newMessageId(). What waits is sent, in order, once the client has seen
    //! what the server had; what has no answer yet is sent again on a new connection.
    [[nodiscard]] SendOutcome send(const SendMessage &message);
    [[nodiscard]] SendOutcome edit(const EditMessage &edit);
    [[nodiscard]] SendOutcome regenerate(const RegenerateAnswer &regenerate);
    [[nodiscard]] SendOutcome continueAnswer(const ContinueAnswer &goOn);
    //! Takes back what waits; false when it was written to the socket already, or is not known.
    [[nodiscard]] bool withdraw(const QString &id);
    //! False when there is no connection to say these on: nothing is remembered.
    [[nodiscard]] bool stop(const QString &turn);
    [[nodiscard]] bool select(const QString &messageId);
    [[nodiscard]] bool decide(const QString &call, Decision decision);
    [[nodiscard]] static QString newMessageId();

    [[nodiscard]] State state() const { return m_state; }
    //! Invalid unless Waiting.
    [[nodiscard]] QDateTime nextAttemptAt() const { return m_nextAttemptAt; }
    //! Why the last attempt or connection ended, for people; empty while all is well.
    [[nodiscard]] QString problem() const { return m_problem; }

Q_SIGNALS:
    //! Also when nextAttemptAt() or problem() changed.
    void stateChanged(runnel::ChatClient::State state);
    void frameReceived(const runnel::ServerFrame &frame);
    //! Something that Waiting was said of cannot be sent after all.
    void messageRefused(const QString &id, const runnel::Error &why);

private:
    [[nodiscard]] SendOutcome put(const ClientFrame &frame, const QString &id);
    [[nodiscard]] bool say(const ClientFrame &frame);
    [[nodiscard]] bool comesNext(const ServerFrame &frame);
    [[nodiscard]] bool greet(const SessionHello &hello);
    void startAnew(const QString &problem);
    void attempt();
    void onConnected();
    void onText(const QString &text);
    void onSocketEnded();
    void beat();
    void follow(const ServerFrame &frame);
    void flushOutbox();
    void fail(const QString &problem);
    [[nodiscard]] QString problemOf(const QWebSocket &socket) const;
    void dropSocket();
    void enter(State state);

    const QUrl m_endpoint;
    const Times m_times;
    Backoff m_backoff;
    State m_state = State::Closed;
    QDateTime m_nextAttemptAt;
    QString m_problem;
    QString m_tlsProblem;           //!< Of this attempt's handshake; empty while it has none.
    QWebSocket *m_socket = nullptr; //!< A child; a new one for each attempt.
    LogPlace m_place;
    Limits m_limits{limits::messageBytes, limits::queuedMessages};
    Outbox m_outbox;
    QTimer m_retryTimer;
    QTimer m_connectTimer;
    QTimer m_pingTimer;
    QTimer m_settledTimer;
    QElapsedTimer m_lastHeard;
};

} // namespace runnel
