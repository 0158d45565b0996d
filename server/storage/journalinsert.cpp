#include "storage/journalinsert.h"

#include <QSqlDriver>

#include <sqlite3.h>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Null when the connection's driver has no such thing. QSqlDriver::handle() documents the type.
sqlite3 *handleOf(const SqliteConnection &connection)
{
    const QVariant handle = connection.database().driver()->handle();
    if (!handle.isValid() || qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return nullptr;
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

Result<std::unique_ptr<JournalInsert>, QString>
JournalInsert::prepare(const SqliteConnection &connection)
{
    const QString theirs = connection.value(u"SELECT sqlite_source_id()"_s).toString();
    sqlite3 *const database = handleOf(connection);
    if (!database || theirs != QLatin1String(sqlite3_sourceid())) {
        return Failure{
            u"Qt's SQLite plugin has an SQLite of its own; Runnel needs one that uses the"
            " system's (Debian's libqt6sql6-sqlite), or DATABASE_URL=memory:"_s};
    }
    std::unique_ptr<JournalInsert> insert(new JournalInsert(database));
    const int prepared =
        sqlite3_prepare_v3(database,
                           "INSERT INTO journal (id, conversation, seq, kind, text)"
                           " VALUES (?, ?, ?, ?, ?)",
                           -1, SQLITE_PREPARE_PERSISTENT, &insert->m_statement, nullptr);
    if (prepared != SQLITE_OK)
        return Failure{insert->problem()};
    return insert;
}

JournalInsert::~JournalInsert()
{
    sqlite3_finalize(m_statement);
}

QString JournalInsert::run(const Row &row)
{
    sqlite3_bind_int64(m_statement, 1, row.id);
    sqlite3_bind_int64(m_statement, 2, row.conversation);
    sqlite3_bind_int64(m_statement, 3, qint64(row.seq));
    sqlite3_bind_int(m_statement, 4, row.kind);
    // The text outlives the call; utf16() of a null string is no null pointer.
    sqlite3_bind_text16(m_statement, 5, row.text.utf16(), int(2 * row.text.size()), nullptr);
    const bool done = sqlite3_step(m_statement) == SQLITE_DONE;
    const QString why = done ? QString() : problem();
    sqlite3_reset(m_statement);
    return why;
}

QString JournalInsert::problem() const
{
    return QString::fromUtf8(sqlite3_errmsg(m_database));
}

} // namespace runnel
