#include "models/offlinestore.h"

#include <QDir>
#include <QStandardPaths>

namespace runnel {

using namespace Qt::StringLiterals;

OfflineStore::OfflineStore(QObject *parent)
    : QObject(parent)
{}

OfflineStore::~OfflineStore() = default;

QString OfflineStore::defaultPath()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation))
        .filePath(u"conversations.db"_s);
}

void OfflineStore::open(const ConversationCache::Options &options)
{
    if (m_cache)
        return;
    m_cache = std::make_unique<ConversationCache>(options);
    connect(m_cache.get(), &ConversationCache::stateChanged, this, &OfflineStore::onStateChanged);
    connect(m_cache.get(), &ConversationCache::failed, this, [this](const QString &reason) {
        Q_EMIT told(tr("Conversations are not kept on this computer just now. %1").arg(reason));
    });
    if (!m_cache->reason().isEmpty())
        Q_EMIT told(m_cache->reason());
    if (keeps()) {
        Q_EMIT keepsChanged();
        Q_EMIT opened();
    }
}

ConversationCache *OfflineStore::cache() const
{
    return m_cache && !m_isForgotten && m_cache->state() != CacheState::Unavailable ? m_cache.get()
                                                                                    : nullptr;
}

ConversationCache *OfflineStore::cacheFor(const QUrl &server) const
{
    return m_forgotten.contains(server) ? nullptr : cache();
}

void OfflineStore::forgetServer(const QUrl &server)
{
    m_forgotten.insert(server);
    if (ConversationCache *const kept = cache())
        kept->removeServer(server.toString());
}

void OfflineStore::forgetAll()
{
    if (!keeps())
        return;
    m_cache->clear();
    m_isForgotten = true; // It still writes that; what could not be written is told.
    Q_EMIT keepsChanged();
    Q_EMIT told(tr("Deleted from this computer. Nothing is kept here until Runnel starts again."));
}

//! Reading may find the damage, in the middle of what its caller does: told from the event loop.
void OfflineStore::onStateChanged()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            Q_EMIT told(m_cache->reason());
            Q_EMIT keepsChanged();
            if (keeps())
                Q_EMIT rebuilt();
        },
        Qt::QueuedConnection);
}

} // namespace runnel
