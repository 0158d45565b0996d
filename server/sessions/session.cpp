#include "sessions/session.h"

#include "agents/agentmanager.h"

#include <QLoggingCategory>

#include <algorithm>

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

} // namespace

Session::Session(QString id, const AgentManager &agents, const SessionConfig &config,
                 MemoryBudget &budget)
    : m_id(std::move(id))
    , m_agents(agents)
    , m_config(config)
    , m_budget(budget)
    , m_log(config.maxLogBytes)
{}

Session::~Session()
{
    m_budget.add(-m_countedBytes);
}

void Session::countMemory()
{
    qint64 bytes = m_conversation.bytes() + m_log.bytes();
    for (const SendMessage &waiting : m_queue)
        bytes += 2 * waiting.message.size();
    m_budget.add(bytes - m_countedBytes);
    m_countedBytes = bytes;
}

Snapshot Session::snapshot() const
{
    return m_conversation.snapshot(m_log.newest());
}

const MessageRecord *Session::runningAnswer() const
{
    return m_turn ? m_conversation.find(m_turn->identity().messageId) : nullptr;
}

std::optional<Error> Session::ask(const SendMessage &message)
{
    if (!message.id.isEmpty() && (m_conversation.knows(message.id) || isWaiting(message.id)))
        return std::nullopt;
    if (m_draining) {
        return Error{
            ErrorCode::Interrupted,
            QStringLiteral("The server is restarting. Send the message again in a moment.")};
    }
    if (!m_agents.find(message.agent))
        return m_agents.unknownAgent(message.agent);
    qsizetype waiting = 0;
    for (const SendMessage &m : m_queue)
        waiting += m.message.size();
    if (m_conversation.characters() + waiting + message.message.size() >
        m_config.maxConversationCharacters) {
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("This conversation is full. Start a new chat to go on.")};
    }
    if (!m_budget.hasRoom()) {
        return Error{
            ErrorCode::RateLimited,
            QStringLiteral("The server has no memory left for conversations. Try again later.")};
    }
    if (!m_turn && !m_beginning) {
        begin(message);
        return std::nullopt;
    }
    if (m_queue.size() >= limits::queuedMessages) {
        return Error{
            ErrorCode::QueueFull,
            QStringLiteral(
                "%1 messages are waiting already. Send this one again when some are answered.")
                .arg(limits::queuedMessages)};
    }
    m_queue.push_back(message);
    countMemory();
    return std::nullopt;
}

bool Session::isWaiting(const QString &clientId) const
{
    return std::ranges::any_of(m_queue,
                               [&clientId](const SendMessage &m) { return m.id == clientId; });
}

void Session::begin(const SendMessage &message)
{
    qCInfo(lcSessions).noquote().nospace()
        << "Session " << m_id << ": User said: " << forLog(message.message, m_config.logContent);

    // A follower that asks from within appended() waits behind this turn.
    m_beginning = true;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const MessageRecord question = m_conversation.addUser(message.message, message.id, now);
    append(
        UserMessage{0, question.messageId, question.parentId, question.content, question.id, now});

    const Agent &agent = *m_agents.find(message.agent); // ask() has looked
    std::vector<HistoryMessage> history =
        m_conversation.history(m_config.maxHistoryTokens, agent.model);
    const MessageRecord answer = m_conversation.addAnswer(QStringLiteral("t%1").arg(++m_turnCount),
                                                          agent.name, agent.model, now);
    append(TurnStarted{0, answer.turn, answer.messageId, answer.parentId, answer.agent,
                       answer.model, now});

    m_turn = std::make_unique<Turn>(Turn::Identity{answer.turn, answer.messageId, answer.agent},
                                    m_agents.streamChat(agent, std::move(history)));
    connect(m_turn.get(), &Turn::produced, this, &Session::onProduced);
    connect(m_turn.get(), &Turn::ended, this, &Session::onEnded);
    m_beginning = false;
}

void Session::onProduced(const ServerFrame &frame)
{
    const QString &answer = m_turn->identity().messageId;
    if (const auto *chunk = std::get_if<Chunk>(&frame))
        m_conversation.appendText(answer, chunk->content);
    else if (const auto *thought = std::get_if<Thought>(&frame))
        m_conversation.appendThought(answer, thought->content);
    append(frame);
}

void Session::onEnded(const ServerFrame &end, const QByteArray &rawParts)
{
    const QString answer = m_turn->identity().messageId;
    if (const auto *complete = std::get_if<TurnComplete>(&end)) {
        m_conversation.finish(answer, *complete, rawParts);
    } else if (const auto *error = std::get_if<ErrorFrame>(&end)) {
        const ErrorCode code = errorCodeFromWire(error->code).value_or(ErrorCode::Internal);
        m_conversation.fail(answer, {code, error->error}, rawParts);
        qCWarning(lcSessions).noquote().nospace()
            << "Session " << m_id << ": the answer failed: " << error->code;
    }
    qCInfo(lcSessions).noquote().nospace()
        << "Session " << m_id
        << ": AI responded: " << forLog(m_conversation.find(answer)->content, m_config.logContent);

    m_turn.release()->deleteLater(); // we are inside its signal
    m_lastActive = std::chrono::steady_clock::now();
    append(end);
    if (m_followers == 0)
        shrink();

    // A follower may have asked already, from within appended().
    if (!m_turn && !m_queue.empty()) {
        const SendMessage next = m_queue.front();
        m_queue.pop_front();
        begin(next);
    }
    if (!m_turn)
        Q_EMIT becameIdle();
}

void Session::append(ServerFrame frame)
{
    m_log.append(std::move(frame));
    countMemory();
    Q_EMIT appended();
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

void Session::removeFollower()
{
    --m_followers;
    m_lastActive = std::chrono::steady_clock::now();
    if (m_followers == 0)
        shrink();
}

void Session::shrink()
{
    m_log.forget();
    countMemory();
}

} // namespace runnel
