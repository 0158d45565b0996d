#include "sessions/sessionregistry.h"

#include <algorithm>

namespace runnel {

using namespace std::chrono_literals;

SessionRegistry::SessionRegistry(const AgentManager &agents, const Config &config)
    : m_agents(agents)
    , m_config(config)
    , m_budget(config.maxBytes)
{
    m_eviction.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_eviction, &QTimer::timeout, this, [this] { evictIdle(); });
    m_eviction.start(1min);
    m_budget.setMakeRoom([this] { makeRoom(); });
}

SessionRegistry::~SessionRegistry() = default;

Session *SessionRegistry::findOrCreate(const QString &id)
{
    if (Session *session = find(id))
        return session;
    if (count() >= m_config.maxSessions && !evictOldest())
        return nullptr;
    auto session = std::make_unique<Session>(id, m_agents, m_config.session, m_budget);
    connect(session.get(), &Session::becameIdle, this, &SessionRegistry::tellWhenIdle);
    return m_sessions.emplace(id, std::move(session)).first->second.get();
}

Session *SessionRegistry::find(const QString &id) const
{
    const auto found = m_sessions.find(id);
    return found == m_sessions.end() ? nullptr : found->second.get();
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
}

void SessionRegistry::interruptAll()
{
    for (const auto &[id, session] : m_sessions)
        session->interrupt();
}

void SessionRegistry::evictIdle(std::chrono::steady_clock::time_point now)
{
    std::erase_if(m_sessions, [this, now](const auto &entry) {
        const Session &session = *entry.second;
        return session.followers() == 0 && !session.isAnswering() &&
               now - session.lastActive() >= m_config.idle;
    });
}

bool SessionRegistry::evictOldest()
{
    auto oldest = m_sessions.end();
    for (auto it = m_sessions.begin(); it != m_sessions.end(); ++it) {
        if (it->second->followers() > 0)
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
    if (m_draining && answering() == 0)
        Q_EMIT allIdle();
}

} // namespace runnel
