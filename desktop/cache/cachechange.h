#pragma once

#include "cache/cachedconversation.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <variant>

namespace runnel {

//! What is to be done to the cache, as values: they wait for the writer's thread. Later ones win.

struct PutConversations
{
    QString server;
    QList<CachedConversation> conversations; //!< In the list's order.
    //! These are all that the server has: what it does not have goes, with its snapshot.
    bool areAll = false;
    QDateTime at; //!< When the server said so; invalid: not to be remembered.
};

struct PutSnapshot
{
    QString server;
    QString conversation;
    CachedSnapshot snapshot;
};

//! It was opened just now, so its snapshot is dropped late.
struct NoteOpened
{
    QString server;
    QString conversation;
};

struct PutUnsent
{
    QString server;
    UnsentItem item;
};

struct RemoveUnsent
{
    QString server;
    QString conversation;
    QString item;
};

//! With its snapshot and what is unsent, as the next ones.
struct RemoveConversation
{
    QString server;
    QString conversation;
};

struct RemoveServer
{
    QString server;
};

struct RemoveAll
{};

using CacheChange = std::variant<PutConversations, PutSnapshot, NoteOpened, PutUnsent, RemoveUnsent,
                                 RemoveConversation, RemoveServer, RemoveAll>;

} // namespace runnel
