#pragma once

#include "cache/conversationcache.h"

#include <QObject>
#include <QSet>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace runnel {

//! What this computer keeps of the servers' conversations, for the window: a ConversationCache that
//! may come late, since its key does, or never. Of the window's thread; outlives who uses it.
class OfflineStore : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(bool keeps READ keeps NOTIFY keepsChanged)

public:
    explicit OfflineStore(QObject *parent = nullptr);
    ~OfflineStore() override;

    //! `conversations.db` in the folder for this program's data: what nobody has sent yet is in it,
    //! so it is not in the folder that cleaners empty.
    [[nodiscard]] static QString defaultPath();

    //! Once. From then on cache() is there, unless it cannot be used, and told() says why.
    void open(const ConversationCache::Options &options);

    //! Has told() say it.
    void tell(const QString &text) { Q_EMIT told(text); }

    //! Null before open(), after forgetAll(), and where it cannot be used.
    [[nodiscard]] ConversationCache *cache() const;
    //! The same for one server; null after forgetServer() too.
    [[nodiscard]] ConversationCache *cacheFor(const QUrl &server) const;
    [[nodiscard]] bool keeps() const { return cache() != nullptr; }

    //! What is kept of it goes, and nothing is kept until remember().
    void forgetServer(const QUrl &server);
    void remember(const QUrl &server) { m_forgotten.remove(server); }
    //! All that is kept goes, what is unsent too, and nothing is kept until the next start.
    Q_INVOKABLE void forgetAll();

Q_SIGNALS:
    void keepsChanged();
    //! cache() is there, from now on.
    void opened();
    //! It was found damaged and begins anew: all that is known is to be put again.
    void rebuilt();
    //! For the person: it was damaged, it cannot be written.
    void told(const QString &text);

private:
    void onStateChanged();

    std::unique_ptr<ConversationCache> m_cache;
    bool m_isForgotten = false;
    QSet<QUrl> m_forgotten;
};

} // namespace runnel
