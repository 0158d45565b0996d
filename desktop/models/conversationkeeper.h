#pragma once

#include "models/chatsession.h"
#include "models/offlinestore.h"

#include <QFutureWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>
#include <QUrl>

namespace runnel {

//! Keeps one open conversation on this computer: what the server said of it, what waits to be sent,
//! and what is being written; and brings that back. Goes before the session and the store.
//!
//! What is unsent is put at once. A snapshot is put when an answer has come to its end, a second
//! after anything else, every half minute while an answer comes, and when the keeper goes: never
//! for a chunk, as it is all of the conversation. Its JSON is made on a thread of the pool, but for
//! the last one. What is lost with the process comes again by `after`.
class ConversationKeeper : public QObject
{
    Q_OBJECT

public:
    //! Names the draft among what is unsent, beside the ids of messages, which are UUIDs.
    [[nodiscard]] static QString draftItem() { return QStringLiteral("draft"); }

    static constexpr std::chrono::milliseconds pause{1000}; //!< Of drafts, too.
    static constexpr std::chrono::milliseconds pauseInAnswer{30'000};

    ConversationKeeper(OfflineStore &store, const QUrl &server, ChatSession &session);
    ~ConversationKeeper() override;

    //! Brings back what is kept, where it is not here already; once the store is open.
    void bringBack();
    //! Puts what is not put yet.
    void flush();
    //! The cache lost it all: it is put again.
    void putAgain();

private:
    [[nodiscard]] ConversationCache *cache() const;
    void follow();
    [[nodiscard]] bool hasNews() const;
    void keepSnapshot();
    void takeMade();
    void put(const CachedSnapshot &made);
    void dropGone();
    void keepUnsent();
    void keepDraft();
    void putUnsent(const QString &item, const QByteArray &content);
    void removeUnsent(const QString &item);

    OfflineStore &m_store;
    const QUrl m_server;
    ChatSession &m_session;
    QTimer m_snapshotTimer;
    QTimer m_draftTimer;
    Seq m_seq = 0; //!< Of what is put, as the next ones.
    QString m_epoch;
    bool m_isPut = false;
    //! The snapshot that is made on another thread. A continuation of the future would look at us
    //! from there, while we may be going.
    QFutureWatcher<CachedSnapshot> m_making;
    bool m_isMaking = false;
    int m_generation = 0;            //!< What was made is put where this is still the same …
    int m_madeFor = 0;               //!< … as it was then.
    QHash<QString, bool> m_requests; //!< By id: whether it was refused.
    QString m_draft;
    bool m_wasAnswering = false;
};

} // namespace runnel
