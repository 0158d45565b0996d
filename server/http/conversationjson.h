#pragma once

#include "storage/storedconversation.h"

#include <QList>

#include <utility>

namespace runnel {

class JsonWriter;

//! Where a search found something: the words around it, and which of them.
struct FoundText
{
    QString text;
    //! From and to (behind the last) in UTF-16 code units; in order, apart from each other.
    QList<std::pair<qsizetype, qsizetype>> ranges;

    friend bool operator==(const FoundText &, const FoundText &) = default;
};

//! From a summary's snippet, in which the words found are marked.
[[nodiscard]] FoundText foundText(const QString &snippet);

//! A line of the list as the API has it. \a answering: whether an answer runs in it now.
void writeConversation(JsonWriter &json, const ConversationSummary &summary, bool answering);

} // namespace runnel
