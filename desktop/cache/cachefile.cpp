#include "cache/cachefile.h"

#include "cache/cachetables.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace runnel {

using namespace Qt::StringLiterals;
using Verdict = CacheTables::Verdict;

namespace {

struct Inspected
{
    Verdict verdict = Verdict::Damaged;
    CacheProblem problem; //!< Why it cannot be said; nothing else is known then.
    QList<PutUnsent> unsent;
};

QString newerFile(const QString &file)
{
    return file + u".newer"_s;
}

QString lockedFile(const QString &file)
{
    return file + u".locked"_s;
}

void removeLogs(const QString &file)
{
    for (const QString &end : {u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(file + end);
}

OpenedCache unavailable(const QString &why)
{
    return {CacheState::Unavailable, u"The cache cannot be used: "_s + why + u'.', nullptr};
}

//! Says what \a file is, and reads what is unsent in one that will be replaced.
Inspected inspect(const QString &file, const BlobSeal &seal)
{
    Inspected found;
    auto database = CacheDatabase::open(file);
    if (!database) {
        found.problem = database.error();
        return found;
    }
    found.verdict = CacheTables(**database, seal).inspect();
    found.problem = (*database)->takeProblem();
    const BlobSeal plain({});
    const BlobSeal &reader = found.verdict == Verdict::NotEncrypted ? plain : seal;
    if (found.verdict == Verdict::NotEncrypted || found.verdict == Verdict::Damaged)
        found.unsent = CacheTables(**database, reader).allUnsent();
    return found;
}

//! For this user alone; the log that SQLite makes beside it takes its rights.
int makeFile(const QString &file)
{
    const int fd =
        ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    ::close(fd);
    return 0;
}

//! So that the file's name outlasts a power cut, as what is put into it.
void syncFolder(const QString &file)
{
    const QByteArray folder = QFile::encodeName(QFileInfo(file).absolutePath());
    if (const int fd = ::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

QString createAt(const QString &file, const BlobSeal &seal, const QList<PutUnsent> &unsent)
{
    QFile::remove(file);
    removeLogs(file);
    if (const int error = makeFile(file); error != 0)
        return qt_error_string(error);
    const auto database = CacheDatabase::open(file);
    if (!database)
        return database.error().text;
    CacheTables tables(**database, seal);
    // Without a journal: until it has its name, nobody needs to go back.
    (*database)->run("PRAGMA journal_mode = OFF; BEGIN");
    tables.create();
    for (const PutUnsent &put : unsent)
        tables.apply(put);
    (*database)->run("COMMIT; PRAGMA journal_mode = WAL");
    return (*database)->takeProblem().text;
}

//! It is whole before it has its name: who is killed meanwhile finds the old one, or the new one.
QString replace(const QString &file, const BlobSeal &seal, const QList<PutUnsent> &unsent)
{
    const QString made = file + u".new"_s;
    if (QString problem = createAt(made, seal, unsent); !problem.isEmpty()) {
        QFile::remove(made);
        removeLogs(made);
        return problem;
    }
    // Before: SQLite would read an old log into the new file.
    removeLogs(file);
    if (::rename(QFile::encodeName(made).constData(), QFile::encodeName(file).constData()) != 0)
        return qt_error_string(errno);
    syncFolder(file);
    return {};
}

//! With its log, where the connection that looked into it could not bring that into the file.
QString putAside(const QString &file, const QString &aside)
{
    removeLogs(aside);
    if (::rename(QFile::encodeName(file).constData(), QFile::encodeName(aside).constData()) != 0)
        return qt_error_string(errno);
    QFile::rename(file + u"-wal"_s, aside + u"-wal"_s);
    return {};
}

OpenedCache open(const QString &file, CacheState state, const QString &reason)
{
    // Where somebody made it readable for others.
    ::chmod(QFile::encodeName(file).constData(), 0600);
    auto database = CacheDatabase::open(file);
    if (!database)
        return unavailable(database.error().text);
    (*database)->run("PRAGMA journal_mode = WAL");
    if (const CacheProblem problem = (*database)->takeProblem())
        return unavailable(problem.text);
    return {state, reason, std::move(*database)};
}

OpenedCache beginAnew(const QString &file, const BlobSeal &seal, const QList<PutUnsent> &unsent,
                      CacheState state, const QString &reason)
{
    const QString problem = replace(file, seal, unsent);
    return problem.isEmpty() ? open(file, state, reason) : unavailable(problem);
}

QString reasonOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotEncrypted:
        return u"The cache was not encrypted, and is now. It begins anew from the server."_s;
    case Verdict::Encrypted:
        return u"The cache is encrypted and its key is not there. A new one begins from the "
               u"server, "
               "without encryption."_s;
    case Verdict::Newer:
        return u"The cache is of a newer version of Runnel. A new one begins from the server."_s;
    case Verdict::Ours:
    case Verdict::Empty:
    case Verdict::Damaged:
        break;
    }
    return u"The cache was damaged, or of another key. It is rebuilt from the server."_s;
}

//! Takes over what is unsent in the encrypted cache that was put aside while there was no key; what
//! came since is newer. Where that fails it stays for the next time.
void takeOverLocked(const QString &file, const BlobSeal &seal, CacheDatabase &database)
{
    const QString locked = lockedFile(file);
    if (!seal.encrypts() || !QFileInfo::exists(locked))
        return;
    QList<PutUnsent> unsent;
    {
        const auto old = CacheDatabase::open(locked);
        if (old)
            unsent = CacheTables(**old, seal).allUnsent();
        const CacheProblem problem = old ? (*old)->takeProblem() : old.error();
        if (problem && !problem.isDamage())
            return;
    }
    CacheTables tables(database, seal);
    unsent += tables.allUnsent();
    database.run("BEGIN IMMEDIATE");
    for (const PutUnsent &put : std::as_const(unsent))
        tables.apply(put);
    database.run("COMMIT");
    if (database.takeProblem()) {
        database.run("ROLLBACK");
        (void)database.takeProblem();
        return;
    }
    QFile::remove(locked);
    removeLogs(locked);
}

OpenedCache openExisting(const QString &file, const BlobSeal &seal)
{
    const Inspected found = inspect(file, seal);
    if (found.problem && !found.problem.isDamage())
        return unavailable(found.problem.text);
    if (found.verdict == Verdict::Ours)
        return open(file, CacheState::Opened, {});
    if (found.verdict == Verdict::Newer || found.verdict == Verdict::Encrypted) {
        const QString aside = found.verdict == Verdict::Newer ? newerFile(file) : lockedFile(file);
        if (const QString problem = putAside(file, aside); !problem.isEmpty())
            return unavailable(problem);
    }
    return beginAnew(file, seal, found.unsent, CacheState::Rebuilt, reasonOf(found.verdict));
}

} // namespace

OpenedCache openCache(const QString &file, const BlobSeal &seal)
{
    const QFileInfo info(file);
    if (info.isDir())
        return unavailable(u"\"%1\" is a folder"_s.arg(file));
    OpenedCache opened = info.exists() ? openExisting(file, seal)
                                       : beginAnew(file, seal, {}, CacheState::Created, {});
    if (opened.database)
        takeOverLocked(file, seal, *opened.database);
    return opened;
}

OpenedCache rebuildCache(const QString &file, const BlobSeal &seal)
{
    QList<PutUnsent> unsent;
    if (auto old = CacheDatabase::open(file))
        unsent = CacheTables(**old, seal).allUnsent();
    return beginAnew(file, seal, unsent, CacheState::Rebuilt, reasonOf(Verdict::Damaged));
}

void removeCachesAside(const QString &file)
{
    for (const QString &aside : {newerFile(file), lockedFile(file)}) {
        QFile::remove(aside);
        removeLogs(aside);
    }
}

} // namespace runnel
