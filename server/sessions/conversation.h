#pragma once

#include "llm/completionrequest.h"
#include "protocol/frames.h"
#include "storage/storedconversation.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace runnel {

//! The tree of messages of one session, and which branch is the visible one.
class Conversation
{
public:
    Conversation() = default;
    //! One that was stored: \a active is the leaf of its visible branch.
    Conversation(std::vector<StoredMessage> messages, const QString &active);

    //! A user message under the active leaf; becomes the active leaf.
    const MessageRecord &addUser(const QString &content, const QString &clientId,
                                 const QDateTime &at);
    //! A user message beside that one, which is there; becomes the active leaf.
    const MessageRecord &addSibling(const QString &messageId, const QString &content,
                                    const QString &clientId, const QDateTime &at);

    //! An answer that begins, under the active leaf; becomes the active leaf.
    const MessageRecord &addAnswer(const QString &turn, const QString &agent, const QString &model,
                                   const QDateTime &at);
    //! An answer that begins, under that question, which is there; becomes the active leaf. \a
    //! clientId is that of who asked for it; may be empty.
    const MessageRecord &addAnswerTo(const QString &questionId, const QString &turn,
                                     const QString &agent, const QString &model,
                                     const QDateTime &at, const QString &clientId);
    //! That answer, which is there and has ended, goes on; becomes the active leaf. What comes is
    //! joined to what it has: texts, raw parts and usage.
    const MessageRecord &goOn(const QString &answerId, const QString &turn, const QString &model,
                              const QString &clientId);

    //! Makes the newest branch through that message, which is there, the visible one. False when it
    //! was already.
    bool select(const QString &messageId);

    void appendText(const QString &messageId, const QString &text);
    void appendThought(const QString &messageId, const QString &text);

    //! The answer's end. \a rawParts is the provider's own form, for the history.
    void finish(const QString &messageId, const TurnComplete &end, const QByteArray &rawParts);
    void fail(const QString &messageId, const Error &why, const QByteArray &rawParts);

    //! Whether what has that id of the client's own was done already.
    [[nodiscard]] bool knows(const QString &clientId) const;

    [[nodiscard]] bool isEmpty() const { return m_messages.empty(); }
    //! What a message costs besides its texts, in characters: about what a snapshot says of it.
    static constexpr qsizetype messageCharacters = 400;

    //! Characters of all texts together, and messageCharacters for each message.
    [[nodiscard]] qsizetype characters() const { return m_characters; }
    //! Memory that the messages and their raw parts take, about.
    [[nodiscard]] qint64 bytes() const { return 2 * qint64(m_characters) + m_rawBytes; }
    [[nodiscard]] const MessageRecord *find(const QString &messageId) const;
    //! The newest message below that one, or beside the root for a null id; nullptr when there is
    //! none.
    [[nodiscard]] const MessageRecord *newestChild(const QString &messageId) const;
    [[nodiscard]] const QString &active() const { return m_active; }
    //! As it is stored. The message must be there.
    [[nodiscard]] StoredMessage stored(const QString &messageId) const;
    //! All of them, in the order in which they came.
    [[nodiscard]] const std::vector<StoredMessage> &messages() const { return m_messages; }

    [[nodiscard]] Snapshot snapshot(Seq seq) const;

    //! The visible branch as a model is asked with it: it ends with the active leaf, which must be
    //! a user message. Questions that were never answered and answers that were blocked are left
    //! out, both halves of them. When the rest has more than about \a maxTokens (a quarter of the
    //! UTF-8 bytes, the usual estimate), the oldest exchanges go, each whole; the last message
    //! always stays.
    //! Raw parts go along only where \a model answered then too: signatures do not survive a change
    //! of model.
    [[nodiscard]] std::vector<HistoryMessage> history(qint64 maxTokens, const QString &model) const
    {
        return historyOf(m_active, maxTokens, model);
    }
    //! The same of the branch that ends with that message, a user's, which is there.
    [[nodiscard]] std::vector<HistoryMessage> historyOf(const QString &questionId, qint64 maxTokens,
                                                        const QString &model) const;
    //! What a model is asked so that it goes on with that answer, which is there: the branch as far
    //! as it is, and the request to go on.
    [[nodiscard]] std::vector<HistoryMessage>
    historyToGoOn(const QString &answerId, qint64 maxTokens, const QString &model) const;

private:
    using Message = StoredMessage;

    //! What an answer that goes on had before.
    struct Before
    {
        QString messageId;
        qsizetype characters = 0; //!< Of its content.
        QByteArray rawParts;
        std::optional<Usage> usage;
    };

    const MessageRecord &add(const QString &parentId, MessageRecord record);
    void remember(const Message &message, std::size_t index);
    void keepRawParts(Message &message, const QByteArray &rawParts);
    [[nodiscard]] Message *findMessage(const QString &messageId);
    [[nodiscard]] std::vector<const Message *> branchTo(const QString &leaf) const;

    std::vector<Message> m_messages;
    QHash<QString, std::size_t> m_indexes; //!< By message id.
    QSet<QString> m_clientIds;
    Before m_before; //!< Of the answer that went on last.
    QString m_active;
    qsizetype m_characters = 0;
    qint64 m_rawBytes = 0;
};

} // namespace runnel
