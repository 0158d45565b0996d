#include "sessions/session.h"

#include "agents/agentmanager.h"
#include "sessions/commitqueue.h"
#include "storage/conversationstore.h"
#include "trace/tracebook.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace runnel {

Q_LOGGING_CATEGORY(lcSessions, "runnel.sessions")

namespace {

//! What the log file may say of a text: its first characters, or only how many there are.
QString forLog(const QString &text, bool withContent)
{
    constexpr qsizetype shown = 50;
    if (!withContent)
        return QStringLiteral("(%1 characters)").arg(text.size());
    QString start = text.left(shown);
    std::ranges::replace_if(
        start, [](QChar c) { return c < u' '; }, u' ');
    return text.size() > shown ? QString(start + u'…') : start;
}

Error unknownMessage(const QString &messageId, const QString &wanted)
{
    return {ErrorCode::UnknownMessage,
            QStringLiteral("\"%1\" is not %2 of this conversation.").arg(messageId, wanted)};
}

const QString &idOf(const Request &request)
{
    return std::visit([](const auto &r) -> const QString & { return r.id; }, request);
}

//! What of the request is text that is kept.
qsizetype charactersOf(const Request &request)
{
    return std::visit(Overloaded{[](const SendMessage &r) { return r.message.size(); },
                                 [](const EditMessage &r) { return r.message.size(); },
                                 [](const auto &) { return qsizetype(0); }},
                      request);
}

std::optional<TurnTrace::Arrival> takenNow(std::optional<TurnTrace::Arrival> arrival)
{
    if (arrival)
        arrival->taken = TurnTrace::Clock::now();
    return arrival;
}

//! A finish reason, or the code of the error.
QString endingOf(const ServerFrame &end)
{
    if (const auto *complete = std::get_if<TurnComplete>(&end))
        return toWire(complete->finishReason);
    const auto *error = std::get_if<ErrorFrame>(&end);
    return error ? error->code : QString();
}

} // namespace

Session::Session(StoredConversation stored, const AgentManager &agents, const SessionConfig &config,
                 MemoryBudget &budget, CommitQueue &commits)
    : m_head(std::move(stored.head))
    , m_agents(agents)
    , m_config(config)
    , m_budget(budget)
    , m_commits(commits)
    , m_conversation(std::move(stored.messages), m_head.active)
    , m_log(config.maxLogBytes, m_head.seq)
{
    countMemory();
}

Session::~Session()
{
    disconnect(); // nobody shall hear of the last commit
    m_commits.remove(this);
    m_budget.add(-m_countedBytes);
}

void Session::countMemory()
{
    qint64 bytes = m_conversation.bytes() + m_log.bytes();
    for (const Waiting &waiting : m_queue)
        bytes += 2 * charactersOf(waiting.request);
    m_budget.add(bytes - m_countedBytes);
    m_countedBytes = bytes;
}

Snapshot Session::snapshot()
{
    m_commits.commit();
    Snapshot snapshot = m_conversation.snapshot(m_log.newest());
    snapshot.title = m_head.title;
    return snapshot;
}

StoredConversation Session::whole()
{
    m_commits.commit();
    StoredConversation conversation{m_head, m_conversation.messages()};
    conversation.head.active = m_conversation.active();
    return conversation;
}

const MessageRecord *Session::runningAnswer()
{
    m_commits.commit();
    return m_turn ? m_conversation.find(m_turn->identity().messageId) : nullptr;
}

// ---- what is asked for

//! [take]
std::optional<Error> Session::take(const Request &request,
                                   const std::optional<TurnTrace::Arrival> &arrival)
{
    if (!idOf(request).isEmpty() && knows(idOf(request)))
        return std::nullopt;
    if (auto problem = problemWith(request))
        return problem;
    Waiting asked{request, takenNow(arrival)};
    if (!m_turn && m_queue.empty()) {
        begin(asked);
        return std::nullopt;
    }
    if (m_queue.size() >= limits::queuedMessages) {
        return Error{
            ErrorCode::QueueFull,
            QStringLiteral(
                "%1 messages are waiting already. Send this one again when some are answered.")
                .arg(limits::queuedMessages)};
    }
    m_queue.push_back(std::move(asked));
    countMemory();
    return std::nullopt;
}
//! [take]

