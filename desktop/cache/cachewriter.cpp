#include "cache/cachewriter.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto retryAfter = 10s;

template <typename T>
bool isA(const CacheChange &change)
{
    return std::holds_alternative<T>(change);
}

bool isRemoval(const CacheChange &change)
{
    const auto *list = std::get_if<PutConversations>(&change);
    return (list && list->areAll) || isA<RemoveConversation>(change) || isA<RemoveServer>(change) ||
           isA<RemoveAll>(change);
}

//! What the server has too.
bool isDispensable(const CacheChange &change)
{
    return isA<PutConversations>(change) || isA<PutSnapshot>(change) || isA<NoteOpened>(change);
}

bool isSnapshotOf(const CacheChange &change, const QString &server, const QString &conversation)
{
    const auto *put = std::get_if<PutSnapshot>(&change);
    return put && put->server == server && put->conversation == conversation;
}

bool removesSnapshot(const CacheChange &change, const QString &server, const QString &conversation)
{
    if (const auto *one = std::get_if<RemoveConversation>(&change))
        return one->server == server && one->conversation == conversation;
    if (const auto *all = std::get_if<RemoveServer>(&change))
        return all->server == server;
    if (const auto *list = std::get_if<PutConversations>(&change)) {
        return list->areAll && list->server == server &&
               std::none_of(
                   list->conversations.cbegin(), list->conversations.cend(),
                   [&](const CachedConversation &each) { return each.id == conversation; });
    }
    return isA<RemoveAll>(change);
}

} // namespace

CacheWriter::CacheWriter(std::unique_ptr<CacheDatabase> database, const BlobSeal &seal,
                         qint64 maxBytes)
    : m_database(std::move(database))
    , m_tables(*m_database, seal)
    , m_maxBytes(maxBytes)
    , m_thread([this] { work(); })
{}

CacheWriter::~CacheWriter()
{
    (void)stop();
}

void CacheWriter::put(CacheChange change)
{
    {
        const std::lock_guard lock(m_mutex);
        if (const auto *put = std::get_if<PutSnapshot>(&change)) {
            // The newest one replaces one that waits; at the end, since order counts.
            std::erase_if(m_waiting, [put](const CacheChange &each) {
                return isSnapshotOf(each, put->server, put->conversation);
            });
        }
        m_waiting.push_back(std::move(change));
        dropOldSnapshots();
        m_mayRetry = true;
    }
    m_changed.notify_all();
}

void CacheWriter::dropOldSnapshots()
{
    qint64 bytes = 0;
    std::for_each(m_waiting.rbegin(), m_waiting.rend(), [&bytes](CacheChange &change) {
        const auto *put = std::get_if<PutSnapshot>(&change);
        bytes += put ? put->snapshot.content.size() : 0;
        if (put && bytes > maxWaitingBytes)
            change = NoteOpened{put->server, put->conversation};
    });
}

bool CacheWriter::flush(std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_mayRetry = true;
    m_changed.notify_all();
    m_changed.wait_for(lock, atMost, [this] {
        return (m_waiting.empty() && m_writing.empty()) || m_isDamaged ||
               (m_isFailing && !m_mayRetry);
    });
    return m_waiting.empty() && m_writing.empty();
}

CacheWriter::Waiting CacheWriter::waitingSnapshot(const QString &server,
                                                  const QString &conversation) const
{
    const std::lock_guard lock(m_mutex);
    const auto decides = [&](const CacheChange &change) {
        return isSnapshotOf(change, server, conversation) ||
               removesSnapshot(change, server, conversation);
    };
    for (const auto *changes : {&m_waiting, &m_writing}) {
        const auto last = std::find_if(changes->crbegin(), changes->crend(), decides);
        if (last == changes->crend())
            continue;
        const auto *put = std::get_if<PutSnapshot>(&*last);
        return {true, put ? std::optional(put->snapshot) : std::nullopt};
    }
    return {};
}

std::deque<CacheChange> CacheWriter::stop()
{
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_isStopping = true;
            // Not when it rests: SQLite would remember it, and not bring its log into the file.
            if (!m_writing.empty())
                m_database->interrupt();
        }
        m_changed.notify_all();
        m_thread.join();
    }
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

void CacheWriter::work()
{
    std::unique_lock lock(m_mutex);
    const auto isWanted = [this] {
        return m_isStopping || (!m_waiting.empty() && !m_isDamaged && (!m_isFailing || m_mayRetry));
    };
    while (!m_isStopping) {
        if (m_isFailing)
            m_changed.wait_for(lock, retryAfter, isWanted);
        else
            m_changed.wait(lock, isWanted);
        if (m_isStopping || m_waiting.empty() || m_isDamaged)
            continue;
        m_mayRetry = false;
        m_writing = std::exchange(m_waiting, {});
        lock.unlock();
        const CacheProblem problem = write();
        lock.lock();
        settle(problem);
        m_changed.notify_all();
    }
}

CacheProblem CacheWriter::write()
{
    const bool mustStay = std::any_of(m_writing.cbegin(), m_writing.cend(), isA<PutUnsent>);
    const bool mustGo = std::any_of(m_writing.cbegin(), m_writing.cend(), isRemoval);
    m_database->run(mustStay ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    m_database->run("BEGIN IMMEDIATE");
    for (const CacheChange &change : m_writing)
        m_tables.apply(change);
    m_tables.shrinkTo(m_maxBytes);
    m_database->run("COMMIT");
    if (const CacheProblem problem = m_database->takeProblem()) {
        m_database->run("ROLLBACK");
        (void)m_database->takeProblem();
        return problem;
    }
    if (std::any_of(m_writing.cbegin(), m_writing.cend(), isA<RemoveAll>))
        m_database->run("VACUUM");
    // What was removed still stands in the log until then.
    if (mustGo)
        m_database->run("PRAGMA wal_checkpoint(TRUNCATE)");
    // The transaction holds, whatever became of these.
    (void)m_database->takeProblem();
    return {};
}

void CacheWriter::settle(const CacheProblem &problem)
{
    const std::deque<CacheChange> written = std::exchange(m_writing, {});
    if (!problem) {
        m_isFailing = false;
        for (const CacheChange &change : written) {
            if (const auto *put = std::get_if<PutUnsent>(&change))
                Q_EMIT unsentStored(put->server, put->item.conversation, put->item.item);
        }
        return;
    }
    const bool isStopped = m_isStopping; // Then it was we who interrupted it.
    const bool all = isStopped || problem.isDamage();
    std::deque<CacheChange> kept;
    std::copy_if(written.cbegin(), written.cend(), std::back_inserter(kept),
                 [all](const CacheChange &change) { return all || !isDispensable(change); });
    m_mayRetry = m_mayRetry || kept.size() < written.size();
    m_waiting.insert(m_waiting.begin(), kept.cbegin(), kept.cend());
    if (isStopped)
        return;
    if (problem.isDamage()) {
        m_isDamaged = true;
        Q_EMIT damaged();
    } else if (!std::exchange(m_isFailing, true)) {
        Q_EMIT failed(u"The cache cannot be written: "_s + problem.text + u'.');
    }
}

} // namespace runnel
