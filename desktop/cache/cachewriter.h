#pragma once

#include "cache/cachechange.h"
#include "cache/cachetables.h"

#include <QObject>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace runnel {

//! Writes what is put on a thread of its own, in order, all that waits in one transaction. Its
//! functions are called from the thread that owns it; its signals come from its own.
//!
//! What waits has a cap, maxWaitingBytes of snapshots: beyond it the oldest one is dropped, and the
//! server has that. Where nothing can be written (the disk is full), what the server has is
//! dropped, and what it has not, and removals, are tried again: with the next change, and every ten
//! seconds.
class CacheWriter : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 maxWaitingBytes = 64 * 1024 * 1024;

    //! \a seal outlives it; \a maxBytes as of CacheTables::shrinkTo().
    CacheWriter(std::unique_ptr<CacheDatabase> database, const BlobSeal &seal, qint64 maxBytes);
    //! What still waits is lost, but for what was taken by takeWaiting().
    ~CacheWriter() override;

    void put(CacheChange change);
    //! Waits until nothing waits any more, at most so long; false when something still does.
    bool flush(std::chrono::milliseconds atMost);

    //! What the changes that wait make of a conversation's snapshot.
    struct Waiting
    {
        bool decides = false; //!< Else the file's snapshot is the one.
        std::optional<CachedSnapshot> snapshot;
    };
    [[nodiscard]] Waiting waitingSnapshot(const QString &server, const QString &conversation) const;

    //! Ends the thread; what was not written.
    [[nodiscard]] std::deque<CacheChange> stop();

Q_SIGNALS:
    //! It is on the disk, also if the power is cut now.
    void unsentStored(const QString &server, const QString &conversation, const QString &item);
    //! A sentence; once until something can be written again.
    void failed(const QString &reason);
    //! The file is not as SQLite left it. Nothing is written any more.
    void damaged();

private:
    void work();
    [[nodiscard]] CacheProblem write();
    void settle(const CacheProblem &problem);
    void dropOldSnapshots();

    const std::unique_ptr<CacheDatabase> m_database; //!< Of the thread.
    CacheTables m_tables;
    const qint64 m_maxBytes;

    mutable std::mutex m_mutex; //!< Of all below.
    std::condition_variable m_changed;
    std::deque<CacheChange> m_waiting;
    //! What is being written. Only the thread changes it, so it reads it without the mutex.
    std::deque<CacheChange> m_writing;
    bool m_isStopping = false;
    bool m_isFailing = false; //!< The last transaction could not be written.
    bool m_mayRetry = false;  //!< Something came since then, or can be written with less.
    bool m_isDamaged = false;

    std::thread m_thread;
};

} // namespace runnel
