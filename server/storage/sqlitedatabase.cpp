#include "storage/sqlitedatabase.h"

#include "storage/searchwords.h"

#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <array>
#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace runnel {

namespace {

//! "Rnnl": tells our databases from others' (sqlite.org/fileformat.html, 1.3.8).
constexpr int applicationId = 0x526e6e6c;

QString addSearchTexts(const SqliteConnection &connection);

//! Brings the schema to the next version: statements, what SQL cannot say, statements.
struct Step
{
    std::initializer_list<const char *> first;
    QString (*convert)(const SqliteConnection &) = nullptr;
    std::initializer_list<const char *> then;
};

//! None is ever changed once it was released.
const std::array<Step, 3> steps{{
    {{
         "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
         "INSERT INTO meta VALUES ('boot', ''), ('era', '0'), ('probe', '')",

         "CREATE TABLE conversations (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
         " epoch TEXT NOT NULL, seq INTEGER NOT NULL, turns INTEGER NOT NULL, active TEXT,"
         " title TEXT, first_words TEXT NOT NULL DEFAULT '', pinned INTEGER NOT NULL,"
         " created INTEGER NOT NULL, updated INTEGER NOT NULL, removed INTEGER)",
         "CREATE INDEX conversations_listed ON conversations (pinned DESC, updated DESC, id DESC)"
         " WHERE removed IS NULL",

         // client_id: those of all requests that made the message what it is, the newest last, with
         // spaces between.
         // journal_from: of a running answer, the first row of the journal that is not in its text.
         "CREATE TABLE messages (id INTEGER PRIMARY KEY,"
         " conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,"
         " message_id TEXT NOT NULL, parent_id TEXT, role TEXT NOT NULL, content TEXT NOT NULL,"
         " at INTEGER NOT NULL, client_id TEXT, turn TEXT, agent TEXT, model TEXT, state TEXT,"
         " thoughts TEXT, finish_reason TEXT, prompt_tokens INTEGER, cached_tokens INTEGER,"
         " thought_tokens INTEGER, answer_tokens INTEGER, total_tokens INTEGER, error_code TEXT,"
         " error TEXT, raw_parts BLOB, journal_from INTEGER, UNIQUE (conversation, message_id))",
         "CREATE INDEX messages_running ON messages (journal_from) WHERE state = 'running'",

         // What running answers have said, of all conversations: a commit touches its last page,
         // however many sessions wrote.
         "CREATE TABLE journal (id INTEGER PRIMARY KEY, conversation INTEGER NOT NULL,"
         " seq INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL)",

         "CREATE VIRTUAL TABLE search USING fts5 (content, content='messages', content_rowid='id',"
         " tokenize='unicode61 remove_diacritics 2')",
         "CREATE TRIGGER message_added AFTER INSERT ON messages WHEN new.state IS NOT 'running' "
         "BEGIN"
         " INSERT INTO search (rowid, content) VALUES (new.id, new.content); END",
         "CREATE TRIGGER message_removed AFTER DELETE ON messages WHEN old.state IS NOT 'running' "
         "BEGIN"
         " INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content); END",
         "CREATE TRIGGER message_ended AFTER UPDATE OF content, state ON messages"
         " WHEN new.state IS NOT 'running' AND old.state IS 'running' BEGIN"
         " INSERT INTO search (rowid, content) VALUES (new.id, new.content); END",
         "CREATE TRIGGER message_goes_on AFTER UPDATE OF content, state ON messages"
         " WHEN new.state IS 'running' AND old.state IS NOT 'running' BEGIN"
         " INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content); END",
         "CREATE TRIGGER message_changed AFTER UPDATE OF content, state ON messages"
         " WHEN new.state IS NOT 'running' AND old.state IS NOT 'running' BEGIN"
         " INSERT INTO search (search, rowid, content) VALUES ('delete', old.id, old.content);"
         " INSERT INTO search (rowid, content) VALUES (new.id, new.content); END",
     },
     nullptr,
     {}},

    // Searching finds words in texts without spaces (spaced: the text, when it has to be told apart
    // for that, by our spaced()), and titles in any case and with any accents (folded: of a title
    // that somebody gave).
    {{
         "DROP TRIGGER message_added",
         "DROP TRIGGER message_removed",
         "DROP TRIGGER message_ended",
         "DROP TRIGGER message_goes_on",
         "DROP TRIGGER message_changed",
         "DROP TABLE search",
         "ALTER TABLE messages ADD COLUMN spaced TEXT",
         "ALTER TABLE conversations ADD COLUMN folded TEXT",
     },
     addSearchTexts,
     {
         "CREATE VIEW searchable AS SELECT id, coalesce(spaced, content) AS content FROM messages",
         "CREATE VIRTUAL TABLE search USING fts5 (content, content='searchable',"
         " content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
         // Its parts are merged less often: half as much is written (docs/reliability.md).
         "INSERT INTO search (search, rank) VALUES ('automerge', 16)",
         "CREATE TRIGGER message_added AFTER INSERT ON messages WHEN new.state IS NOT 'running' "
         "BEGIN"
         " INSERT INTO search (rowid, content) VALUES (new.id, coalesce(new.spaced, new.content));"
         " END",
         "CREATE TRIGGER message_removed AFTER DELETE ON messages WHEN old.state IS NOT 'running' "
         "BEGIN"
         " INSERT INTO search (search, rowid, content)"
         " VALUES ('delete', old.id, coalesce(old.spaced, old.content)); END",
         "CREATE TRIGGER message_ended AFTER UPDATE OF content, state, spaced ON messages"
         " WHEN new.state IS NOT 'running' AND old.state IS 'running' BEGIN"
         " INSERT INTO search (rowid, content) VALUES (new.id, coalesce(new.spaced, new.content));"
         " END",
         "CREATE TRIGGER message_goes_on AFTER UPDATE OF content, state, spaced ON messages"
         " WHEN new.state IS 'running' AND old.state IS NOT 'running' BEGIN"
         " INSERT INTO search (search, rowid, content)"
         " VALUES ('delete', old.id, coalesce(old.spaced, old.content)); END",
         "CREATE TRIGGER message_changed AFTER UPDATE OF content, state, spaced ON messages"
         " WHEN new.state IS NOT 'running' AND old.state IS NOT 'running' BEGIN"
         " INSERT INTO search (search, rowid, content)"
         " VALUES ('delete', old.id, coalesce(old.spaced, old.content));"
         " INSERT INTO search (rowid, content) VALUES (new.id, coalesce(new.spaced, new.content));"
         " END",
         "CREATE INDEX conversations_removed ON conversations (removed)"
         " WHERE removed IS NOT NULL",
         "INSERT INTO search (rowid, content) SELECT m.id, s.content FROM messages m JOIN"
         " searchable s ON s.id = m.id WHERE m.state IS NOT 'running'",
     }},

    // Agents, tools and sources of an answer as one JSON object, and what it cost in US dollars.
    {{
         "ALTER TABLE messages ADD COLUMN extras TEXT",
         "ALTER TABLE messages ADD COLUMN cost_usd REAL",
     },
     nullptr,
     {}},
}};

const int newestVersion = int(steps.size());

//! For what stands in \a from, sets \a column to what \a convert makes of it, unless that is null.
QString fillColumn(const SqliteConnection &connection, const char *from, const char *column,
                   QString (*convert)(const QString &))
{
    QSqlQuery all(connection.database());
    QSqlQuery set(connection.database());
    all.setForwardOnly(true);
    if (!all.exec(QString::fromLatin1(from)) || !set.prepare(QString::fromLatin1(column)))
        return all.lastError().databaseText() + set.lastError().databaseText();
    QList<std::pair<QVariant, QString>> converted;
    while (all.next()) {
        const QString text = convert(all.value(1).toString());
        if (!text.isNull())
            converted.append({all.value(0), text});
    }
    if (const QString problem = problemOf(all); !problem.isEmpty())
        return problem;
    for (const auto &[id, text] : std::as_const(converted)) {
        set.bindValue(0, text);
        set.bindValue(1, id);
        if (!set.exec())
            return set.lastError().databaseText();
    }
    return {};
}

QString addSearchTexts(const SqliteConnection &connection)
{
    const QString problem = fillColumn(connection, "SELECT id, content FROM messages",
                                       "UPDATE messages SET spaced = ? WHERE id = ?", spaced);
    return problem.isEmpty()
               ? fillColumn(connection,
                            "SELECT id, title FROM conversations WHERE title IS NOT NULL",
                            "UPDATE conversations SET folded = ? WHERE id = ?", folded)
               : problem;
}

} // namespace

