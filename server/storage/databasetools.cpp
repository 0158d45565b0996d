#include "storage/databasetools.h"

#include "storage/openstore.h"
#include "storage/sqlitedatabase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace runnel {

namespace {

constexpr int mostFindings = 20;

using Connection = Result<std::unique_ptr<SqliteConnection>, QString>;

Connection openOurs(const QString &file)
{
    if (!QFileInfo::exists(file))
        return Failure{
            QStringLiteral("There is no database \"%1\". Run this in the folder that the "
                           "server was started in, or set DATABASE_URL.")
                .arg(QFileInfo(file).absoluteFilePath())};
    Connection connection = SqliteConnection::open(file, SqliteConnection::Mode::ReadOnly);
    QString problem = connection ? identify(**connection) : connection.error();
    if (problem.isEmpty() && !isMigrated(**connection))
        problem = QStringLiteral("it is of an older version: start the server once");
    if (!problem.isEmpty())
        return Failure{
            QStringLiteral("The database \"%1\" cannot be used: %2.").arg(file, problem)};
    return connection;
}

//! The file of DATABASE_URL.
Result<QString, QString> fileOf(const QString &url)
{
    const QString file = databaseFile(url);
    if (file.isEmpty()) {
        return Failure{
            QStringLiteral("DATABASE_URL is \"%1\": there is no database file.").arg(url)};
    }
    return file;
}

QString sizeOf(const QString &file)
{
    return QLocale::c().formattedDataSize(QFileInfo(file).size());
}

//! "1 conversation", "2 conversations".
QString countOf(const SqliteConnection &connection, const QString &table, const QString &one)
{
    const qint64 count =
        connection.value(QStringLiteral("SELECT count(*) FROM ") + table).toLongLong();
    return QStringLiteral("%1 %2%3").arg(count).arg(one,
                                                    count == 1 ? QString() : QStringLiteral("s"));
}

//! Conversations and messages, for a line.
QString countsOf(const SqliteConnection &connection)
{
    return countOf(connection, QStringLiteral("conversations"), QStringLiteral("conversation")) +
           QStringLiteral(", ") +
           countOf(connection, QStringLiteral("messages"), QStringLiteral("message"));
}

//! The lines of a check that has findings; the error of one that could not be done is a finding.
void look(const SqliteConnection &connection, const QString &sql, const QString &finding,
          QStringList &findings)
{
    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    if (!query.exec(sql)) {
        findings.append(query.lastError().databaseText());
        return;
    }
    while (query.next() && findings.size() < mostFindings) {
        const QString found = query.value(0).toString();
        if (found != u"ok")
            findings.append(finding.isEmpty() ? found : finding.arg(found));
    }
}

QStringList findingsOf(const SqliteConnection &connection)
{
    static const std::pair<const char *, const char *> checks[]{
        {"PRAGMA integrity_check(20)", ""},
        {"SELECT DISTINCT \"table\" FROM pragma_foreign_key_check",
         "a row of %1 belongs to something that is not there"},
        {"SELECT c.name FROM conversations c WHERE c.active IS NOT NULL AND NOT EXISTS (SELECT 1"
         " FROM messages m WHERE m.conversation = c.id AND m.message_id = c.active)",
         "conversation %1 shows a message that is not there"},
        {"SELECT DISTINCT c.name FROM messages m JOIN conversations c ON c.id = m.conversation"
         " WHERE m.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM messages p"
         " WHERE p.conversation = m.conversation AND p.message_id = m.parent_id)",
         "conversation %1 has a message after one that is not there"},
        {"SELECT c.name FROM messages m JOIN conversations c ON c.id = m.conversation"
         " WHERE m.state = 'running' GROUP BY c.id HAVING count(*) > 1",
         "conversation %1 has two running answers"},
        {"SELECT c.name FROM messages m JOIN conversations c ON c.id = m.conversation"
         " WHERE (m.state IS 'running') <> (m.journal_from IS NOT NULL)",
         "conversation %1 has a running answer without a journal"},
    };
    QStringList findings;
    for (const auto &[sql, finding] : checks) {
        if (findings.size() < mostFindings)
            look(connection, QString::fromLatin1(sql), QString::fromLatin1(finding), findings);
    }
    return findings;
}

//! Compares the search index with the messages; nothing changes by it, though SQLite has it as an
//! INSERT (sqlite.org/fts5.html, 6.4).
QString searchProblem(const QString &file)
{
    const auto connection = SqliteConnection::open(file, SqliteConnection::Mode::ReadWrite);
    return connection
               ? (*connection)
                     ->run({"INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"})
               : connection.error();
}

bool syncFile(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    return synced;
}

//! An unfinished copy and what SQLite has beside it: a journal that was left would be played back
//! into the next copy.
void removePart(const QString &part)
{
    for (const QLatin1String suffix :
         {QLatin1String(), QLatin1String("-journal"), QLatin1String("-wal"), QLatin1String("-shm")})
        QFile::remove(part + suffix);
}

//! Makes the empty file that is copied into: SQLite would make one that others may read until its
//! rights are set. The problem; empty when it is there.
QString makePart(const QString &part)
{
    const int fd = ::open(QFile::encodeName(part).constData(),
                          O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return QStringLiteral("\"%1\" cannot be made: %2").arg(part, qt_error_string(errno));
    ::close(fd);
    return {};
}

//! Copies, makes the copy one of its own, and checks it. The problem; empty when it is good.
QString copyTo(const SqliteConnection &source, const QString &part)
{
    if (QString problem = makePart(part); !problem.isEmpty())
        return problem;
    QSqlQuery copy(source.database());
    copy.prepare(QStringLiteral("VACUUM INTO ?"));
    copy.bindValue(0, part);
    if (!copy.exec())
        return copy.lastError().databaseText();
    const auto made = SqliteConnection::open(part, SqliteConnection::Mode::ReadWrite);
    if (!made)
        return made.error();
    const QString problem = (*made)->run({"UPDATE meta SET value = '' WHERE key = 'boot'"});
    if (!problem.isEmpty())
        return problem;
    return (*made)->value(QStringLiteral("PRAGMA quick_check")).toString() == u"ok"
               ? QString()
               : QStringLiteral("what was copied is damaged: run --check-database");
}

} // namespace

Result<QString, QString> backUpDatabase(const QString &url, const QString &target)
{
    const auto file = fileOf(url);
    if (!file)
        return Failure{file.error()};
    const auto cannot = [&target](const QString &why) {
        return Failure{QStringLiteral("The backup \"%1\" cannot be made: %2.").arg(target, why)};
    };
    if (QFileInfo::exists(target))
        return cannot(QStringLiteral("there is a file of that name already; take another name"));
    const QFileInfo folder(QFileInfo(target).absolutePath());
    if (!folder.isDir() || !folder.isWritable())
        return cannot(QStringLiteral("its folder is not there, or not writable"));
    const auto source = openOurs(*file);
    if (!source)
        return Failure{source.error()};

    const QString part = target + QStringLiteral(".part");
    removePart(part); // of a backup that was cut off
    QString problem = copyTo(**source, part);
    if (problem.isEmpty() && !syncFile(part))
        problem = QStringLiteral("it cannot be written to the disk");
    if (problem.isEmpty() && !QFile::rename(part, target))
        problem = QStringLiteral("it cannot get its name");
    if (!problem.isEmpty()) {
        removePart(part);
        return cannot(problem);
    }
    (void)syncFile(folder.filePath()); // its name
    return QStringLiteral("\"%1\" is backed up to \"%2\": %3, %4.")
        .arg(*file, target, countsOf(**source), sizeOf(target));
}

Result<QString, QString> checkDatabase(const QString &url)
{
    const auto file = fileOf(url);
    if (!file)
        return Failure{file.error()};
    const auto connection = openOurs(*file);
    if (!connection)
        return Failure{connection.error()};
    QStringList findings = findingsOf(**connection);
    QString note;
    if (const auto lock = DatabaseLock::take(*file, DatabaseLock::Missing::Leave)) {
        const QString problem = searchProblem(*file);
        if (!problem.isEmpty())
            findings.append(QStringLiteral("the search index: ") + problem);
    } else if (lock.error().isUsed) {
        note = QStringLiteral(" A server uses it: its search index was not compared.");
    } else {
        note = QStringLiteral(" Its search index was not compared: %1.").arg(lock.error().text);
    }
    if (findings.isEmpty()) {
        return QStringLiteral("The database \"%1\" is sound: %2, %3.%4")
            .arg(*file, countsOf(**connection), sizeOf(*file), note);
    }
    return Failure{QStringLiteral("The database \"%1\" is damaged; keep a copy of it, and bring "
                                  "back a backup:\n- %2")
                       .arg(*file, findings.join(QStringLiteral("\n- ")))};
}

} // namespace runnel
