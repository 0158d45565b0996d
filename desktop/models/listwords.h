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

struct Excerpt
{
    QString text;
    Ranges ranges;
};

//! A line of Markdown as one reads it, and the ranges (in order, apart) where they are then:
//! without the marks of bold, code, headings, links and tables. Code stays as it is. The line may
//! begin and end anywhere.
[[nodiscard]] Excerpt withoutMarkup(const QString &text, const Ranges &ranges);

//! \a text for Text.StyledText: the ranges (in order, apart) in bold, all else escaped.
[[nodiscard]] QString marked(const QString &text, const Ranges &ranges);

} // namespace runnel::words
