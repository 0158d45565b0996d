#pragma once

#include "cache/cachedconversation.h"
#include "cache/cachefile.h"

#include <QList>
#include <QObject>

#include <chrono>
#include <memory>

namespace runnel {

class CacheLock;
class CacheTables;
class CacheWriter;

//! What the window knows of its servers' conversations without them: the lists, the conversations
//! that were opened, and what is not sent yet. One file for all servers. A server is named by its
//! canonical URL, a conversation by its id; both stand in the file as they are, all else is
//! encrypted where there is a key.
//!
//! Of one thread, the window's. Reading is done at once. Writing returns at once and is done on a
//! thread of its own; what was put is read back from then on. Where it is Unavailable nothing is
//! kept and nothing is found.
class ConversationCache : public QObject
{
    Q_OBJECT

public:
    //! Of a snapshot's content and of an unsent one's.
    static constexpr qsizetype maxContentBytes = 16 * 1024 * 1024;

    struct Options
    {
        QString path;   //!< Of the file. A folder that is not there is made, for this user alone.
        QByteArray key; //!< 32 bytes, or none: then nothing is encrypted.
        //! Beyond it the snapshots opened longest ago go.
        qint64 maxBytes = qint64(512) * 1024 * 1024;
    };

    explicit ConversationCache(const Options &options, QObject *parent = nullptr);
    //! Waits for what still has to be written, at most two seconds.
    ~ConversationCache() override;

    [[nodiscard]] CacheState state() const { return m_state; }
    //! Why it is Rebuilt or Unavailable, as a sentence; else empty.
    [[nodiscard]] QString reason() const { return m_reason; }

    //! Pinned ones first, then the newest, as the server's list. Waits for what is being written.
    [[nodiscard]] QList<CachedConversation> conversations(const QString &server);
    //! When the server said that list last; invalid where that is not known.
    [[nodiscard]] QDateTime listedAt(const QString &server);
    //! Nothing where it was never opened, or dropped since.
    [[nodiscard]] std::optional<CachedSnapshot> snapshot(const QString &server,
                                                         const QString &conversation);
    //! Oldest first. Waits for what is being written.
    [[nodiscard]] QList<UnsentItem> unsent(const QString &server);

    //! Adds these lines to the list, or changes them. Of more than 20,000 the last ones are not
    //! kept. \a at is when the server said so.
    void putConversations(const QString &server, const QList<CachedConversation> &conversations,
                          const QDateTime &at = {});
    //! The list is these: what is not among them goes with its snapshot. What is unsent stays.
    void replaceConversations(const QString &server, const QList<CachedConversation> &conversations,
                              const QDateTime &at = {});
    //! False when it is too large: what was there stays.
    bool putSnapshot(const QString &server, const QString &conversation,
                     const CachedSnapshot &snapshot);
    //! unsentStored() tells when it is on the disk. Another one of that name is replaced in its
    //! place. Their number is bounded by the owner. False when it is too large.
    bool putUnsent(const QString &server, const UnsentItem &item);
    void removeUnsent(const QString &server, const QString &conversation, const QString &item);

    //! With snapshot and unsent items. What is removed is overwritten in the file.
    void remove(const QString &server, const QString &conversation);
    void removeServer(const QString &server);
    void clear();

    //! Waits until all is written, at most so long; false when something is not.
    bool flush(std::chrono::milliseconds atMost);

Q_SIGNALS:
    //! It is on the disk, also if the power is cut now. Never where it is Unavailable.
    void unsentStored(const QString &server, const QString &conversation, const QString &item);
    //! Something could not be written, as a sentence (the disk is full); once until it can again.
    void failed(const QString &reason);
    //! It was found damaged while it was used: now it is Rebuilt, or Unavailable. What was unsent
    //! is taken over as far as it can be read. The second time it is the disk's fault: Unavailable.
    void stateChanged();

private:
    void use(OpenedCache opened);
    void stopUsing();
    void rebuild();
    //! After reading: rebuilds the file if it is damaged, and says so.
    [[nodiscard]] bool isSound();

    const QString m_path;
    const qint64 m_maxBytes;
    std::unique_ptr<const BlobSeal> m_seal;
    std::unique_ptr<CacheLock> m_lock;
    CacheState m_state = CacheState::Unavailable;
    QString m_reason;
    bool m_wasRebuilt = false;                 //!< While it was used.
    std::unique_ptr<CacheDatabase> m_database; //!< For reading; null when Unavailable, as the next.
    std::unique_ptr<CacheTables> m_tables;
    std::unique_ptr<CacheWriter> m_writer;
};

} // namespace runnel
