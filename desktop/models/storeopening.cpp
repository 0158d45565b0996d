#include "models/storeopening.h"

#include <utility>

namespace runnel {

StoreOpening::StoreOpening(OfflineStore &store, TokenStore &secrets, const QString &path,
                           std::chrono::milliseconds longest)
    : m_store(store)
    , m_secrets(secrets)
    , m_path(path)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(longest);
    connect(&m_limit, &QTimer::timeout, this, &StoreOpening::settle);
}

void StoreOpening::start()
{
    m_limit.start();
    ask();
}

void StoreOpening::ask()
{
    m_reply = m_secrets.cacheKey();
    connect(m_reply.get(), &SecretReply::finished, this, &StoreOpening::onKey);
}

void StoreOpening::onKey()
{
    if (m_reply->place() == SecretReply::Place::Keychain) {
        m_store.open({m_path, m_reply->secret()});
    } else if (!m_secrets.hasKeychain()) {
        // A key that is in memory only would not fit at the next start.
        m_store.open({m_path, {}});
    } else {
        m_store.tell(tr("Conversations are not kept on this computer: the keychain with their key "
                        "is locked."));
        // Queued: the reply is the sender of the signal that we are in.
        connect(&m_secrets, &TokenStore::stateChanged, this, &StoreOpening::ask,
                Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
    }
    settle();
}

void StoreOpening::settle()
{
    m_limit.stop();
    if (!std::exchange(m_isSettled, true))
        Q_EMIT settled();
}

} // namespace runnel
