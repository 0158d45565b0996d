#pragma once

#include "protocol/frames.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <vector>

namespace runnel {

//! A message and what only the server knows of it.
struct StoredMessage
{
    MessageRecord record;
    QByteArray rawParts; //!< Of a model's: the provider's own form, for the history.
    //! The ids that record.id had before, oldest first: of an answer that went on, for one who
    //! asked for it may ask again. A few; what is older than those nobody asks again.
    QStringList earlierIds{};

    friend bool operator==(const StoredMessage &, const StoredMessage &) = default;
};

//! What there is of a conversation besides its messages.
struct ConversationHead
{
    QString id;
    QString epoch;     //!< Names its log: a conversation that begins anew has another one.
    Seq seq = 0;       //!< Of the newest frame.
    quint64 turns = 0; //!< How many turns were begun.
    QString active;    //!< The leaf of the visible branch; null while there is no message.
    QString title;     //!< As somebody named it; null: after its first message.
    bool pinned = false;
    QDateTime createdAt; //!< UTC, milliseconds, as all times here.
    QDateTime updatedAt; //!< When somebody last asked or an answer last ended.

    friend bool operator==(const ConversationHead &, const ConversationHead &) = default;
};

struct StoredConversation
{
    ConversationHead head;
    std::vector<StoredMessage> messages; //!< In the order in which they were put; parents first.

    friend bool operator==(const StoredConversation &, const StoredConversation &) = default;
};

//! A line of the list of conversations.
struct ConversationSummary
{
    QString id;
    QString title; //!< Never empty: where nobody gave one, the start of the first message.
    bool pinned = false;
    QDateTime createdAt;
    QDateTime updatedAt;
    int messages = 0;

    // Of a search: where it was found.
    QString messageId; //!< Null when the title alone has it.
    //! Of that message, in one line; the words found stand between U+E000 and U+E001, of the
    //! private use area.
    QString snippet;

    friend bool operator==(const ConversationSummary &, const ConversationSummary &) = default;
};

struct ConversationQuery
{
    QString
        search; //!< Empty: all; else words that the title or a message has, the last as a start.
    QString cursor; //!< A ListCursor, of the page before; empty: the first.
    int limit = 50; //!< 1 to maxLimit.

    static constexpr int maxLimit = 200;
};

//! Pinned ones first, then the newest; of a search, too.
struct ConversationPage
{
    std::vector<ConversationSummary> conversations;
    QString next; //!< The cursor of the page after; empty: there is none.
};

} // namespace runnel
