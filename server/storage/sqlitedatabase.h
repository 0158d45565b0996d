#pragma once

#include "protocol/result.h"

#include <QSqlDatabase>
#include <QString>

#include <memory>

class QSqlQuery;

namespace runnel {

//! A connection to a database file, of the thread that opened it. Closes it when it goes.
class SqliteConnection
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    //! The error is SQLite's own text.
    [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>, QString>
    open(const QString &file, Mode mode);
    ~SqliteConnection();
    Q_DISABLE_COPY_MOVE(SqliteConnection)

    [[nodiscard]] QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }
    //! Runs statements without results; the error is SQLite's own text, empty when all went well.
    [[nodiscard]] QString run(std::initializer_list<const char *> statements) const;
    //! The first column of the first row.
    [[nodiscard]] QVariant value(const QString &sql) const;

private:
    explicit SqliteConnection(QString name)
        : m_name(std::move(name))
    {}

    QString m_name;
};

//! Holds a database file for this process alone: the kernel lets go of it when the process ends,
//! however it ends. (A lock file with a process id in it would lie in a container, where every
//! server is process 1.)
class DatabaseLock
{
public:
    enum class Missing {
        Make,  //!< What uses a database makes its lock file.
        Leave, //!< What only looks does not: made by another user, it would keep the server out.
    };
    struct Problem
    {
        bool isUsed = false; //!< Another process has it.
        QString text;        //!< In words that go on after "cannot be used: ".
    };

    //! \a file is the database's. Null, where nothing is made, when there is no lock file: nobody
    //! uses it.
    [[nodiscard]] static Result<std::unique_ptr<DatabaseLock>, Problem>
    take(const QString &file, Missing missing = Missing::Make);
    ~DatabaseLock();
    Q_DISABLE_COPY_MOVE(DatabaseLock)

private:
    explicit DatabaseLock(int fd)
        : m_fd(fd)
    {}

    int m_fd;
};

//! What went wrong with a query, also while its rows were read (next() is false then, as at their
//! end): SQLite's own text, empty when nothing did.
[[nodiscard]] QString problemOf(const QSqlQuery &query);

//! What keeps an open database from being used by this version: it is damaged, something else's or
//! of a newer version. One line that does not name the file; empty when nothing does.
[[nodiscard]] QString identify(const SqliteConnection &connection);
//! Whether its schema is this version's.
[[nodiscard]] bool isMigrated(const SqliteConnection &connection);

//! Brings the schema of an open database to this version's. The error is as of
//! identify().
[[nodiscard]] QString migrate(const SqliteConnection &connection);

} // namespace runnel
