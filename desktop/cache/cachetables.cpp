#include "cache/cachetables.h"

#include <QSet>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;
using Kind = BlobPlace::Kind;

namespace {

//! "RnCa": tells our files from others' (sqlite.org/fileformat.html, 1.3.8).
constexpr qint64 applicationId = 0x526e4361;
constexpr qint64 newestVersion = 2;

//! Servers and ids are plain, all else is sealed. `place` is the order in which rows were put.
//! A snapshot's content stands apart: SQLite writes a row whole when one column changes.
constexpr char schema[] =
    "CREATE TABLE meta (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);"
    "CREATE TABLE conversations (place INTEGER PRIMARY KEY, server TEXT NOT NULL,"
    " conversation TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (server, conversation));"
    "CREATE TABLE lists (server TEXT PRIMARY KEY, sealed BLOB NOT NULL);"
    "CREATE TABLE snapshots (place INTEGER PRIMARY KEY, server TEXT NOT NULL,"
    " conversation TEXT NOT NULL, opened INTEGER NOT NULL, UNIQUE (server, conversation));"
    "CREATE INDEX snapshots_opened ON snapshots (opened);"
    "CREATE TABLE contents (place INTEGER PRIMARY KEY, sealed BLOB NOT NULL);"
    "CREATE TRIGGER snapshot_removed AFTER DELETE ON snapshots BEGIN"
    " DELETE FROM contents WHERE place = old.place; END;"
    "CREATE TABLE unsent (place INTEGER PRIMARY KEY, server TEXT NOT NULL,"
    " conversation TEXT NOT NULL, item TEXT NOT NULL, sealed BLOB NOT NULL,"
    " UNIQUE (server, conversation, item));"
    "PRAGMA application_id = 1382957921;"
    "PRAGMA user_version = 2";

const QByteArray checkContent = QByteArrayLiteral("runnel");

} // namespace

CacheTables::CacheTables(CacheDatabase &database, const BlobSeal &seal)
    : m_database(database)
    , m_seal(seal)
{}

void CacheTables::create()
{
    m_database.run(schema);
    const QByteArray check = m_seal.seal({}, checkContent);
    CacheStatement(m_database, "INSERT INTO meta VALUES (1, ?)").bind(check).run();
}

CacheTables::Verdict CacheTables::inspect()
{
    const qint64 tables = m_database.number("SELECT count(*) FROM sqlite_schema");
    const qint64 id = m_database.number("PRAGMA application_id");
    const qint64 version = m_database.number("PRAGMA user_version");
    if (m_database.problem())
        return Verdict::Damaged;
    if (tables == 0 && version == 0)
        return Verdict::Empty;
    if (id != applicationId || version < newestVersion)
        return Verdict::Damaged;
    if (version > newestVersion)
        return Verdict::Newer;
    CacheStatement statement(m_database, "SELECT sealed FROM meta WHERE id = 1");
    const QByteArray check = statement.next() ? statement.blob(0) : QByteArray();
    if (m_seal.open({}, check) == checkContent)
        return Verdict::Ours;
    if (m_seal.encrypts() && BlobSeal({}).open({}, check) == checkContent)
        return Verdict::NotEncrypted;
    return !m_seal.encrypts() && BlobSeal::looksEncrypted(check) ? Verdict::Encrypted
                                                                 : Verdict::Damaged;
}

QList<CachedConversation> CacheTables::conversations(const QString &server)
{
    QList<CachedConversation> found;
    // Mostly there is one server, so to read all in order is quicker than to seek each by the
    // index.
    CacheStatement statement(m_database, "SELECT conversation, sealed FROM conversations"
                                         " NOT INDEXED WHERE server = ?");
    statement.bind(server);
    while (statement.next()) {
        const QString id = statement.text(0);
        const auto bytes = m_seal.open({Kind::Conversation, server, id}, statement.blob(1));
        if (auto conversation = bytes ? conversationFrom(id, *bytes) : std::nullopt)
            found.append(std::move(*conversation));
    }
    return found;
}