Result<std::unique_ptr<SqliteConnection>, QString> SqliteConnection::open(const QString &file,
                                                                          Mode mode)
{
    static std::atomic<int> count = 0;
    const QString name = QStringLiteral("runnel-%1").arg(++count);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(name));
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000");
    if (mode == Mode::ReadOnly)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    database.setConnectOptions(options);
    database.setDatabaseName(file);
    if (!database.open())
        return Failure{database.lastError().databaseText()};
    // The journal's old rows are overwritten where that costs no further page.
    const QString problem =
        connection->run({"PRAGMA foreign_keys = ON", "PRAGMA secure_delete = FAST"});
    if (!problem.isEmpty())
        return Failure{problem};
    return connection;
}

SqliteConnection::~SqliteConnection()
{
    database().close();
    QSqlDatabase::removeDatabase(m_name);
}

QString SqliteConnection::run(std::initializer_list<const char *> statements) const
{
    QSqlQuery query(database());
    for (const char *statement : statements) {
        if (!query.exec(QString::fromLatin1(statement)))
            return query.lastError().databaseText();
    }
    return {};
}

QVariant SqliteConnection::value(const QString &sql) const
{
    QSqlQuery query(database());
    return query.exec(sql) && query.next() ? query.value(0) : QVariant();
}

