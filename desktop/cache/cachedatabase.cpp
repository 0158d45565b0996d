#include "cache/cachedatabase.h"

#include <QFile>

#include <sqlite3.h>

#include <utility>

namespace runnel {

namespace {

//! Nobody else writes while we hold the lock, but for somebody's own sqlite3.
constexpr int busyMilliseconds = 250;

CacheProblem problemOf(sqlite3 *handle, int code)
{
    QString text = QString::fromUtf8(handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code));
    if (const int error = handle ? sqlite3_system_errno(handle) : 0; error != 0)
        text = text % u" (" % qt_error_string(error) % u')';
    return {code, text};
}

} // namespace

bool CacheProblem::isDamage() const
{
    const int primary = code & 0xff;
    // A read behind the end is a file that was cut.
    return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_FORMAT ||
           primary == SQLITE_ERROR || code == SQLITE_IOERR_SHORT_READ;
}

Result<std::unique_ptr<CacheDatabase>, CacheProblem> CacheDatabase::open(const QString &file)
{
    sqlite3 *handle = nullptr;
    const int opened = sqlite3_open_v2(QFile::encodeName(file).constData(), &handle,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
    if (opened != SQLITE_OK) {
        CacheProblem problem = problemOf(handle, opened);
        sqlite3_close(handle);
        return Failure{std::move(problem)};
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMilliseconds);
    // A file that somebody else prepared can have nothing run.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    std::unique_ptr<CacheDatabase> database(new CacheDatabase(handle));
    // cell_size_check: damage is found before it is built upon.
    database->run("PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
                  "PRAGMA journal_size_limit = 16777216");
    if (database->problem())
        return Failure{database->takeProblem()};
    return database;
}

CacheDatabase::~CacheDatabase()
{
    sqlite3_close(m_handle);
}

void CacheDatabase::run(const char *statement)
{
    if (!m_problem)
        note(sqlite3_exec(m_handle, statement, nullptr, nullptr, nullptr));
}

qint64 CacheDatabase::number(const char *query)
{
    CacheStatement statement(*this, query);
    return statement.next() ? statement.number(0) : 0;
}

CacheProblem CacheDatabase::takeProblem()
{
    return std::exchange(m_problem, {});
}

void CacheDatabase::note(int code)
{
    if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE && !m_problem)
        m_problem = problemOf(m_handle, code);
}

void CacheDatabase::interrupt()
{
    sqlite3_interrupt(m_handle);
}

CacheStatement::CacheStatement(CacheDatabase &database, const char *sql)
    : m_database(database)
{
    if (!m_database.problem())
        m_database.note(sqlite3_prepare_v2(m_database.handle(), sql, -1, &m_statement, nullptr));
}

CacheStatement::~CacheStatement()
{
    sqlite3_finalize(m_statement);
}

CacheStatement &CacheStatement::bind(qint64 value)
{
    if (m_statement)
        m_database.note(sqlite3_bind_int64(m_statement, ++m_bound, value));
    return *this;
}

CacheStatement &CacheStatement::bind(const QString &text)
{
    if (m_statement) {
        m_database.note(sqlite3_bind_text16(m_statement, ++m_bound, text.utf16(),
                                            int(2 * text.size()), SQLITE_STATIC));
    }
    return *this;
}

CacheStatement &CacheStatement::bind(const QByteArray &blob)
{
    if (m_statement) {
        m_database.note(sqlite3_bind_blob64(m_statement, ++m_bound, blob.constData(),
                                            quint64(blob.size()), SQLITE_STATIC));
    }
    return *this;
}

bool CacheStatement::next()
{
    if (!m_statement || m_database.problem())
        return false;
    const int stepped = sqlite3_step(m_statement);
    m_database.note(stepped);
    return stepped == SQLITE_ROW;
}

void CacheStatement::run()
{
    (void)next();
    sqlite3_reset(m_statement);
    m_bound = 0;
}

qint64 CacheStatement::number(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

QString CacheStatement::text(int column) const
{
    const auto *text = static_cast<const char16_t *>(sqlite3_column_text16(m_statement, column));
    return text ? QString(reinterpret_cast<const QChar *>(text),
                          sqlite3_column_bytes16(m_statement, column) / 2)
                : QString();
}

QByteArray CacheStatement::blob(int column) const
{
    const void *blob = sqlite3_column_blob(m_statement, column);
    return {static_cast<const char *>(blob), sqlite3_column_bytes(m_statement, column)};
}

} // namespace runnel
