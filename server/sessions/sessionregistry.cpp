#include "sessions/sessionregistry.h"

#include <QRandomGenerator>

#include <algorithm>

namespace runnel {

using namespace std::chrono_literals;

namespace {

//! Names the log of a conversation that begins.
QString newEpoch()
{
    return QString::number(QRandomGenerator::system()->generate64(), 16).rightJustified(16, u'0');
}

} // namespace

SessionRegistry::SessionRegistry(const AgentManager &agents, const Config &config,
                                 ConversationStore &store)
    : m_agents(agents)
    , m_config(config)
    , m_budget(config.maxBytes)
    , m_commits(store, config.onStorageFailure)
{
    m_eviction.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_eviction, &QTimer::timeout, this, [this] {
        (void)m_commits.problem(); // tries again when there is one
        evictIdle();
    });
    m_eviction.start(1min);
    connect(&m_commits, &CommitQueue::recovered, this, &SessionRegistry::closeCutOff,
            Qt::QueuedConnection);
    m_budget.setMakeRoom([this] { makeRoom(); });
}

SessionRegistry::~SessionRegistry() = default;

Result<Session *, Error> SessionRegistry::findOrCreate(const QString &id)
{
    const auto known = load(id);
    if (!known || *known)
        return known;
    StoredConversation blank;
    blank.head.id = id;
    blank.head.epoch = newEpoch();
    return add(std::move(blank));
}

Result<Session *, Error> SessionRegistry::load(const QString &id)
{
    if (Session *session = find(id)) {
        if (!session->hasLeft())
            return session;
        letGo(id); // what it has is not what is stored
    }
    auto known = m_commits.store().load(id);
    if (!known)
        return Failure{known.error()};
    if (!*known)
        return static_cast<Session *>(nullptr);
    return add(*std::move(*known));
}

Result<Session *, Error> SessionRegistry::add(StoredConversation conversation)
{
    if (count() >= m_config.maxSessions && !evictOldest()) {
        return Failure{Error{ErrorCode::RateLimited,
                             QStringLiteral("The server has too many conversations at the moment. "
                                            "Try again later.")}};
    }
    const QString id = conversation.head.id;
    auto session = std::make_unique<Session>(std::move(conversation), m_agents, m_config.session,
                                             m_budget, m_commits);
    if (m_draining)
        session->drain();
    connect(session.get(), &Session::becameIdle, this, &SessionRegistry::tellWhenIdle);
    connect(session.get(), &Session::firstAnswerEnded, this,
            [this, id] { Q_EMIT firstAnswerEnded(id); });
    connect(session.get(), &Session::wasCutOff, this, [this, id] {
        if (m_commits.hasProblem())
            m_cutOff.append(id);
    });
    // Queued: it may be in the middle of a commit that it shares with others.
    connect(
        session.get(), &Session::left, this, [this, id] { letGo(id); }, Qt::QueuedConnection);
    return m_sessions.emplace(id, std::move(session)).first->second.get();
}

void SessionRegistry::letGo(const QString &id)
{
    const auto found = m_sessions.find(id);
    if (found != m_sessions.end() && found->second->hasLeft()) {
        m_leaving.push_back(std::move(found->second));
        m_sessions.erase(found);
    }
    std::erase_if(m_leaving, [](const auto &session) { return session->followers() == 0; });
    tellWhenIdle();
}

//! Loading ends them in the store: until then it keeps whatever any answer said since they began.
void SessionRegistry::closeCutOff()
{
    const QStringList ids = std::exchange(m_cutOff, {});
    for (const QString &id : ids) {
        if (!find(id))
            (void)m_commits.store().load(id);
    }
}

Result<std::optional<StoredConversation>, Error> SessionRegistry::read(const QString &id)
{
    Session *const session = find(id);
    if (session && !session->hasLeft()) {
        StoredConversation conversation = session->whole();
        if (!session->hasLeft()) {
            const bool isBlank = conversation.messages.empty();
            return isBlank ? std::nullopt : std::optional(std::move(conversation));
        }
    }
    // What a session that has left had beyond this was shown to nobody.
    return m_commits.store().load(id);
}

Result<std::optional<StoredConversation>, Error>
SessionRegistry::change(const QString &id, const ConversationChange &change)
{
    const bool wasInMemory = find(id) != nullptr;
    const auto found = load(id);
    if (!found)
        return Failure{found.error()};
    Session *const session = *found;
    if (!session)
        return std::optional<StoredConversation>();
    std::optional<Error> problem;
    if (change.title)
        problem = session->rename(*change.title);
    if (change.pinned && !problem)
        problem = session->setPinned(*change.pinned);
    m_commits.commit();
    if (!problem && session->hasLeft())
        problem = m_commits.problem();
    if (problem)
        return Failure{*problem};
    auto changed = read(id);
    if (const auto it = m_sessions.find(id);
        !wasInMemory && it != m_sessions.end() && mayGo(*it->second))
        m_sessions.erase(it); // who goes through the list leaves no trace in memory
    return changed;
}

