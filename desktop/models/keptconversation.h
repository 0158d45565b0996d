#pragma once

#include "cache/cachedconversation.h"
#include "client/conversationsclient.h"
#include "client/sessionview.h"

#include <QByteArray>

#include <optional>

//! What the window keeps of its conversations, in its own terms, and as the cache has it.
namespace runnel {

//! A conversation as a server would greet a new connection with it.
struct KeptConversation
{
    SessionHello hello; //!< Names the log that the snapshot is of, which is not always the newest.
    Snapshot snapshot;
};

[[nodiscard]] KeptConversation keptOf(const SessionView &view);
//! The two frames, a line of JSON each.
[[nodiscard]] CachedSnapshot toCache(const KeptConversation &kept);
//! Nothing where that is not two such frames of one place in one log.
[[nodiscard]] std::optional<KeptConversation> keptFrom(const CachedSnapshot &cached);

//! Something of a person's that no server has taken yet.
struct UnsentRequest
{
    ClientFrame frame; //!< Of those that have an id: what ChatClient keeps until it is answered.
    QString id;        //!< The frame's.
    QDateTime at;
    std::optional<Problem> refused; //!< Why it will not be taken as it is.
};

//! All of \a view, in its order.
[[nodiscard]] std::vector<UnsentRequest> unsentOf(const SessionView &view);
[[nodiscard]] QByteArray toCache(const UnsentRequest &request);
//! Nothing where that is no such request.
[[nodiscard]] std::optional<UnsentRequest> requestFrom(const QByteArray &cached);

[[nodiscard]] CachedConversation toCache(const ListedConversation &listed);
[[nodiscard]] ListedConversation listedFrom(const CachedConversation &cached);

} // namespace runnel