std::optional<Error> Session::problemWith(const Request &request)
{
    if (m_draining || m_hasLeft) {
        return Error{
            ErrorCode::Interrupted,
            QStringLiteral("The server is restarting. Send the message again in a moment.")};
    }
    if (auto problem = problemWithTarget(request))
        return problem;
    if (const QString agent = agentOf(request); !m_agents.find(agent))
        return m_agents.unknownAgent(agent);
    qsizetype characters = m_conversation.characters() + charactersOf(request);
    for (const Waiting &waiting : m_queue)
        characters += charactersOf(waiting.request);
    if (characters > m_config.maxConversationCharacters) {
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("This conversation is full. Start a new chat to go on.")};
    }
    if (!m_budget.hasRoom()) {
        return Error{
            ErrorCode::RateLimited,
            QStringLiteral("The server has no memory left for conversations. Try again later.")};
    }
    return refusedByStore();
}

//! Why the store's state forbids it to take anything; tries the store again on the way.
std::optional<Error> Session::refusedByStore()
{
    const std::optional<Error> problem = m_commits.problem();
    return m_commits.onFailure() == StorageFailure::Refuse ? problem : std::nullopt;
}

//! The message that is named must be there and of the right kind.
std::optional<Error> Session::problemWithTarget(const Request &request) const
{
    const auto question = [this](const QString &messageId) -> std::optional<Error> {
        const MessageRecord *const message = m_conversation.find(messageId);
        if (message && message->role == Role::User)
            return std::nullopt;
        return unknownMessage(messageId, QStringLiteral("a question"));
    };
    const auto answer = [this](const QString &messageId) -> std::optional<Error> {
        const MessageRecord *const message = m_conversation.find(messageId);
        if (!message || message->role != Role::Model)
            return unknownMessage(messageId, QStringLiteral("an answer"));
        const bool isWhole =
            message->state == MessageState::Done && message->finishReason != FinishReason::Length;
        if (isWhole || m_conversation.newestChild(messageId)) {
            return Error{ErrorCode::BadFrame,
                         QStringLiteral("The answer \"%1\" cannot go on; it may be the last one, "
                                        "and one that was cut off.")
                             .arg(messageId)};
        }
        if (m_turn) {
            return Error{ErrorCode::QueueFull,
                         QStringLiteral("An answer is being written. Go on when it has ended.")};
        }
        return std::nullopt;
    };
    return std::visit(Overloaded{[](const SendMessage &) { return std::optional<Error>(); },
                                 [&](const EditMessage &r) { return question(r.messageId); },
                                 [&](const RegenerateAnswer &r) { return question(r.messageId); },
                                 [&](const ContinueAnswer &r) { return answer(r.messageId); }},
                      request);
}

//! The agent that is asked for, or who answered before.
QString Session::agentOf(const Request &request) const
{
    const auto before = [this](const QString &agent, const QString &questionId) {
        const MessageRecord *const answer = m_conversation.newestChild(questionId);
        const bool known = answer && m_agents.find(answer->agent);
        return agent.isEmpty() && known ? answer->agent : agent;
    };
    return std::visit(
        Overloaded{[](const SendMessage &r) { return r.agent; },
                   [&](const EditMessage &r) { return before(r.agent, r.messageId); },
                   [&](const RegenerateAnswer &r) { return before(r.agent, r.messageId); },
                   [&](const ContinueAnswer &r) {
                       const MessageRecord *const answer = m_conversation.find(r.messageId);
                       return answer ? answer->agent : QString();
                   }},
        request);
}