QDateTime CacheTables::listedAt(const QString &server)
{
    CacheStatement statement(m_database, "SELECT sealed FROM lists WHERE server = ?");
    statement.bind(server);
    const auto bytes =
        statement.next() ? m_seal.open({Kind::List, server}, statement.blob(0)) : std::nullopt;
    return bytes ? timeFrom(*bytes) : QDateTime();
}

std::optional<CachedSnapshot> CacheTables::snapshot(const QString &server,
                                                    const QString &conversation)
{
    CacheStatement statement(m_database, "SELECT sealed FROM contents WHERE place = (SELECT place"
                                         " FROM snapshots WHERE server = ? AND conversation = ?)");
    statement.bind(server).bind(conversation);
    if (!statement.next())
        return {};
    const auto bytes = m_seal.open({Kind::Snapshot, server, conversation}, statement.blob(0));
    return bytes ? snapshotFrom(*bytes) : std::nullopt;
}

QList<UnsentItem> CacheTables::unsent(const QString &server)
{
    QList<UnsentItem> found;
    const QList<PutUnsent> all = allUnsent();
    for (const PutUnsent &put : all) {
        if (put.server == server)
            found.append(put.item);
    }
    return found;
}

QList<PutUnsent> CacheTables::allUnsent()
{
    QList<PutUnsent> found;
    // By the table alone, which may be whole where an index is not.
    CacheStatement statement(m_database, "SELECT server, conversation, item, sealed"
                                         " FROM unsent NOT INDEXED ORDER BY place");
    while (statement.next()) {
        PutUnsent put{statement.text(0), {statement.text(1), statement.text(2), {}}};
        const BlobPlace place{Kind::Unsent, put.server, put.item.conversation, put.item.item};
        if (auto content = m_seal.open(place, statement.blob(3))) {
            put.item.content = std::move(*content);
            found.append(std::move(put));
        }
    }
    return found;
}

void CacheTables::apply(const CacheChange &change)
{
    std::visit([this](const auto &each) { write(each); }, change);
}

void CacheTables::write(const PutConversations &change)
{
    if (change.areAll)
        removeOthers(change);
    // The end of the list first: it is what goes first when there are too many.
    CacheStatement put(m_database,
                       "INSERT OR REPLACE INTO conversations (server, conversation, sealed)"
                       " VALUES (?, ?, ?)");
    for (qsizetype i = std::min<qsizetype>(change.conversations.size(), maxConversations); i > 0;
         --i) {
        const CachedConversation &conversation = change.conversations.at(i - 1);
        const QByteArray sealed = m_seal.seal({Kind::Conversation, change.server, conversation.id},
                                              toBytes(conversation));
        put.bind(change.server).bind(conversation.id).bind(sealed).run();
    }
    CacheStatement trim(m_database,
                        "DELETE FROM conversations WHERE place IN (SELECT place FROM conversations"
                        " WHERE server = ? ORDER BY place DESC LIMIT -1 OFFSET ?)");
    trim.bind(change.server).bind(qint64(maxConversations)).run();
    if (!change.at.isValid())
        return;
    const QByteArray sealed = m_seal.seal({Kind::List, change.server}, toBytes(change.at));
    CacheStatement note(m_database, "INSERT OR REPLACE INTO lists VALUES (?, ?)");
    note.bind(change.server).bind(sealed).run();
}

void CacheTables::removeOthers(const PutConversations &change)
{
    runWith("DELETE FROM conversations WHERE server = ?1", change.server);
    QSet<QString> listed;
    for (const CachedConversation &conversation : change.conversations)
        listed.insert(conversation.id);
    QStringList gone;
    CacheStatement all(m_database, "SELECT conversation FROM snapshots WHERE server = ?");
    all.bind(change.server);
    while (all.next()) {
        if (const QString id = all.text(0); !listed.contains(id))
            gone.append(id);
    }
    for (const QString &id : std::as_const(gone)) {
        runWith("DELETE FROM snapshots WHERE server = ?1 AND conversation = ?2", change.server, id);
    }
}

