#pragma once

#include "storage/conversationstore.h"

#include <QHash>

namespace runnel {

//! Conversations that last as long as the process: for tests, and for servers that shall keep
//! nothing. Bounded: beyond its bytes the conversations that were left alone for the longest go.
class MemoryStore final : public ConversationStore
{
    Q_OBJECT

public:
    //! \a maxBytes of all conversations together, about.
    explicit MemoryStore(qint64 maxBytes = qint64(512) * 1024 * 1024, QObject *parent = nullptr);

    void putHead(const ConversationHead &head) override;
    void putMessage(const QString &conversation, const StoredMessage &message) override;
    void append(const QString &conversation, Seq seq, Append what, const QString &text) override;
    [[nodiscard]] std::optional<Error> commit() override;
    [[nodiscard]] bool isBroken() const override { return false; }
    [[nodiscard]] bool recover() override { return true; }
    [[nodiscard]] Result<std::optional<StoredConversation>, Error> load(const QString &id) override;
    [[nodiscard]] QFuture<Result<ConversationPage, Error>>
    list(const ConversationQuery &query) override;
    [[nodiscard]] Result<bool, Error> remove(const QString &id) override;
    [[nodiscard]] Result<bool, Error> restore(const QString &id) override;

    //! Takes those away for good that were removed longer than undoTime ago.
    void purge(const QDateTime &now = QDateTime::currentDateTimeUtc());

private:
    struct Entry
    {
        StoredConversation conversation;
        qint64 bytes = 0;
        QDateTime removedAt; //!< Invalid while it is there.
    };

    void makeRoom();

    QHash<QString, Entry> m_entries;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
};

} // namespace runnel