std::optional<Error> SessionRegistry::import(StoredConversation conversation)
{
    if (auto problem = m_commits.problem())
        return problem;
    m_commits.commit(); // what others said, or could not until now, is no part of this
    if (auto problem = m_commits.problem())
        return problem;
    ConversationHead &head = conversation.head;
    head.epoch = newEpoch();
    head.seq = 1; // something was said: it is not blank
    ConversationStore &store = m_commits.store();
    store.putHead(head);
    for (const StoredMessage &message : conversation.messages)
        store.putMessage(head.id, message);
    const std::optional<Error> problem = store.commit();
    if (problem)
        (void)store.recover(); // there may be room for less
    return problem;
}

Result<bool, Error> SessionRegistry::remove(const QString &id)
{
    m_commits.commit();
    const auto removed = m_commits.store().remove(id);
    if (!removed || !*removed)
        return removed;
    if (Session *session = find(id)) {
        session->leave(
            {ErrorCode::UnknownMessage, QStringLiteral("This conversation was deleted.")});
        letGo(id);
    }
    return true;
}

Result<bool, Error> SessionRegistry::restore(const QString &id)
{
    m_commits.commit();
    Session *const blank = find(id);
    if (blank && blank->head().seq > 0)
        return false; // another one has begun under this id
    const auto restored = m_commits.store().restore(id);
    if (restored && *restored && blank) {
        blank->leave(
            {ErrorCode::Interrupted, QStringLiteral("This conversation was brought back.")});
        letGo(id);
    }
    return restored;
}

Session *SessionRegistry::find(const QString &id) const
{
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

bool SessionRegistry::isAnswering(const QString &id) const
{
    const Session *const session = find(id);
    return session && session->isAnswering();
}

qsizetype SessionRegistry::answering() const
{
    return std::ranges::count_if(m_sessions,
                                 [](const auto &entry) { return entry.second->isAnswering(); });
}

void SessionRegistry::dropIfBlank(const QString &id)
{
    const Session *session = find(id);
    if (session && session->isBlank())
        m_sessions.erase(id);
    std::erase_if(m_leaving, [](const auto &leaving) { return leaving->followers() == 0; });
}

void SessionRegistry::interruptAll()
{
    for (const auto &[id, session] : m_sessions)
        session->interrupt();
}

void SessionRegistry::evictIdle(std::chrono::steady_clock::time_point now)
{
    for (const auto &[id, session] : m_sessions) {
        if (session->followers() == 0 && now - session->lastActive() >= m_config.resume)
            session->shrink();
    }
    std::erase_if(m_sessions, [this, now](const auto &entry) {
        return mayGo(*entry.second) && now - entry.second->lastActive() >= m_config.idle;
    });
    std::erase_if(m_leaving, [](const auto &session) { return session->followers() == 0; });
}

//! Whether the session can leave memory without a loss.
bool SessionRegistry::mayGo(const Session &session)
{
    return session.followers() == 0 && !session.isAnswering() && session.isStored();
}

bool SessionRegistry::evictOldest()
{
    auto oldest = m_sessions.end();
    for (auto it = m_sessions.begin(); it != m_sessions.end(); ++it) {
        if (!mayGo(*it->second))
            continue;
        if (oldest == m_sessions.end() || it->second->lastActive() < oldest->second->lastActive())
            oldest = it;
    }
    if (oldest == m_sessions.end())
        return false;
    m_sessions.erase(oldest);
    return true;
}

void SessionRegistry::makeRoom()
{
    m_commits.commit(); // only what is published can go
    // A log is easy to do without: whoever has read it needs it no more, and others get a snapshot.
    for (auto it = m_sessions.begin(); m_budget.isFull() && it != m_sessions.end(); ++it)
        it->second->shrink();
    while (m_budget.isFull() && evictOldest()) {
    }
}

void SessionRegistry::drain()
{
    m_draining = true;
    for (const auto &[id, session] : m_sessions)
        session->drain();
    tellWhenIdle();
}

void SessionRegistry::tellWhenIdle()
{
    if (!m_draining || answering() > 0)
        return;
    (void)m_commits.problem(); // there may be room again for what is in memory alone
    m_commits.commit();        // the ends of the last answers are sent before the sockets close
    Q_EMIT allIdle();
}

} // namespace runnel
