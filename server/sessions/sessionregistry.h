#pragma once

#include "sessions/commitqueue.h"
#include "sessions/session.h"
#include "storage/conversationstore.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>
#include <vector>

namespace runnel {

//! What somebody changes of a conversation's line in the list.
struct ConversationChange
{
    std::optional<QString> title; //!< Null: after its first message.
    std::optional<bool> pinned;
};

//! Finds, makes, loads and evicts sessions. A session with followers or a running answer stays; one
//! that nobody has followed for a while leaves memory and comes back from the store when somebody
//! asks for it.
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
        //! How long the frames of a session are kept that nobody follows, so that who was cut off
        //! can go on from where they were.
        std::chrono::minutes resume{5};
        StorageFailure onStorageFailure = StorageFailure::Refuse;
    };

    //! \a agents and \a store must outlive it.
    SessionRegistry(const AgentManager &agents, const Config &config, ConversationStore &store);
    ~SessionRegistry() override;

    //! The session of that id (a valid one): from memory, from the store, or a new one. When there
    //! are as many as may be, the one that has been left alone for the longest time goes. Errors:
    //! rate_limited when there is none to go, storage_failed.
    [[nodiscard]] Result<Session *, Error> findOrCreate(const QString &id);

    //! The session of that id if it is in memory, or nullptr.
    [[nodiscard]] Session *find(const QString &id) const;

    //! The session of that id from memory or the store; nullptr when there is no such conversation.
    //! Errors as of findOrCreate().
    [[nodiscard]] Result<Session *, Error> load(const QString &id);

    //! What there is of that conversation now, without making a session of it; nothing when there
    //! is none, or nothing was ever said in it. Errors: storage_failed.
    [[nodiscard]] Result<std::optional<StoredConversation>, Error> read(const QString &id);
    //! Changes it, in the store when this returns. Nothing and errors as of read(), and those of
    //! findOrCreate().
    [[nodiscard]] Result<std::optional<StoredConversation>, Error>
    change(const QString &id, const ConversationChange &change);
    //! Puts a whole conversation into the store, all or nothing. Its id must be new; its log begins
    //! here. Errors: storage_failed.
    [[nodiscard]] std::optional<Error> import(StoredConversation conversation);

    //! Takes the conversation out of the list. Who has it open is told, and finds a blank one.
    //! False when there is none. Errors: storage_failed.
    [[nodiscard]] Result<bool, Error> remove(const QString &id);
    //! Brings back what was removed not long ago.
    [[nodiscard]] Result<bool, Error> restore(const QString &id);

    [[nodiscard]] ConversationStore &store() { return m_commits.store(); }

    [[nodiscard]] qsizetype count() const { return qsizetype(m_sessions.size()); }
    [[nodiscard]] bool isAnswering(const QString &id) const;
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
    //! Of that conversation, the first that it has as a whole. It may be in the middle of what it
    //! does: to be read now, to be changed later.
    void firstAnswerEnded(const QString &id);
    //! While draining: the last running answer of all sessions has ended.
    void allIdle();

private:
    [[nodiscard]] Result<Session *, Error> add(StoredConversation conversation);
    //! A session that has left is not found any more, and goes when its followers have gone.
    void letGo(const QString &id);
    [[nodiscard]] static bool mayGo(const Session &session);
    bool evictOldest();
    void makeRoom();
    void tellWhenIdle();
    void closeCutOff();

    const AgentManager &m_agents;
    Config m_config;
    MemoryBudget m_budget; // before the sessions, which count in it until they go
    CommitQueue m_commits;
    std::unordered_map<QString, std::unique_ptr<Session>> m_sessions;
    std::vector<std::unique_ptr<Session>> m_leaving; //!< Not found any more, but still followed.
    QStringList m_cutOff; //!< Conversations whose answers run in the store and nowhere else.
    QTimer m_eviction;
    bool m_draining = false;
};

} // namespace runnel