bool Session::knows(const QString &clientId) const
{
    return m_conversation.knows(clientId) ||
           std::ranges::any_of(m_queue, [&clientId](const Waiting &waiting) {
               return idOf(waiting.request) == clientId;
           });
}

std::optional<Error> Session::select(const QString &messageId)
{
    if (!m_conversation.find(messageId))
        return unknownMessage(messageId, QStringLiteral("a message"));
    if (auto problem = refusedByStore())
        return problem;
    if (m_conversation.select(messageId))
        append(BranchSelected{0, m_conversation.active()});
    return std::nullopt;
}

std::optional<Error> Session::rename(const QString &title)
{
    if (m_conversation.isEmpty() || title == m_head.title)
        return std::nullopt;
    if (auto problem = m_commits.problem())
        return problem;
    m_head.title = title;
    append(TitleChanged{0, title});
    return std::nullopt;
}

std::optional<Error> Session::setPinned(bool pinned)
{
    if (m_conversation.isEmpty() || pinned == m_head.pinned)
        return std::nullopt;
    if (auto problem = m_commits.problem())
        return problem;
    m_head.pinned = pinned;
    storeHead();
    m_commits.add(this, 0);
    return std::nullopt;
}

// ---- answers

void Session::begin(const Waiting &next)
{
    if (isTraced())
        m_traceBefore = std::exchange(m_trace, std::make_shared<TurnTrace>(next.arrival));
    const Agent &agent = *m_agents.find(agentOf(next.request)); // take() has looked
    std::visit([&](const auto &r) { begin(r, agent); }, next.request);
}

//! [question]
void Session::begin(const SendMessage &message, const Agent &agent)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const MessageRecord question = m_conversation.addUser(message.message, message.id, now);
    logQuestion(question);
    beginAnswer(question.messageId, agent, {}, now);
}
//! [question]

void Session::begin(const EditMessage &edit, const Agent &agent)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const MessageRecord question =
        m_conversation.addSibling(edit.messageId, edit.message, edit.id, now);
    logQuestion(question);
    beginAnswer(question.messageId, agent, {}, now);
}

void Session::begin(const RegenerateAnswer &regenerate, const Agent &agent)
{
    beginAnswer(regenerate.messageId, agent, regenerate.id, QDateTime::currentDateTimeUtc());
}

void Session::begin(const ContinueAnswer &goOn, const Agent &agent)
{
    m_head.updatedAt = QDateTime::currentDateTimeUtc();
    std::vector<HistoryMessage> history =
        m_conversation.historyToGoOn(goOn.messageId, m_config.maxHistoryTokens, agent.model);
    start(m_conversation.goOn(goOn.messageId, nextTurn(), agent.model, goOn.id), agent,
          std::move(history));
}

void Session::logQuestion(const MessageRecord &question)
{
    qCInfo(lcSessions).noquote().nospace()
        << "Session " << id() << ": User said: " << forLog(question.content, m_config.logContent);
    if (!m_head.createdAt.isValid())
        m_head.createdAt = question.at;
    m_head.updatedAt = question.at;
    append(UserMessage{0, question.messageId, question.parentId, question.content, question.id,
                       question.at},
           question.messageId);
}

void Session::beginAnswer(const QString &questionId, const Agent &agent, const QString &clientId,
                          const QDateTime &at)
{
    m_head.updatedAt = at;
    std::vector<HistoryMessage> history =
        m_conversation.historyOf(questionId, m_config.maxHistoryTokens, agent.model);
    start(m_conversation.addAnswerTo(questionId, nextTurn(), agent.name, agent.model, at, clientId),
          agent, std::move(history));
}

