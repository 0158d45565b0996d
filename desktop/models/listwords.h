#pragma once

#include "client/conversationsclient.h"

#include <QString>

//! The side bar's words: groups by day, and what a search found.
namespace runnel::words {

using Ranges = QList<std::pair<int, int>>;

//! "Pinned", "Today", "Yesterday", "Previous 7 days", "Previous 30 days", "October", "2024". Days
//! are those of the calendar here, so an hour may lie between "Today" and "Yesterday".
[[nodiscard]] QString dayGroup(const ListedConversation &conversation, const QDate &today);

//! Where \a text has the words that were looked for, from the start of a word on; the server knows
//! more ways to write a word.
[[nodiscard]] Ranges rangesOf(const QString &text, const QString &words);

//! \a text for Text.StyledText: the ranges (in order, apart) in bold, all else escaped.
[[nodiscard]] QString marked(const QString &text, const Ranges &ranges);

} // namespace runnel::words
