#pragma once

#include "storage/storedconversation.h"

#include <QVariant>

class QSqlQuery;

namespace runnel {

//! What the columns of the database are made of. Absent texts and counts are NULL.

[[nodiscard]] QVariant orNull(const QString &text);
[[nodiscard]] QVariant orNull(qint64 count); //!< Absent: less than 0.
//! A time as it stands in a column: milliseconds since 1970, UTC.
[[nodiscard]] QVariant timeOf(const QDateTime &at);
[[nodiscard]] QDateTime timeFrom(const QVariant &milliseconds);

//! The columns of a message, but for the conversation that it belongs to.
[[nodiscard]] QString messageColumns();

//! From a row of messageColumns().
[[nodiscard]] StoredMessage messageFrom(const QSqlQuery &row);
//! Of a running answer in a row of messageColumns(): the first row of the journal that is not in
//! its text.
[[nodiscard]] qint64 journalFrom(const QSqlQuery &row);

//! Binds messageColumns(), from the placeholder \a at on. \a journalFrom: see there.
void bindMessage(QSqlQuery &query, int at, const StoredMessage &message, qint64 journalFrom);

} // namespace runnel