Result<std::unique_ptr<DatabaseLock>, DatabaseLock::Problem> DatabaseLock::take(const QString &file,
                                                                                Missing missing)
{
    const QString name = file + QStringLiteral("-lock");
    const auto cannot = [&name](const QString &what, int error) {
        return Failure{Problem{false, QStringLiteral("its lock file \"%1\" cannot be %2 (%3): this "
                                                     "user must be allowed to read and write it")
                                          .arg(name, what, qt_error_string(error))}};
    };
    const int make = missing == Missing::Make ? O_CREAT : 0;
    const int fd = ::open(QFile::encodeName(name).constData(), O_RDWR | O_CLOEXEC | make, 0600);
    if (fd < 0 && errno == ENOENT && missing == Missing::Leave)
        return std::unique_ptr<DatabaseLock>();
    if (fd < 0)
        return cannot(QStringLiteral("opened"), errno);
    std::unique_ptr<DatabaseLock> lock(new DatabaseLock(fd));
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0)
        return lock;
    if (errno == EWOULDBLOCK)
        return Failure{Problem{true, QStringLiteral("another server uses it: stop that one, or "
                                                    "give this one a DATABASE_URL of its own")}};
    return cannot(QStringLiteral("locked"), errno);
}

DatabaseLock::~DatabaseLock()
{
    ::close(m_fd);
}

QString problemOf(const QSqlQuery &query)
{
    return query.lastError().isValid() ? query.lastError().databaseText() : QString();
}

QString identify(const SqliteConnection &connection)
{
    const QVariant id = connection.value(QStringLiteral("PRAGMA application_id"));
    const QVariant version = connection.value(QStringLiteral("PRAGMA user_version"));
    if (!id.isValid() || !version.isValid())
        return QStringLiteral("it is damaged, or no SQLite database");
    const bool isNew =
        version.toInt() == 0 &&
        connection.value(QStringLiteral("SELECT count(*) FROM sqlite_schema")).toInt() == 0;
    if (!isNew && id.toInt() != applicationId)
        return QStringLiteral("it belongs to another program");
    if (version.toInt() > newestVersion) {
        return QStringLiteral(
                   "it is of version %1, and this server knows %2: start a newer one, or "
                   "bring back a backup of before")
            .arg(version.toInt())
            .arg(newestVersion);
    }
    return {};
}

bool isMigrated(const SqliteConnection &connection)
{
    return connection.value(QStringLiteral("PRAGMA user_version")).toInt() == newestVersion;
}

QString migrate(const SqliteConnection &connection)
{
    if (QString problem = identify(connection); !problem.isEmpty())
        return problem;
    const int version = connection.value(QStringLiteral("PRAGMA user_version")).toInt();
    for (int step = version; step < newestVersion; ++step) {
        QString problem = connection.run({"BEGIN IMMEDIATE"});
        const Step &next = steps[std::size_t(step)];
        if (problem.isEmpty())
            problem = connection.run(next.first);
        if (problem.isEmpty() && next.convert)
            problem = next.convert(connection);
        if (problem.isEmpty())
            problem = connection.run(next.then);
        const QByteArray now = "PRAGMA user_version = " + QByteArray::number(step + 1);
        const QByteArray ours = "PRAGMA application_id = " + QByteArray::number(applicationId);
        if (problem.isEmpty())
            problem = connection.run({now.constData(), ours.constData(), "COMMIT"});
        if (!problem.isEmpty()) {
            (void)connection.run({"ROLLBACK"});
            return problem;
        }
    }
    return {};
}

} // namespace runnel
