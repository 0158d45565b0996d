#pragma once

#include "protocol/frames.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace runnel {

//! A line of a server's list, as `GET /api/conversations` gives it. `answering` is not kept: it is
//! about now.
struct CachedConversation
{
    QString id;
    QString title;
    bool pinned = false;
    QDateTime createdAt; //!< UTC, milliseconds, as the other one.
    QDateTime updatedAt;
    int messages = 0;

    friend bool operator==(const CachedConversation &, const CachedConversation &) = default;
};

//! A conversation that was opened, as it was then: what to show at once, and from where to ask the
//! server for more.
struct CachedSnapshot
{
    Seq seq = 0;        //!< The newest frame that is in it: `after` of the next connection.
    QString epoch;      //!< Of the log that seq counts in.
    QByteArray content; //!< The cache does not look into it: the owner's `snapshot` frame.

    friend bool operator==(const CachedSnapshot &, const CachedSnapshot &) = default;
};

//! Something of a conversation that no server has yet: a draft, or a message that waits.
struct UnsentItem
{
    QString conversation;
    QString item; //!< Names it in its conversation: the message's own id, or the owner's "draft".
    QByteArray content; //!< The cache does not look into it.

    friend bool operator==(const UnsentItem &, const UnsentItem &) = default;
};

//! To the bytes that are sealed, and back. The id is not among them. Nothing where they are not
//! such bytes.
[[nodiscard]] QByteArray toBytes(const CachedConversation &conversation);
[[nodiscard]] std::optional<CachedConversation> conversationFrom(const QString &id,
                                                                 const QByteArray &bytes);
[[nodiscard]] QByteArray toBytes(const QDateTime &at);
[[nodiscard]] QDateTime timeFrom(const QByteArray &bytes); //!< Invalid where they are none.
[[nodiscard]] QByteArray toBytes(const CachedSnapshot &snapshot);
[[nodiscard]] std::optional<CachedSnapshot> snapshotFrom(const QByteArray &bytes);

} // namespace runnel
