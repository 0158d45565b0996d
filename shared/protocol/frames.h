#pragma once

#include "protocol/errorcode.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <variant>

//! The frames of the chat protocol (docs/protocol.md) as typed values. They are a closed sum: a new
//! kind fails to compile wherever it is not handled. JSON is met in codec.h and nowhere else.
namespace runnel {

//! A message's or turn's place in its session: 1, 2, 3 … without gaps; 0 is "no place in the log".
using Seq = quint64;

enum class Role { User, Model };

enum class MessageState { Running, Done, Stopped, Interrupted, Failed };

enum class FinishReason { Stop, Stopped, Length, Blocked, Interrupted };

//! The state of a message whose answer ended like that; on both ends of the wire.
[[nodiscard]] constexpr MessageState stateAfter(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stopped:
        return MessageState::Stopped;
    case FinishReason::Interrupted:
        return MessageState::Interrupted;
    case FinishReason::Stop:
    case FinishReason::Length:
    case FinishReason::Blocked:
        break;
    }
    return MessageState::Done;
}

//! Tokens as the model's provider counted them; -1 where it did not say.
struct Usage
{
    qint64 promptTokens = -1;
    qint64 cachedTokens = -1;
    qint64 thoughtTokens = -1;
    qint64 answerTokens = -1;
    qint64 totalTokens = -1;
    std::optional<double> costUsd{}; //!< In US dollars; nothing where no prices are configured.

    friend bool operator==(const Usage &, const Usage &) = default;
};

//! Where a tool call stands.
enum class ToolState {
    Waiting, //!< For a decision: DecideToolCall.
    Running,
    Done,
    Failed,
    Unfinished, //!< Its turn ended first.
};

//! A tool call of an answer, and what came of it.
struct ToolUse
{
    QString call; //!< Names it in its session.
    QString tool;
    QJsonObject arguments;
    QString agent;
    ToolState state = ToolState::Running;
    QString content; //!< What the tool said, when it is Done.
    QString error;   //!< Why, when it has Failed.
    std::optional<std::chrono::milliseconds> took;

    friend bool operator==(const ToolUse &, const ToolUse &) = default;
};

//! Part of an answer's text, in UTF-16 units: from the first to behind the last.
struct TextSpan
{
    qint64 start = 0;
    qint64 end = 0;

    friend bool operator==(const TextSpan &, const TextSpan &) = default;
};

//! A page that an answer rests on. Nothing says that its address is a good one.
struct Source
{
    QString title; //!< May be empty.
    QString url;
    QList<TextSpan> spans; //!< Of the text that rests on it.

    friend bool operator==(const Source &, const Source &) = default;
};

//! An agent that has, or had, the floor in an answer.
struct AgentOnFloor
{
    QString agent;
    QString parent; //!< Who gave it the floor; null for the first.
    bool finished = false;

    friend bool operator==(const AgentOnFloor &, const AgentOnFloor &) = default;
};

//! With the end of a turn nobody has the floor, and what it called ends, too.
inline void endAll(QList<AgentOnFloor> &agents, QList<ToolUse> &tools)
{
    for (AgentOnFloor &agent : agents)
        agent.finished = true;
    for (ToolUse &use : tools) {
        if (use.state == ToolState::Waiting || use.state == ToolState::Running)
            use.state = ToolState::Unfinished;
    }
}

// ---- client to server
// -------------------------------------------------------------------------------------

//! "message": a user message.
struct SendMessage
{
    QString message;
    QString agent; //!< Empty: the default agent.
    QString id;    //!< The client's own, so that sending again is harmless; may be empty.

    friend bool operator==(const SendMessage &, const SendMessage &) = default;
};

//! "stop": stop that turn and no other.
struct StopTurn
{
    QString turn;

    friend bool operator==(const StopTurn &, const StopTurn &) = default;
};

//! "regenerate": answer that user message again, as a sibling of the answers it has.
struct RegenerateAnswer
{
    QString messageId;
    QString agent; //!< Empty: the one that answered before.
    QString id;    //!< As of a message.

    friend bool operator==(const RegenerateAnswer &, const RegenerateAnswer &) = default;
};

