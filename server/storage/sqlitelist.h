#pragma once

#include "protocol/result.h"
#include "storage/sqlitedatabase.h"
#include "storage/storedconversation.h"

namespace runnel {

//! What SQLite's full-text search is asked for: all words of \a search, the last one as a start
//! when it has two letters.
//! Empty when there is no word in it. Whatever stands in it, it is no syntax error.
[[nodiscard]] QString matchFor(const QString &search);

//! A page of the list, read by that connection. The error is SQLite's own text.
[[nodiscard]] Result<ConversationPage, QString> readPage(const SqliteConnection &connection,
                                                         const ConversationQuery &query);

} // namespace runnel
