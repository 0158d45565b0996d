#pragma once

#include "models/conversationkeeper.h"
#include "models/conversationlist.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace runnel {

//! Keeps on this computer what a workspace shows of one server, and brings it back: the list, and
//! the conversations that are open. Goes before the sessions, the list and the store.
class ServerKeeper : public QObject
{
    Q_OBJECT

public:
    ServerKeeper(OfflineStore &store, const QUrl &server, ConversationList &list);
    ~ServerKeeper() override;

    //! Once the store is open: gives the list what it was, and the sessions what was kept of them.
    void bringBack();
    //! From now on \a session is kept; brings back what is kept of it, where something may be.
    void add(ChatSession &session, bool mayBeKept);
    //! \a session goes: puts what is not put yet.
    void leave(const ChatSession &session);
    //! It was deleted on the server.
    void forget(const QString &conversation);

    //! The conversations in which something is not taken yet, the oldest first.
    [[nodiscard]] QStringList waiting() const;
    //! One that was begun and of which nothing was sent: the newest draft; empty where there is
    //! none.
    [[nodiscard]] QString begun() const;

private:
    [[nodiscard]] ConversationCache *cache() const { return m_store.cacheFor(m_server); }
    void keepList();

    OfflineStore &m_store;
    const QUrl m_server;
    ConversationList &m_list;
    std::unordered_map<const ChatSession *, std::unique_ptr<ConversationKeeper>> m_open;
    QHash<QString, CachedConversation> m_lines; //!< Of the list, as they are put.
    QDateTime m_listedAt;                       //!< As put.
    QTimer m_timer;
};

} // namespace runnel
