#include "sessions/conversation.h"

#include <algorithm>

namespace runnel {

namespace {

qint64 estimatedTokens(const HistoryMessage &message)
{
    const qint64 bytes =
        message.rawParts.isEmpty() ? message.text.toUtf8().size() : message.rawParts.size();
    return 1 + bytes / 4;
}

//! Whether the model may see that answer again.
bool isUsable(const MessageRecord &answer)
{
    return !answer.content.isEmpty() && answer.finishReason != FinishReason::Blocked;
}

} // namespace

const MessageRecord &Conversation::add(MessageRecord record)
{
    record.messageId = QStringLiteral("m%1").arg(m_messages.size() + 1);
    record.parentId = m_active;
    m_active = record.messageId;
    m_indexes.insert(record.messageId, m_messages.size());
    m_characters += record.content.size() + messageCharacters;
    m_messages.push_back({std::move(record), {}});
    return m_messages.back().record;
}

const MessageRecord &Conversation::addUser(const QString &content, const QString &clientId,
                                           const QDateTime &at)
{
    MessageRecord record;
    record.role = Role::User;
    record.content = content;
    record.id = clientId;
    record.at = at;
    if (!clientId.isEmpty())
        m_clientIds.insert(clientId, m_messages.size());
    return add(std::move(record));
}

const MessageRecord &Conversation::addAnswer(const QString &turn, const QString &agent,
                                             const QString &model, const QDateTime &at)
{
    MessageRecord record;
    record.role = Role::Model;
    record.turn = turn;
    record.agent = agent;
    record.model = model;
    record.at = at;
    record.state = MessageState::Running;
    return add(std::move(record));
}

void Conversation::appendText(const QString &messageId, const QString &text)
{
    if (Message *message = findMessage(messageId)) {
        message->record.content += text;
        m_characters += text.size();
    }
}

void Conversation::appendThought(const QString &messageId, const QString &text)
{
    if (Message *message = findMessage(messageId)) {
        message->record.thoughts += text;
        m_characters += text.size();
    }
}

void Conversation::finish(const QString &messageId, const TurnComplete &end,
                          const QByteArray &rawParts)
{
    Message *message = findMessage(messageId);
    if (!message)
        return;
    message->record.state = stateAfter(end.finishReason);
    message->record.finishReason = end.finishReason;
    message->record.usage = end.usage;
    keepRawParts(*message, rawParts);
}

void Conversation::fail(const QString &messageId, const Error &why, const QByteArray &rawParts)
{
    Message *message = findMessage(messageId);
    if (!message)
        return;
    message->record.state = MessageState::Failed;
    message->record.error = why;
    m_characters += why.text.size();
    keepRawParts(*message, rawParts);
}

void Conversation::keepRawParts(Message &message, const QByteArray &rawParts)
{
    m_rawBytes += rawParts.size() - message.rawParts.size();
    message.rawParts = rawParts;
}

bool Conversation::knows(const QString &clientId) const
{
    return m_clientIds.contains(clientId);
}

const MessageRecord *Conversation::find(const QString &messageId) const
{
    const auto index = m_indexes.constFind(messageId);
    return index == m_indexes.cend() ? nullptr : &m_messages[*index].record;
}

Conversation::Message *Conversation::findMessage(const QString &messageId)
{
    const auto index = m_indexes.constFind(messageId);
    return index == m_indexes.cend() ? nullptr : &m_messages[*index];
}

Snapshot Conversation::snapshot(Seq seq) const
{
    Snapshot snapshot;
    snapshot.seq = seq;
    snapshot.active = m_active;
    snapshot.messages.reserve(qsizetype(m_messages.size()));
    for (const Message &message : m_messages)
        snapshot.messages.append(message.record);
    return snapshot;
}

std::vector<const Conversation::Message *> Conversation::activeBranch() const
{
    std::vector<const Message *> branch;
    QString id = m_active;
    while (!id.isNull()) {
        const Message &message = m_messages[m_indexes.value(id)];
        branch.push_back(&message);
        id = message.record.parentId;
    }
    std::ranges::reverse(branch);
    return branch;
}

std::vector<HistoryMessage> Conversation::history(qint64 maxTokens, const QString &model) const
{
    const std::vector<const Message *> branch = activeBranch();
    if (branch.empty())
        return {};

    const auto entry = [&model](const Message &message) {
        const bool sameModel = message.record.model == model;
        return HistoryMessage{message.record.role, message.record.content,
                              sameModel ? message.rawParts : QByteArray()};
    };
    // From the newest exchange to the oldest, as far as the tokens reach; put in order at the end.
    std::vector<HistoryMessage> newestFirst{entry(*branch.back())};
    qint64 tokens = estimatedTokens(newestFirst.back());
    for (std::size_t i = branch.size() - 1; i >= 2; i -= 2) {
        if (!isUsable(branch[i - 1]->record))
            continue;
        HistoryMessage answer = entry(*branch[i - 1]);
        HistoryMessage question = entry(*branch[i - 2]);
        tokens += estimatedTokens(answer) + estimatedTokens(question);
        if (tokens > maxTokens)
            break;
        newestFirst.push_back(std::move(answer));
        newestFirst.push_back(std::move(question));
    }
    std::ranges::reverse(newestFirst);
    return newestFirst;
}

} // namespace runnel
