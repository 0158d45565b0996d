#pragma once

#include "llm/modelprices.h"
#include "protocol/result.h"
#include "sessions/conversation.h"
#include "sessions/memorybudget.h"
#include "sessions/sessionlog.h"
#include "sessions/turn.h"
#include "trace/turntrace.h"

#include <QObject>

#include <chrono>
#include <deque>
#include <memory>
#include <variant>

namespace runnel {

struct Agent;
class AgentManager;
class CommitQueue;
class TraceBook;

//! What every session of a server is bound by.
struct SessionConfig
{
    qint64 maxHistoryTokens = 100'000;
    //! All texts of a conversation together, each message with what it costs besides; beyond, the
    //! person is asked to start a new chat. So small that a snapshot of it, which escapes may make
    //! six times as long, stays under 16 MiB.
    qsizetype maxConversationCharacters = 1024 * 1024;
    qsizetype maxLogBytes = SessionLog::defaultMaxBytes;
    ModelPrices prices{};
    //! Whether the log file may hold the first characters of what is said.
    bool logContent = false;
    //! Where the traces of turns are kept; it outlives the sessions. Null: there are none.
    TraceBook *traces = nullptr;
};

//! What a client may ask a session for and has to be answered.
using Request = std::variant<SendMessage, RegenerateAnswer, EditMessage, ContinueAnswer>;

//! One conversation: its tree of messages, its log, its queue and its one live turn. Only the
//! session writes the log; a connection follows it from its own cursor and needs nothing but
//! "frames after N" and "tell the session". What the log gets goes into the store, too, and is
//! published when it is there.
class Session : public QObject
{
    Q_OBJECT

public:
    //! One that begins, or one that was stored. All of the others must outlive it.
    Session(StoredConversation stored, const AgentManager &agents, const SessionConfig &config,
            MemoryBudget &budget, CommitQueue &commits);
    ~Session() override;

    [[nodiscard]] const QString &id() const { return m_head.id; }
    //! Names the log that the seqs count in.
    [[nodiscard]] const QString &epoch() const { return m_head.epoch; }
    [[nodiscard]] const SessionLog &log() const { return m_log; }
    //! All that is stored by now; commits what waits.
    [[nodiscard]] Snapshot snapshot();
    //! The answer that runs, as far as it is stored; nullptr when none runs. Commits what waits.
    [[nodiscard]] const MessageRecord *runningAnswer();
    //! All that is stored by now, as it is stored; commits what waits.
    [[nodiscard]] StoredConversation whole();
    //! As it is listed.
    [[nodiscard]] const ConversationHead &head() const { return m_head; }

    //! Takes a request: it is answered at once, or waits behind the running answer. What becomes of
    //! it is in the log: `user` or `turn` with its id when its turn comes. One whose id is known
    //! already is accepted and not done twice. Errors: unknown_agent, unknown_message, bad_frame
    //! (an answer that cannot go on), queue_full, too_large, rate_limited, storage_failed,
    //! interrupted while draining. \a arrival is for its trace.
    [[nodiscard]] std::optional<Error> take(const Request &request,
                                            const std::optional<TurnTrace::Arrival> &arrival = {});
    [[nodiscard]] std::optional<Error> ask(const SendMessage &message) { return take(message); }

    //! Makes the branch through that message the visible one. Errors: unknown_message,
    //! storage_failed.
    [[nodiscard]] std::optional<Error> select(const QString &messageId);

    //! Stops that turn; one that is not running is none of its business.
    void stop(const QString &turn);

    //! Null: after its first message. Nothing happens in a blank session. Errors: storage_failed.
    [[nodiscard]] std::optional<Error> rename(const QString &title);
    [[nodiscard]] std::optional<Error> setPinned(bool pinned);

    //! The server shuts down: the running answer goes on, nothing new is taken, what waits is
    //! forgotten (its client still has it).
    void drain();

    //! Ends the running turn as interrupted.
    void interrupt();

    //! Ends here: followers are told to come again, when they will find what is stored by then.
    void leave(const Error &why);

    [[nodiscard]] bool isAnswering() const { return m_turn != nullptr; }
    //! Lets go of the frames that the log keeps for its followers: one who has not been sent them
    //! gets a snapshot.
    void shrink();
    //! Nothing was ever said here and nobody is here: it can go without a trace.
    [[nodiscard]] bool isBlank() const { return m_conversation.isEmpty() && m_followers == 0; }
    //! Whether the store has all of it; not so while STORAGE_FAILURE=continue carries it on.
    [[nodiscard]] bool isStored() const { return !m_unstored; }
    [[nodiscard]] bool hasLeft() const { return m_hasLeft; }

