#pragma once

#include "protocol/result.h"
#include "sessions/conversation.h"
#include "sessions/memorybudget.h"
#include "sessions/sessionlog.h"
#include "sessions/turn.h"

#include <QObject>

#include <chrono>
#include <deque>
#include <memory>

namespace runnel {

class AgentManager;

//! What every session of a server is bound by.
struct SessionConfig
{
    qint64 maxHistoryTokens = 100'000;
    //! All texts of a conversation together, each message with what it costs besides; beyond, the
    //! person is asked to start a new chat. So small that a snapshot of it, which escapes may make
    //! six times as long, stays under 16 MiB.
    qsizetype maxConversationCharacters = 1024 * 1024;
    qsizetype maxLogBytes = SessionLog::defaultMaxBytes;
    //! Whether the log file may hold the first characters of what is said.
    bool logContent = false;
};

//! One conversation: its tree of messages, its log, its queue and its one live turn. Only the
//! session writes the log; a connection follows it from its own cursor and needs nothing but
//! "frames after N" and "tell the session".
class Session : public QObject
{
    Q_OBJECT

public:
    Session(QString id, const AgentManager &agents, const SessionConfig &config,
            MemoryBudget &budget);
    ~Session() override;

    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const SessionLog &log() const { return m_log; }
    [[nodiscard]] Snapshot snapshot() const;
    //! The answer that runs, as far as it is; nullptr when none runs.
    [[nodiscard]] const MessageRecord *runningAnswer() const;

    //! Takes a user message: it is answered at once, or waits behind the running answer. What
    //! becomes of it is in the log: `user` with its id and then `turn` when its turn comes. A
    //! message whose id is known already is accepted and not asked twice. Errors: unknown_agent,
    //! queue_full, too_large, rate_limited,
    //! interrupted while draining.
    [[nodiscard]] std::optional<Error> ask(const SendMessage &message);

    //! Stops that turn; one that is not running is none of its business.
    void stop(const QString &turn);

    //! The server shuts down: the running answer goes on, nothing new is taken, what waits is
    //! forgotten (its client still has it).
    void drain();

    //! Ends the running turn as interrupted.
    void interrupt();

    [[nodiscard]] bool isAnswering() const { return m_turn != nullptr; }
    //! Lets go of the frames that the log keeps for its followers: one who has not been sent them
    //! gets a snapshot.
    void shrink();
    //! Nothing was ever said here and nobody is here: it can go without a trace.
    [[nodiscard]] bool isBlank() const { return m_conversation.isEmpty() && m_followers == 0; }

    //! Who reads the log. Without followers the log keeps no frames.
    void addFollower() { ++m_followers; }
    void removeFollower();
    [[nodiscard]] int followers() const { return m_followers; }

    //! When somebody last was here or an answer last ended.
    [[nodiscard]] std::chrono::steady_clock::time_point lastActive() const { return m_lastActive; }

Q_SIGNALS:
    //! The log has grown. Every follower writes from it now.
    void appended();
    //! The running answer has ended and none follows it at once.
    void becameIdle();

private:
    void begin(const SendMessage &message);
    void onProduced(const ServerFrame &frame);
    void onEnded(const ServerFrame &end, const QByteArray &rawParts);
    void append(ServerFrame frame);
    //! Tells the budget what conversation, log and queue have grown by.
    void countMemory();
    [[nodiscard]] bool isWaiting(const QString &clientId) const;

    QString m_id;
    const AgentManager &m_agents;
    SessionConfig m_config;
    MemoryBudget &m_budget;
    qint64 m_countedBytes = 0;
    Conversation m_conversation;
    SessionLog m_log;
    std::deque<SendMessage> m_queue;
    std::unique_ptr<Turn> m_turn;
    quint64 m_turnCount = 0;
    int m_followers = 0;
    bool m_beginning = false; //!< A turn is about to be there.
    bool m_draining = false;
    std::chrono::steady_clock::time_point m_lastActive = std::chrono::steady_clock::now();
};

} // namespace runnel