//! [start]
void Session::start(const MessageRecord &answer, const Agent &agent,
                    std::vector<HistoryMessage> history)
{
    append(TurnStarted{0, answer.turn, answer.messageId, answer.parentId, answer.agent,
                       answer.model, answer.at, answer.id},
           answer.messageId);
    if (m_trace)
        keepTrace(answer);
    m_turn = std::make_unique<Turn>(Turn::Identity{answer.turn, answer.messageId, answer.agent},
                                    m_agents.streamChat(agent, std::move(history), m_trace));
    connect(m_turn.get(), &Turn::produced, this, &Session::onProduced);
    connect(m_turn.get(), &Turn::ended, this, &Session::onEnded);
}
//! [start]

//! [produced]
void Session::onProduced(const ServerFrame &frame)
{
    const QString &answer = m_turn->identity().messageId;
    if (const auto *chunk = std::get_if<Chunk>(&frame))
        m_conversation.appendText(answer, chunk->content);
    else if (const auto *thought = std::get_if<Thought>(&frame))
        m_conversation.appendThought(answer, thought->content);
    append(frame);
    if (m_commits.hasMuch())
        m_commits.commit();
}
//! [produced]

void Session::onEnded(const ServerFrame &end, const QByteArray &rawParts)
{
    const QString answer = m_turn->identity().messageId;
    ServerFrame last = end;
    if (auto *complete = std::get_if<TurnComplete>(&last)) {
        complete->usage.costUsd =
            m_config.prices.costOf(m_conversation.find(answer)->model, complete->usage);
        m_conversation.finish(answer, *complete, rawParts);
        complete->usage = *m_conversation.find(answer)->usage; // of all its turns
    } else if (const auto *error = std::get_if<ErrorFrame>(&end)) {
        const ErrorCode code = errorCodeFromWire(error->code).value_or(ErrorCode::Internal);
        m_conversation.fail(answer, {code, error->error}, rawParts);
        qCWarning(lcSessions).noquote().nospace()
            << "Session " << id() << ": the answer failed: " << error->code;
    }
    qCInfo(lcSessions).noquote().nospace()
        << "Session " << id()
        << ": AI responded: " << forLog(m_conversation.find(answer)->content, m_config.logContent);

    m_turn.release()->deleteLater(); // we are inside its signal
    if (m_trace)
        m_trace->end(endingOf(last));
    m_lastActive = std::chrono::steady_clock::now();
    m_head.updatedAt = QDateTime::currentDateTimeUtc();
    append(last, answer);
    if (isFirstAnswer(last))
        Q_EMIT firstAnswerEnded();
    if (!m_queue.empty()) {
        const Waiting next = m_queue.front();
        m_queue.pop_front();
        begin(next);
    }
    if (!m_turn)
        Q_EMIT becameIdle();
}

bool Session::isFirstAnswer(const ServerFrame &end) const
{
    const auto *const complete = std::get_if<TurnComplete>(&end);
    if (!complete || complete->finishReason != FinishReason::Stop)
        return false;
    return std::ranges::count_if(m_conversation.messages(), [](const StoredMessage &message) {
               return message.record.role == Role::Model &&
                      message.record.finishReason == FinishReason::Stop;
           }) == 1;
}

void Session::stop(const QString &turn)
{
    if (m_turn && m_turn->identity().turn == turn)
        m_turn->stop();
}

void Session::drain()
{
    m_draining = true;
    m_queue.clear();
    countMemory();
}

void Session::interrupt()
{
    if (m_turn)
        m_turn->interrupt();
}

void Session::leave(const Error &why)
{
    if (m_hasLeft)
        return;
    m_hasLeft = true;
    m_queue.clear();
    if (m_turn) {
        m_turn->disconnect(this);
        if (m_trace)
            m_trace->end(toWire(FinishReason::Interrupted));
        m_turn.release()->deleteLater();
        Q_EMIT wasCutOff();
    }
    Q_EMIT left(why);
}

// ---- the log and the store