    //! Whether there are traces, and so something to write down of what arrives.
    [[nodiscard]] bool isTraced() const { return m_config.traces != nullptr; }
    //! Who writes down what becomes of that frame; null: nobody.
    [[nodiscard]] TurnTrace *traceOf(Seq seq) const
    {
        if (!m_trace)
            return nullptr;
        return seq >= m_trace->firstSeq() ? m_trace.get() : m_traceBefore.get();
    }

    //! Who reads the log.
    void addFollower() { ++m_followers; }
    void removeFollower();
    [[nodiscard]] int followers() const { return m_followers; }

    //! When somebody last was here or an answer last ended.
    [[nodiscard]] std::chrono::steady_clock::time_point lastActive() const { return m_lastActive; }

    // For the CommitQueue: what became of what was put into the store.
    void stored();
    void notStored(const Error &why);

Q_SIGNALS:
    //! The log has grown. Every follower writes from it now.
    void appended();
    //! The first answer that the conversation has as a whole has just ended.
    void firstAnswerEnded();
    //! The running answer has ended and none follows it at once.
    void becameIdle();
    //! Something that all who are here should know and that is not part of the conversation.
    void noticed(const runnel::Error &notice);
    //! Its answer runs no more, and the store has not heard of it. left() follows.
    void wasCutOff();
    //! It is over with this object: followers say why, and go. Comes once.
    void left(const runnel::Error &why);

private:
    [[nodiscard]] std::optional<Error> problemWith(const Request &request);
    [[nodiscard]] std::optional<Error> problemWithTarget(const Request &request) const;
    [[nodiscard]] std::optional<Error> refusedByStore();
    [[nodiscard]] QString agentOf(const Request &request) const;
    [[nodiscard]] bool knows(const QString &clientId) const;

    //! What waits for its turn.
    struct Waiting
    {
        Request request;
        std::optional<TurnTrace::Arrival> arrival;
    };

    void begin(const Waiting &next);
    void begin(const SendMessage &message, const Agent &agent);
    void begin(const EditMessage &edit, const Agent &agent);
    void begin(const RegenerateAnswer &regenerate, const Agent &agent);
    void begin(const ContinueAnswer &goOn, const Agent &agent);
    void beginAnswer(const QString &questionId, const Agent &agent, const QString &clientId,
                     const QDateTime &at);
    void logQuestion(const MessageRecord &question);
    void start(const MessageRecord &answer, const Agent &agent,
               std::vector<HistoryMessage> history);
    [[nodiscard]] QString nextTurn() { return QStringLiteral("t%1").arg(++m_head.turns); }

    void onProduced(const ServerFrame &frame);
    [[nodiscard]] bool isFirstAnswer(const ServerFrame &end) const;
    void onEnded(const ServerFrame &end, const QByteArray &rawParts);
    //! Into the log and into the store. \a messageId: of the message that it tells of.
    void append(const ServerFrame &frame, const QString &messageId = {});
    void store(const ServerFrame &frame, const QString &messageId);
    void storeHead();
    void keepTrace(const MessageRecord &answer);
    void traceAppended(const ServerFrame &frame);
    void publish();
    void storeAll();
    void goOnInMemory(const Error &why);
    //! Tells the budget what conversation, log and queue have grown by.
    void countMemory();

    ConversationHead m_head;
    const AgentManager &m_agents;
    SessionConfig m_config;
    MemoryBudget &m_budget;
    CommitQueue &m_commits;
    qint64 m_countedBytes = 0;
    Conversation m_conversation;
    SessionLog m_log;
    std::deque<Waiting> m_queue;
    std::unique_ptr<Turn> m_turn;
    std::shared_ptr<TurnTrace> m_trace;       //!< Of the newest turn.
    std::shared_ptr<TurnTrace> m_traceBefore; //!< Its last frames may be on their way yet.
    int m_followers = 0;
    bool m_draining = false;
    bool m_hasLeft = false;
    bool m_unstored = false;
    std::chrono::steady_clock::time_point m_lastActive = std::chrono::steady_clock::now();
};

} // namespace runnel
