#include "sessions/commitqueue.h"

#include "sessions/session.h"
#include "storage/conversationstore.h"

#include <QLoggingCategory>

#include <utility>

namespace runnel {

Q_DECLARE_LOGGING_CATEGORY(lcSessions)

using namespace std::chrono_literals;

CommitQueue::CommitQueue(ConversationStore &store, StorageFailure onFailure)
    : m_store(store)
    , m_onFailure(onFailure)
{
    connect(&m_store, &ConversationStore::rested, this, &CommitQueue::commit);
}

void CommitQueue::add(Session *session, qsizetype bytes)
{
    m_bytes += bytes;
    if (!m_isWaiting.insert(session).second)
        return;
    m_waiting.push_back(session);
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!m_store.isResting())
                    commit();
            },
            Qt::QueuedConnection);
}

void CommitQueue::remove(Session *session)
{
    commit();
    m_isWaiting.erase(session);
    std::erase(m_waiting, session);
}

void CommitQueue::commit()
{
    if (m_waiting.empty())
        return;
    // Who hears of it may ask at once, and so wait for the next commit.
    const std::vector<Session *> written = std::exchange(m_waiting, {});
    m_isWaiting.clear();
    m_bytes = 0;
    if (const std::optional<Error> problem = m_store.commit()) {
        if (!m_problem)
            qCCritical(lcSessions).noquote() << "Nothing can be stored:" << problem->text;
        m_problem = problem;
        m_nextTry = std::chrono::steady_clock::now() + 1s;
        for (Session *session : written)
            session->notStored(*problem);
        return;
    }
    for (Session *session : written)
        session->stored();
}

std::optional<Error> CommitQueue::problem()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_problem && now >= m_nextTry) {
        m_nextTry = now + 1s;
        if (m_store.recover()) {
            qCInfo(lcSessions) << "It can be stored again.";
            m_problem.reset();
            Q_EMIT recovered();
        }
    }
    return m_problem;
}

} // namespace runnel