void CacheTables::write(const PutSnapshot &change)
{
    const QByteArray sealed =
        m_seal.seal({Kind::Snapshot, change.server, change.conversation}, toBytes(change.snapshot));
    runWith("INSERT INTO snapshots (server, conversation, opened) VALUES (?1, ?2, 0)"
            " ON CONFLICT DO NOTHING",
            change.server, change.conversation);
    CacheStatement put(m_database, "INSERT OR REPLACE INTO contents VALUES ((SELECT place FROM"
                                   " snapshots WHERE server = ? AND conversation = ?), ?)");
    put.bind(change.server).bind(change.conversation).bind(sealed).run();
    write(NoteOpened{change.server, change.conversation});
}

void CacheTables::write(const NoteOpened &change)
{
    runWith("UPDATE snapshots SET opened = (SELECT max(opened) + 1 FROM snapshots)"
            " WHERE server = ?1 AND conversation = ?2",
            change.server, change.conversation);
}

void CacheTables::write(const PutUnsent &change)
{
    const UnsentItem &item = change.item;
    const QByteArray sealed =
        m_seal.seal({Kind::Unsent, change.server, item.conversation, item.item}, item.content);
    CacheStatement put(m_database, "INSERT INTO unsent (server, conversation, item, sealed)"
                                   " VALUES (?, ?, ?, ?)"
                                   " ON CONFLICT DO UPDATE SET sealed = excluded.sealed");
    put.bind(change.server).bind(item.conversation).bind(item.item).bind(sealed).run();
}

void CacheTables::write(const RemoveUnsent &change)
{
    CacheStatement remove(m_database,
                          "DELETE FROM unsent WHERE server = ? AND conversation = ? AND item = ?");
    remove.bind(change.server).bind(change.conversation).bind(change.item).run();
}

void CacheTables::write(const RemoveConversation &change)
{
    for (const char *sql : {"DELETE FROM conversations WHERE server = ?1 AND conversation = ?2",
                            "DELETE FROM snapshots WHERE server = ?1 AND conversation = ?2",
                            "DELETE FROM unsent WHERE server = ?1 AND conversation = ?2"})
        runWith(sql, change.server, change.conversation);
}

void CacheTables::write(const RemoveServer &change)
{
    for (const char *sql :
         {"DELETE FROM conversations WHERE server = ?1", "DELETE FROM lists WHERE server = ?1",
          "DELETE FROM snapshots WHERE server = ?1", "DELETE FROM unsent WHERE server = ?1"})
        runWith(sql, change.server);
}

void CacheTables::write(const RemoveAll &)
{
    m_database.run("DELETE FROM conversations; DELETE FROM lists; DELETE FROM snapshots;"
                   "DELETE FROM contents; DELETE FROM unsent");
}

void CacheTables::shrinkTo(qint64 bytes)
{
    const qint64 pageBytes = m_database.number("PRAGMA page_size");
    const auto used = [this, pageBytes] {
        return pageBytes * (m_database.number("PRAGMA page_count") -
                            m_database.number("PRAGMA freelist_count"));
    };
    while (!m_database.problem() && used() > bytes &&
           m_database.number("SELECT count(*) FROM (SELECT 1 FROM snapshots LIMIT 1)") > 0) {
        m_database.run("DELETE FROM snapshots WHERE place ="
                       " (SELECT place FROM snapshots ORDER BY opened LIMIT 1)");
    }
}

void CacheTables::runWith(const char *sql, const QString &first)
{
    CacheStatement(m_database, sql).bind(first).run();
}

void CacheTables::runWith(const char *sql, const QString &first, const QString &second)
{
    CacheStatement(m_database, sql).bind(first).bind(second).run();
}

} // namespace runnel
