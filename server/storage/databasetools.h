#pragma once

#include "protocol/result.h"

#include <QString>

namespace runnel {

//! What is done with the database of DATABASE_URL from the command line. Errors are one line that
//! names the file and what would be right; results are one line for the person who asked.

//! Copies the database that \a url names to \a target, which must not be there yet. Safe while a
//! server writes to it: the copy is of one moment. It is checked before it gets its name, readable
//! by this user alone, and a server that starts on it counts its conversations anew (beginEra).
[[nodiscard]] Result<QString, QString> backUpDatabase(const QString &url, const QString &target);

//! Looks for damage: SQLite's own checks, and what this product expects of the rows. The search
//! index is compared too, unless a server runs (it would have to wait for that). The database is
//! not changed. The error has a line for each thing that was found, at most 20.
[[nodiscard]] Result<QString, QString> checkDatabase(const QString &url);

} // namespace runnel