//! "edit": a sibling of that user message, then its answer.
struct EditMessage
{
    QString messageId;
    QString message;
    QString agent; //!< Empty: the one that answered before.
    QString id;    //!< As of a message.

    friend bool operator==(const EditMessage &, const EditMessage &) = default;
};

//! "continue": go on with that answer, which ended before its time; what comes is joined to it.
struct ContinueAnswer
{
    QString messageId;
    QString id; //!< As of a message.

    friend bool operator==(const ContinueAnswer &, const ContinueAnswer &) = default;
};

//! "select": make the branch through that message the visible one.
struct SelectBranch
{
    QString messageId;

    friend bool operator==(const SelectBranch &, const SelectBranch &) = default;
};

enum class Decision { Allow, AllowAlways, Deny };

//! "decide": whether a tool call that waits may run.
struct DecideToolCall
{
    QString call;
    Decision decision = Decision::Deny;

    friend bool operator==(const DecideToolCall &, const DecideToolCall &) = default;
};

using ClientFrame = std::variant<SendMessage, StopTurn, RegenerateAnswer, EditMessage,
                                 ContinueAnswer, SelectBranch, DecideToolCall>;

// ---- server to client
// -------------------------------------------------------------------------------------

struct AgentInfo
{
    QString name;
    QString description;
    QString model;

    friend bool operator==(const AgentInfo &, const AgentInfo &) = default;
};

struct Limits
{
    qint64 messageBytes = 0;
    int queuedMessages = 0;

    friend bool operator==(const Limits &, const Limits &) = default;
};

//! "session": the first frame of a connection; not part of the log.
struct SessionHello
{
    QString session;
    Seq seq = 0; //!< The newest of the log.
    QList<AgentInfo> agents;
    QString model;
    Limits limits;
    bool demo = false; //!< True when answers come from the built-in emulator, not from Gemini.
    //! Names the log that the seqs count in: one who comes back says it with `after`.
    QString epoch;
    //! True when the frames after the one that was asked for follow; false: a snapshot follows.
    bool resumed = false;

    friend bool operator==(const SessionHello &, const SessionHello &) = default;
};

//! A message as a snapshot carries it.
struct MessageRecord
{
    QString messageId;
    QString parentId; //!< Null at the root.
    Role role = Role::User;
    QString content;
    QDateTime at; //!< UTC, milliseconds.
    QString id;   //!< The client's own, of what made this message; may be empty.

    // Of a model's message only.
    QString turn;
    QString agent;
    QString model;
    MessageState state = MessageState::Done;
    QString thoughts;
    QList<AgentOnFloor> agents{}; //!< In the order in which they came.
    QList<ToolUse> tools{};       //!< As well.
    QList<Source> sources{};
    std::optional<FinishReason> finishReason;
    std::optional<Usage> usage;
    std::optional<Error> error; //!< Why, when the state is Failed.

    friend bool operator==(const MessageRecord &, const MessageRecord &) = default;
};

//! "snapshot": the whole conversation, the answer under way included; not part of the log.
struct Snapshot
{
    Seq seq = 0; //!< The frame after which live frames go on.
    QList<MessageRecord> messages;
    QString active;  //!< The leaf of the visible branch; null in an empty conversation.
    QString title{}; //!< As somebody named it; null: after its first message.
    //! Ids of requests that were done and that no message has any more: of an answer that went on
    //! before it went on again.
    QStringList taken{};

    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

//! "user": a user message was taken.
struct UserMessage
{
    Seq seq = 0;
    QString messageId;
    QString parentId; //!< Null at the root.
    QString content;
    QString id;
    QDateTime at;

    friend bool operator==(const UserMessage &, const UserMessage &) = default;
};

//! "turn": an answer begins; or, when its message is there already, goes on.
struct TurnStarted
{
    Seq seq = 0;
    QString turn;
    QString messageId;
    QString parentId;
    QString agent;
    QString model;
    QDateTime at;
    QString id{}; //!< Of the RegenerateAnswer or ContinueAnswer that it follows; may be empty.

    friend bool operator==(const TurnStarted &, const TurnStarted &) = default;
};

//! "chunk": text to append to the answer.
struct Chunk
{
    Seq seq = 0;
    QString turn;
    QString content;
    QString agent;

