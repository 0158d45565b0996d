#pragma once

#include "cache/blobseal.h"
#include "cache/cachechange.h"
#include "cache/cachedatabase.h"

namespace runnel {

//! What is in the cache's tables, on one connection. Problems are the database's; who writes is in
//! a transaction. Blobs that cannot be opened are passed over, as if they were not there.
class CacheTables
{
public:
    //! So many lines of a server's list at most; those put longest ago go first.
    static constexpr int maxConversations = 20'000;

    //! Both outlive it.
    CacheTables(CacheDatabase &database, const BlobSeal &seal);

    //! Makes the tables in an empty database.
    void create();

    enum class Verdict {
        Ours,
        Empty,        //!< No database yet.
        Damaged,      //!< Or of another program, or of another key.
        NotEncrypted, //!< Ours, from a time without a key.
        Encrypted,    //!< Ours, and there is no key now.
        Newer,        //!< Of a later version of this program.
    };
    //! May leave a problem in the database: then nothing is said but Damaged.
    [[nodiscard]] Verdict inspect();

    //! In no order.
    [[nodiscard]] QList<CachedConversation> conversations(const QString &server);
    //! When the server said its list last; invalid where that is not known.
    [[nodiscard]] QDateTime listedAt(const QString &server);
    [[nodiscard]] std::optional<CachedSnapshot> snapshot(const QString &server,
                                                         const QString &conversation);
    //! Oldest first.
    [[nodiscard]] QList<UnsentItem> unsent(const QString &server);
    //! The same of all servers; also of a damaged file, as far as it can be read.
    [[nodiscard]] QList<PutUnsent> allUnsent();

    void apply(const CacheChange &change);
    //! Drops snapshots, those first that were opened longest ago, until the database has at most so
    //! many bytes in use. Nothing else is ever dropped.
    void shrinkTo(qint64 bytes);

private:
    void write(const PutConversations &change);
    void write(const PutSnapshot &change);
    void write(const NoteOpened &change);
    void write(const PutUnsent &change);
    void write(const RemoveUnsent &change);
    void write(const RemoveConversation &change);
    void write(const RemoveServer &change);
    void write(const RemoveAll &change);
    void removeOthers(const PutConversations &change);
    //! With the parameters :1 and perhaps :2.
    void runWith(const char *sql, const QString &first);
    void runWith(const char *sql, const QString &first, const QString &second);

    CacheDatabase &m_database;
    const BlobSeal &m_seal;
};

} // namespace runnel
