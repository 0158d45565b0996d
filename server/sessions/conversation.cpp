#include "sessions/conversation.h"

#include <algorithm>

namespace runnel {

namespace {

MessageState stateAfter(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stopped:
        return MessageState::Stopped;
    case FinishReason::Interrupted:
        return MessageState::Interrupted;
    case FinishReason::Stop:
    case FinishReason::Length:
    case FinishReason::Blocked:
        break;
    }
    return MessageState::Done;
}

qint64 estimatedTokens(const QString &text)
{
    return 1 + text.toUtf8().size() / 4;
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
    m_characters += record.content.size();
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
    message->rawParts = rawParts;
}

void Conversation::fail(const QString &messageId, const Error &why, const QByteArray &rawParts)
{
    Message *message = findMessage(messageId);
    if (!message)
        return;
    message->record.state = MessageState::Failed;
    message->record.error = why;
    message->rawParts = rawParts;
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

std::vector<HistoryMessage> Conversation::history(qint64 maxTokens) const
{
    const std::vector<const Message *> branch = activeBranch();
    if (branch.empty())
        return {};

    // From the newest exchange to the oldest, as far as the tokens reach; put in order at the end.
    const auto entry = [](const Message &message) {
        return HistoryMessage{message.record.role, message.record.content, message.rawParts};
    };
    std::vector<HistoryMessage> newestFirst{entry(*branch.back())};
    qint64 tokens = estimatedTokens(branch.back()->record.content);
    for (std::size_t i = branch.size() - 1; i >= 2; i -= 2) {
        const Message &answer = *branch[i - 1];
        const Message &question = *branch[i - 2];
        if (!isUsable(answer.record))
            continue;
        tokens += estimatedTokens(answer.record.content) + estimatedTokens(question.record.content);
        if (tokens > maxTokens)
            break;
        newestFirst.push_back(entry(answer));
        newestFirst.push_back(entry(question));
    }
    std::ranges::reverse(newestFirst);
    return newestFirst;
}

} // namespace runnel