    friend bool operator==(const Chunk &, const Chunk &) = default;
};

//! "thought": a thought summary to append; never part of the answer.
struct Thought
{
    Seq seq = 0;
    QString turn;
    QString content;
    QString agent;

    friend bool operator==(const Thought &, const Thought &) = default;
};

//! "retry": the model could not be asked just now; the turn goes on and asks again after the delay.
struct TurnRetrying
{
    Seq seq = 0;
    QString turn;
    ErrorCode code = ErrorCode::ModelOverloaded;
    QString error;
    std::chrono::milliseconds retryAfter{0};
    int attempt = 1; //!< 1 is the first time that it is asked again.

    friend bool operator==(const TurnRetrying &, const TurnRetrying &) = default;
};

//! "agent": an agent takes or leaves the floor.
struct AgentFloor
{
    Seq seq = 0;
    QString turn;
    AgentOnFloor agent;

    friend bool operator==(const AgentFloor &, const AgentFloor &) = default;
};

//! "tool_call": a tool is called; or, when its call is there already, stands otherwise now.
struct ToolCalled
{
    Seq seq = 0;
    QString turn;
    ToolUse use; //!< Waiting or Running, without what comes of it.

    friend bool operator==(const ToolCalled &, const ToolCalled &) = default;
};

//! "tool_result": what came of a call.
struct ToolAnswered
{
    Seq seq = 0;
    QString turn;
    QString call;
    std::optional<QString> content; //!< Nothing when it failed.
    QString error;                  //!< Why, when it failed.
    std::chrono::milliseconds took{0};

    friend bool operator==(const ToolAnswered &, const ToolAnswered &) = default;
};

//! "sources": all that the answer is known to rest on by now.
struct SourcesFound
{
    Seq seq = 0;
    QString turn;
    QList<Source> sources;

    friend bool operator==(const SourcesFound &, const SourcesFound &) = default;
};

//! "complete": the turn's one end …
struct TurnComplete
{
    Seq seq = 0;
    QString turn;
    QString messageId;
    QString agent;
    FinishReason finishReason = FinishReason::Stop;
    Usage usage;
    QDateTime at;

    friend bool operator==(const TurnComplete &, const TurnComplete &) = default;
};

//! "branch": another branch is the visible one.
struct BranchSelected
{
    Seq seq = 0;
    QString active; //!< Its leaf.

    friend bool operator==(const BranchSelected &, const BranchSelected &) = default;
};

//! "title": the conversation has another name.
struct TitleChanged
{
    Seq seq = 0;
    QString title; //!< Null: after its first message.

    friend bool operator==(const TitleChanged &, const TitleChanged &) = default;
};

//! "error": … or its other one. Without a turn it answers a frame of the client and is not in the
//! log.
struct ErrorFrame
{
    Seq seq = 0;
    QString turn;
    QString code; //!< A wire name, so that a client survives a code that it does not know.
    QString error;
    std::optional<std::chrono::milliseconds> retryAfter;
    QString id; //!< Without a turn: the client's own id of the message that was refused, where it
                //!< had one.

    friend bool operator==(const ErrorFrame &, const ErrorFrame &) = default;
};

//! A frame of a type that this version does not know; a client counts it and goes on.
struct UnknownFrame
{
    Seq seq = 0;
    QString type;

    friend bool operator==(const UnknownFrame &, const UnknownFrame &) = default;
};

using ServerFrame =
    std::variant<SessionHello, Snapshot, UserMessage, TurnStarted, Chunk, Thought, TurnRetrying,
                 AgentFloor, ToolCalled, ToolAnswered, SourcesFound, TurnComplete, ErrorFrame,
                 BranchSelected, TitleChanged, UnknownFrame>;

//! The frame's place in the log; of `session` and `snapshot` the place after which the log goes on.
[[nodiscard]] inline Seq seqOf(const ServerFrame &frame)
{
    return std::visit([](const auto &f) { return f.seq; }, frame);
}

//! Puts several handlers into one visitor.
template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};

// clang 14 does not make the guide of an aggregate by itself.
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

} // namespace runnel