void Session::append(const ServerFrame &frame, const QString &messageId)
{
    m_head.seq = m_log.append(frame);
    if (m_trace)
        traceAppended(frame);
    if (!m_unstored)
        store(frame, messageId);
    const qint64 before = m_countedBytes;
    countMemory();
    m_commits.add(this, m_countedBytes - before);
}

void Session::keepTrace(const MessageRecord &answer)
{
    m_trace->setIdentity({id(), answer.turn, answer.agent, answer.model});
    m_config.traces->keep(m_trace);
}

void Session::traceAppended(const ServerFrame &frame)
{
    using Kind = TurnTrace::Kind;
    const auto note = [this](Kind kind, qsizetype characters = 0) {
        m_trace->noteAppended(m_head.seq, kind, characters);
    };
    std::visit(Overloaded{[&](const UserMessage &f) { note(Kind::User, f.content.size()); },
                          [&](const TurnStarted &) { note(Kind::Turn); },
                          [&](const Chunk &f) { note(Kind::Chunk, f.content.size()); },
                          [&](const Thought &f) { note(Kind::Thought, f.content.size()); },
                          [&](const TurnRetrying &) { note(Kind::Retrying); },
                          [&](const TurnComplete &) { note(Kind::Complete); },
                          [&](const ErrorFrame &) { note(Kind::Error); },
                          [](const auto &) {}}, // not of the turn
               frame);
}

//! A frame that tells of a message has it stored as it is now; a piece of an answer is appended.
void Session::store(const ServerFrame &frame, const QString &messageId)
{
    using Append = ConversationStore::Append;
    ConversationStore &store = m_commits.store();
    if (const auto *chunk = std::get_if<Chunk>(&frame)) {
        store.append(id(), m_head.seq, Append::Text, chunk->content);
    } else if (const auto *thought = std::get_if<Thought>(&frame)) {
        store.append(id(), m_head.seq, Append::Thought, thought->content);
    } else if (std::holds_alternative<TurnRetrying>(frame)) {
        store.append(id(), m_head.seq, Append::Nothing, {});
    } else {
        storeHead();
        if (!messageId.isEmpty())
            store.putMessage(id(), m_conversation.stored(messageId));
    }
}

void Session::storeHead()
{
    m_head.active = m_conversation.active();
    if (!m_unstored)
        m_commits.store().putHead(m_head);
}

void Session::stored()
{
    if (m_hasLeft)
        return;
    publish();
}

void Session::publish()
{
    m_log.publish();
    if (m_traceBefore)
        m_traceBefore->noteStored(m_log.newest());
    if (m_trace)
        m_trace->noteStored(m_log.newest());
    Q_EMIT appended();
}

void Session::notStored(const Error &why)
{
    if (m_commits.onFailure() == StorageFailure::Refuse)
        leave(why);
    else
        goOnInMemory(why);
}

//! STORAGE_FAILURE=continue: what is said is shown though it is not stored. All of it is stored as
//! soon as it can be.
void Session::goOnInMemory(const Error &why)
{
    if (!std::exchange(m_unstored, true)) {
        connect(&m_commits, &CommitQueue::recovered, this, &Session::storeAll);
        Q_EMIT noticed({why.code, QStringLiteral("%1 This chat goes on in memory and is lost when "
                                                 "the server ends.")
                                      .arg(why.text)});
    }
    publish();
}

void Session::storeAll()
{
    if (m_commits.store().isBroken())
        return; // one before had no room: the next time
    m_commits.disconnect(this);
    m_unstored = false;
    storeHead();
    for (const StoredMessage &message : m_conversation.messages())
        m_commits.store().putMessage(id(), message);
    m_commits.add(this, m_conversation.bytes());
    m_commits.commit(); // each by itself: there may be room for some
}

void Session::removeFollower()
{
    --m_followers;
    m_lastActive = std::chrono::steady_clock::now();
}

void Session::shrink()
{
    m_log.forget();
    countMemory();
}

} // namespace runnel
