#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QString>

#include <memory>

struct sqlite3;
struct sqlite3_stmt;

namespace runnel {

//! What SQLite complained of.
struct CacheProblem
{
    int code = 0; //!< SQLite's, the extended one; 0: all went well.
    QString text; //!< For people; from SQLite and from the system.

    explicit operator bool() const { return code != 0; }
    //! The file is no database, or not as SQLite left it: only beginning anew helps.
    [[nodiscard]] bool isDamage() const;
};

//! A connection to the cache's file by SQLite's own interface; of one thread at a time. Its first
//! problem stays until takeProblem(), and nothing else is done meanwhile: so several statements are
//! run in a row and asked about once.
class CacheDatabase
{
public:
    //! The file must be there. A file that is no database is noticed by the first statement.
    [[nodiscard]] static Result<std::unique_ptr<CacheDatabase>, CacheProblem>
    open(const QString &file);
    ~CacheDatabase();
    Q_DISABLE_COPY_MOVE(CacheDatabase)

    void run(const char *statement);
    //! The first column of the first row, 0 when there is none.
    [[nodiscard]] qint64 number(const char *query);

    [[nodiscard]] const CacheProblem &problem() const { return m_problem; }
    [[nodiscard]] CacheProblem takeProblem();
    void note(int code);

    //! Has what another thread runs here end soon, with a problem.
    void interrupt();
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

private:
    explicit CacheDatabase(sqlite3 *handle)
        : m_handle(handle)
    {}

    sqlite3 *const m_handle;
    CacheProblem m_problem;
};

//! A statement of a CacheDatabase, and a row of what it gives. Goes before it. Problems are the
//! database's.
class CacheStatement
{
public:
    CacheStatement(CacheDatabase &database, const char *sql);
    ~CacheStatement();
    Q_DISABLE_COPY_MOVE(CacheStatement)

    //! Binds the next parameter. Texts and blobs are not copied: they outlive run() and next().
    CacheStatement &bind(qint64 value);
    CacheStatement &bind(const QString &text);
    CacheStatement &bind(const QByteArray &blob);
    CacheStatement &bind(QByteArray &&) = delete;
    //! Steps to the next row; false when there is none or something is wrong.
    [[nodiscard]] bool next();
    //! Runs what gives no rows; then parameters may be bound anew.
    void run();

    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray blob(int column) const;

private:
    CacheDatabase &m_database;
    sqlite3_stmt *m_statement = nullptr;
    int m_bound = 0;
};

} // namespace runnel
