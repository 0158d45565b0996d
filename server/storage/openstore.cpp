#include "storage/openstore.h"

#include "storage/memorystore.h"
#include "storage/sqlitestore.h"

namespace runnel {

namespace {

constexpr QLatin1String memory("memory:");
constexpr QLatin1String sqlite("sqlite:");

} // namespace

bool isStoreUrl(const QString &url)
{
    return url == memory || !databaseFile(url).isEmpty();
}

QString databaseFile(const QString &url)
{
    return url.startsWith(sqlite) ? url.sliced(sqlite.size()) : QString();
}

Result<std::unique_ptr<ConversationStore>, QString> openStore(const QString &url,
                                                              qint64 memoryBytes)
{
    using Store = std::unique_ptr<ConversationStore>;
    if (url == memory)
        return Store(std::make_unique<MemoryStore>(memoryBytes));
    if (!isStoreUrl(url)) {
        return Failure{
            QStringLiteral("DATABASE_URL is \"%1\"; it may be sqlite:FILE or memory:.").arg(url)};
    }
    auto store = SqliteStore::open(databaseFile(url));
    if (!store)
        return Failure{store.error()};
    return Store(std::move(*store));
}

} // namespace runnel
