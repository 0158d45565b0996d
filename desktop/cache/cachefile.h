#pragma once

#include "cache/blobseal.h"
#include "cache/cachedatabase.h"

#include <QString>

#include <memory>

namespace runnel {

//! What became of the cache when it was opened.
enum class CacheState {
    Opened,      //!< As it was left.
    Created,     //!< There was none.
    Rebuilt,     //!< There was one that cannot be used: it begins anew.
    Unavailable, //!< There is none, and what is put is not kept.
};

//! An opened cache: its database, null when it is Unavailable.
struct OpenedCache
{
    CacheState state = CacheState::Unavailable;
    QString reason; //!< A sentence for people; of Rebuilt and Unavailable, else empty.
    std::unique_ptr<CacheDatabase> database;
};

//! Opens the cache in \a file, and begins it anew where it cannot be used. Who calls has the
//! CacheLock, and \a seal outlives the call. A new file is readable by this user alone.
//!
//! A cache that begins anew takes over what was unsent, as far as it can be read. Nothing else:
//! the server has it. The old file is deleted, but for two that can be of use again, and of which
//! the last one each is put aside: of a later version of this program (`FILE.newer`), and an
//! encrypted one when there is no key, perhaps since the keychain is locked (`FILE.locked`); what
//! is unsent in that one is taken over once its key is there.
[[nodiscard]] OpenedCache openCache(const QString &file, const BlobSeal &seal);

//! Begins it anew, whatever is there. Nobody has the file open.
[[nodiscard]] OpenedCache rebuildCache(const QString &file, const BlobSeal &seal);

//! Deletes what openCache() put aside.
void removeCachesAside(const QString &file);

} // namespace runnel
