#pragma once

#include "protocol/frames.h"
#include "storage/sqlitedatabase.h"

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace runnel {

//! The one statement that every chunk runs, on the connection that Qt SQL opened but by SQLite's
//! own interface: QSqlQuery needs as many instructions to bind five values as SQLite to store them.
//! Goes before its connection.
class JournalInsert
{
public:
    struct Row
    {
        qint64 id = 0;
        qint64 conversation = 0; //!< Its row.
        Seq seq = 0;
        int kind = 0; //!< ConversationStore::Append.
        QString text; //!< Null is stored as empty.
    };

    //! The error is SQLite's own text, or that Qt's plugin has not the SQLite that we are linked
    //! to.
    [[nodiscard]] static Result<std::unique_ptr<JournalInsert>, QString>
    prepare(const SqliteConnection &connection);
    ~JournalInsert();
    Q_DISABLE_COPY_MOVE(JournalInsert)

    //! Within the transaction that is open, or in one of its own. The error is SQLite's own text,
    //! empty when all went well.
    [[nodiscard]] QString run(const Row &row);

private:
    explicit JournalInsert(sqlite3 *database)
        : m_database(database)
    {}
    [[nodiscard]] QString problem() const;

    sqlite3 *const m_database;
    sqlite3_stmt *m_statement = nullptr;
};

} // namespace runnel
