#pragma once

#include "llm/completionrequest.h"
#include "protocol/frames.h"

#include <QHash>

#include <vector>

namespace runnel {

//! The tree of messages of one session, and which branch is the visible one.
class Conversation
{
public:
    //! A user message under the active leaf; becomes the active leaf.
    const MessageRecord &addUser(const QString &content, const QString &clientId,
                                 const QDateTime &at);

    //! An answer that begins, under the active leaf; becomes the active leaf.
    const MessageRecord &addAnswer(const QString &turn, const QString &agent, const QString &model,
                                   const QDateTime &at);

    void appendText(const QString &messageId, const QString &text);
    void appendThought(const QString &messageId, const QString &text);

    //! The answer's end. \a rawParts is the provider's own form, for the history.
    void finish(const QString &messageId, const TurnComplete &end, const QByteArray &rawParts);
    void fail(const QString &messageId, const Error &why, const QByteArray &rawParts);

    //! Whether a user message with that id of the client's own was taken already.
    [[nodiscard]] bool knows(const QString &clientId) const;

    [[nodiscard]] bool isEmpty() const { return m_messages.empty(); }
    //! What a message costs besides its texts, in characters: about what a snapshot says of it.
    static constexpr qsizetype messageCharacters = 400;

    //! Characters of all texts together, and messageCharacters for each message.
    [[nodiscard]] qsizetype characters() const { return m_characters; }
    //! Memory that the messages and their raw parts take, about.
    [[nodiscard]] qint64 bytes() const { return 2 * qint64(m_characters) + m_rawBytes; }
    [[nodiscard]] const MessageRecord *find(const QString &messageId) const;

    [[nodiscard]] Snapshot snapshot(Seq seq) const;

    //! The visible branch as a model is asked with it: it ends with the active leaf, which must be
    //! a user message. Questions that were never answered and answers that were blocked are left
    //! out, both halves of them. When the rest has more than about \a maxTokens (a quarter of the
    //! UTF-8 bytes, the usual estimate), the oldest exchanges go, each whole; the last message
    //! always stays.
    //! Raw parts go along only where \a model answered then too: signatures do not survive a change
    //! of model.
    [[nodiscard]] std::vector<HistoryMessage> history(qint64 maxTokens, const QString &model) const;

private:
    struct Message
    {
        MessageRecord record;
        QByteArray rawParts;
    };

    const MessageRecord &add(MessageRecord record);
    void keepRawParts(Message &message, const QByteArray &rawParts);
    [[nodiscard]] Message *findMessage(const QString &messageId);
    [[nodiscard]] std::vector<const Message *> activeBranch() const;

    std::vector<Message> m_messages;
    QHash<QString, std::size_t> m_indexes; //!< By message id.
    QHash<QString, std::size_t> m_clientIds;
    QString m_active;
    qsizetype m_characters = 0;
    qint64 m_rawBytes = 0;
};

} // namespace runnel
