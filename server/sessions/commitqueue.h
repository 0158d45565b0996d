#pragma once

#include "protocol/errorcode.h"

#include <QObject>

#include <chrono>
#include <optional>
#include <unordered_set>
#include <vector>

namespace runnel {

class ConversationStore;
class Session;

//! What to do with what cannot be stored (the setting STORAGE_FAILURE).
enum class StorageFailure {
    Refuse,   //!< Nothing is shown that is not stored: answers end, nothing new is taken.
    Continue, //!< Chat goes on in memory, the clients are told, and all is stored once it can be.
};

//! Brings what the sessions produced in one turn of the event loop into the store, in one
//! transaction, and has it shown only then: what a client has seen is in the store.
class CommitQueue : public QObject
{
    Q_OBJECT

public:
    explicit CommitQueue(ConversationStore &store,
                         StorageFailure onFailure = StorageFailure::Refuse);

    [[nodiscard]] ConversationStore &store() { return m_store; }
    [[nodiscard]] StorageFailure onFailure() const { return m_onFailure; }

    //! The session has put something of \a bytes into the store: it is told once that is written.
    void add(Session *session, qsizetype bytes);
    //! So much waits that it should not wait for the end of this turn of the event loop.
    [[nodiscard]] bool hasMuch() const { return m_bytes >= muchBytes; }
    //! The session goes.
    void remove(Session *session);
    //! Writes now what waits for the end of this turn of the event loop.
    void commit();

    //! Why nothing can be stored now, after having tried again (once a second at most); nothing
    //! while it can.
    [[nodiscard]] std::optional<Error> problem();
    //! Whether the last commit failed; nothing is tried.
    [[nodiscard]] bool hasProblem() const { return m_problem.has_value(); }

Q_SIGNALS:
    //! It can be written again after it could not.
    void recovered();

private:
    void tell(const std::vector<Session *> &sessions, const std::optional<Error> &problem);

    static constexpr qsizetype muchBytes = 128 * 1024;

    ConversationStore &m_store;
    const StorageFailure m_onFailure;
    std::vector<Session *> m_waiting; //!< In the order in which they came.
    std::unordered_set<Session *> m_isWaiting;
    std::vector<Session *> m_telling; //!< Who hears of a commit now; null: has gone meanwhile.
    qsizetype m_bytes = 0;            //!< Of what waits, about.
    std::optional<Error> m_problem;
    std::chrono::steady_clock::time_point m_nextTry;
};

} // namespace runnel
