#pragma once

#include "storage/sqlitedatabase.h"

#include <QSqlQuery>

#include <vector>

namespace runnel {

//! The statements that a store runs again and again, prepared once. They go before their
//! connection.
class SqliteStatements
{
public:
    enum Name {
        Begin,
        Commit,
        PutHead,
        PutMessage,
        NameByFirstWords,
        FindConversation,
        DeleteConversation,
        LoadHead,
        LoadMessages,
        LoadJournal,
        Interrupt,
        SetSeq,
        SetRemoved,
        TrimJournal,
        Count,
    };

    //! The error is SQLite's own text, empty when all went well. The schema must be there.
    [[nodiscard]] QString prepare(const SqliteConnection &connection);
    void clear() { m_queries.clear(); }

    [[nodiscard]] QSqlQuery &operator[](Name which) { return m_queries[std::size_t(which)]; }

private:
    std::vector<QSqlQuery> m_queries; //!< By Name.
};

} // namespace runnel
