#pragma once

#include "sessions/session.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace runnel {

//! Finds, makes and evicts sessions. A session with followers stays; one that nobody has followed
//! for a while goes, and takes a running answer's request with it.
class SessionRegistry : public QObject
{
    Q_OBJECT

public:
    struct Config
    {
        SessionConfig session;
        std::chrono::minutes idle{720};
        qsizetype maxSessions = 20'000;
        qint64 maxBytes = qint64(512) * 1024 * 1024; //!< Of all conversations together.
    };

    SessionRegistry(const AgentManager &agents, const Config &config);
    ~SessionRegistry() override;

    //! The session of that id (a valid one). When there are as many as may be, the one that has
    //! been left alone for the longest time goes; nullptr when there is none to go.
    [[nodiscard]] Session *findOrCreate(const QString &id);

    //! The session of that id, or nullptr.
    [[nodiscard]] Session *find(const QString &id) const;

    [[nodiscard]] qsizetype count() const { return qsizetype(m_sessions.size()); }
    //! How many answers are running now.
    [[nodiscard]] qsizetype answering() const;
    //! Memory of all conversations, about.
    [[nodiscard]] qint64 bytes() const { return m_budget.used(); }

    //! Drops the session if nothing was ever said in it and nobody is there.
    void dropIfBlank(const QString &id);

    //! The server shuts down: from now on allIdle() is told, at once when nothing runs.
    void drain();

    //! Ends every running answer as interrupted.
    void interruptAll();

    //! Evicts what has been idle for too long. Runs by itself every minute.
    void evictIdle(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());

Q_SIGNALS:
    //! While draining: the last running answer of all sessions has ended.
    void allIdle();

private:
    bool evictOldest();
    void makeRoom();
    void tellWhenIdle();

    const AgentManager &m_agents;
    Config m_config;
    MemoryBudget m_budget; // before the sessions, which count in it until they go
    std::unordered_map<QString, std::unique_ptr<Session>> m_sessions;
    QTimer m_eviction;
    bool m_draining = false;
};

} // namespace runnel
