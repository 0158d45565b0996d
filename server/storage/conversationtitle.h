#pragma once

#include "storage/storedconversation.h"

#include <QString>

namespace runnel {

//! A conversation's title as long as nobody gave it one: the first line of its first message, at
//! most 60 characters of it. The page does the same (frontend/js/words.js).
[[nodiscard]] QString titleFrom(const QString &firstMessage);

//! The title that a conversation is listed by: as somebody named it, or by its first message. Never
//! empty.
[[nodiscard]] QString titleOf(const StoredConversation &conversation);

//! Its line of the list.
[[nodiscard]] ConversationSummary summaryOf(const StoredConversation &conversation);

} // namespace runnel
