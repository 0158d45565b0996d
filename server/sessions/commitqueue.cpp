#include "sessions/commitqueue.h"

#include "sessions/session.h"
#include "storage/conversationstore.h"

#include <QLoggingCategory>

#include <algorithm>
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
    std::ranges::replace(m_telling, session, nullptr);
}

void CommitQueue::commit()
{
    if (m_waiting.empty())
        return;
    // Who hears of it may ask at once, and so wait for the next commit.
    const std::vector<Session *> written = std::exchange(m_waiting, {});
    m_isWaiting.clear();
    m_bytes = 0;
    const std::optional<Error> problem = m_store.commit();
    if (problem) {
        if (!m_problem) {
            qCCritical(lcSessions).noquote() << "Nothing can be stored:" << problem->text;
            m_nextTry = std::chrono::steady_clock::now() + 1s; // what fails meanwhile delays it not
        }
        m_problem = problem;
    }
    tell(written, problem);
}

//! Who hears of it may end a session that has not heard of it yet, or have something written.
void CommitQueue::tell(const std::vector<Session *> &sessions, const std::optional<Error> &problem)
{
    const std::size_t first = m_telling.size();
    m_telling.insert(m_telling.end(), sessions.begin(), sessions.end());
    for (std::size_t i = first; i < first + sessions.size(); ++i) {
        Session *const session = m_telling[i];
        if (session && problem)
            session->notStored(*problem);
        else if (session)
            session->stored();
    }
    m_telling.resize(first);
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
