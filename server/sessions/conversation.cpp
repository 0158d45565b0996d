#include "sessions/conversation.h"

#include "protocol/codec.h"
#include "protocol/wellformed.h"

#include <algorithm>
#include <utility>

namespace runnel {

namespace {

//! Of one answer. A client asks again for what it has no answer for yet, which is the last it did.
constexpr qsizetype mostEarlierIds = 16;

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

//! Counts that one of the two does not know are those of the other.
Usage sum(const Usage &a, const Usage &b)
{
    const auto add = [](qint64 x, qint64 y) { return x < 0 ? y : y < 0 ? x : x + y; };
    Usage both{add(a.promptTokens, b.promptTokens), add(a.cachedTokens, b.cachedTokens),
               add(a.thoughtTokens, b.thoughtTokens), add(a.answerTokens, b.answerTokens),
               add(a.totalTokens, b.totalTokens)};
    if (a.costUsd || b.costUsd)
        both.costUsd = a.costUsd.value_or(0) + b.costUsd.value_or(0);
    return both;
}

//! The JSON arrays of an answer's two halves as one. A half that has a text and no parts would be
//! missing in it, so then there are none.
QByteArray joined(bool firstHasText, const QByteArray &first, bool secondHasText,
                  const QByteArray &second)
{
    if ((firstHasText && first.isEmpty()) || (secondHasText && second.isEmpty()))
        return {};
    if (first.isEmpty() || second.isEmpty())
        return first.isEmpty() ? second : first;
    return first.chopped(1) + ',' + second.sliced(1);
}

//! What asks a model to go on.
QString goOnRequest()
{
    return QStringLiteral("Your answer was cut off. Go on with it exactly where it ends, in the "
                          "middle of a word if need be. Repeat nothing and add no remark.");
}

} // namespace

Conversation::Conversation(std::vector<StoredMessage> messages, const QString &active)
    : m_messages(std::move(messages))
    , m_active(active)
{
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
        MessageRecord &record = m_messages[i].record;
        if (!m_indexes.contains(record.parentId))
            record.parentId.clear(); // of a damaged store: a walk to the root has to end
        remember(m_messages[i], i);
        m_characters += charactersOf(record);
        m_rawBytes += m_messages[i].rawParts.size();
    }
    if (!m_indexes.contains(m_active))
        m_active = m_messages.empty() ? QString() : m_messages.back().record.messageId;
}

void Conversation::remember(const Message &message, std::size_t index)
{
    m_indexes.insert(message.record.messageId, index);
    if (!message.record.id.isEmpty())
        m_clientIds.insert(message.record.id);
    for (const QString &id : message.earlierIds)
        m_clientIds.insert(id);
    m_characters += messageCharacters;
}

const MessageRecord &Conversation::add(const QString &parentId, MessageRecord record)
{
    // One that was imported may have any ids.
    std::size_t number = m_messages.size() + 1;
    do {
        record.messageId = QStringLiteral("m%1").arg(number++);
    } while (m_indexes.contains(record.messageId));
    record.parentId = parentId;
    m_active = record.messageId;
    m_characters += record.content.size();
    m_messages.push_back({std::move(record), {}});
    remember(m_messages.back(), m_messages.size() - 1);
    return m_messages.back().record;
}

const MessageRecord &Conversation::addUser(const QString &content, const QString &clientId,
                                           const QDateTime &at)
{
    MessageRecord record;
    record.role = Role::User;
    record.content = wellFormed(content);
    record.id = clientId;
    record.at = at;
    return add(m_active, std::move(record));
}

const MessageRecord &Conversation::addSibling(const QString &messageId, const QString &content,
                                              const QString &clientId, const QDateTime &at)
{
    m_active = find(messageId)->parentId;
    return addUser(content, clientId, at);
}

const MessageRecord &Conversation::addAnswer(const QString &turn, const QString &agent,
                                             const QString &model, const QDateTime &at)
{
    return addAnswerTo(m_active, turn, agent, model, at, {});
}

const MessageRecord &Conversation::addAnswerTo(const QString &questionId, const QString &turn,
                                               const QString &agent, const QString &model,
                                               const QDateTime &at, const QString &clientId)
{
    MessageRecord record;
    record.role = Role::Model;
    record.id = clientId;
    record.turn = turn;
    record.agent = agent;
    record.model = model;
    record.at = at;
    record.state = MessageState::Running;
    return add(questionId, std::move(record));
}

const MessageRecord &Conversation::goOn(const QString &answerId, const QString &turn,
                                        const QString &model, const QString &clientId)
{
    Message &message = *findMessage(answerId);
    MessageRecord &record = message.record;
    // Parts that lack what comes now would tell the model less than the text does, should this
    // process end before they are joined.
    m_rawBytes -= message.rawParts.size();
    m_before = {answerId, record.content.size(), std::exchange(message.rawParts, {}), record.usage};
    // Of another model's parts no more than the text is sent back.
    if (record.model != model)
        m_before.rawParts.clear();
    if (record.error)
        m_characters -= record.error->text.size();
    record.turn = turn;
    record.model = model;
    record.state = MessageState::Running;
    record.finishReason.reset();
    record.usage.reset();
    record.error.reset();
    if (!clientId.isEmpty()) {
        if (!record.id.isEmpty())
            message.earlierIds.append(record.id);
        if (message.earlierIds.size() > mostEarlierIds)
            message.earlierIds.removeFirst();
        record.id = clientId;
        m_clientIds.insert(clientId);
    }
    m_active = answerId;
    return record;
}

bool Conversation::select(const QString &messageId)
{
    const std::vector<const Message *> visible = branchTo(m_active);
    if (std::ranges::any_of(visible, [&messageId](const Message *message) {
            return message->record.messageId == messageId;
        })) {
        return false;
    }
    m_active = messageId;
    while (const MessageRecord *child = newestChild(m_active))
        m_active = child->messageId;
    return true;
}

const MessageRecord *Conversation::newestChild(const QString &messageId) const
{
    const auto child =
        std::find_if(m_messages.rbegin(), m_messages.rend(), [&messageId](const Message &message) {
            return message.record.parentId == messageId;
        });
    return child == m_messages.rend() ? nullptr : &child->record;
}

StoredMessage Conversation::stored(const QString &messageId) const
{
    return m_messages[m_indexes.value(messageId)];
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
    if (m_before.messageId == messageId && m_before.usage)
        message->record.usage = sum(*m_before.usage, end.usage);
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
    QByteArray whole = rawParts;
    if (m_before.messageId == message.record.messageId) {
        const bool hasMore = message.record.content.size() > m_before.characters;
        whole = joined(m_before.characters > 0, m_before.rawParts, hasMore, rawParts);
    }
    m_rawBytes += whole.size() - message.rawParts.size();
    message.rawParts = whole;
    if (m_before.messageId == message.record.messageId)
        m_before = {};
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
    for (const Message &message : m_messages) {
        snapshot.messages.append(message.record);
        snapshot.taken.append(message.earlierIds);
    }
    return snapshot;
}

std::vector<const Conversation::Message *> Conversation::branchTo(const QString &leaf) const
{
    std::vector<const Message *> branch;
    QString id = leaf;
    while (!id.isNull()) {
        const Message &message = m_messages[m_indexes.value(id)];
        branch.push_back(&message);
        id = message.record.parentId;
    }
    std::ranges::reverse(branch);
    return branch;
}

std::vector<HistoryMessage> Conversation::historyToGoOn(const QString &answerId, qint64 maxTokens,
                                                        const QString &model) const
{
    const Message &answer = m_messages[m_indexes.value(answerId)];
    std::vector<HistoryMessage> history = historyOf(answer.record.parentId, maxTokens, model);
    if (answer.record.content.isEmpty())
        return history;
    const bool sameModel = answer.record.model == model;
    history.push_back(
        {Role::Model, answer.record.content, sameModel ? answer.rawParts : QByteArray()});
    history.push_back({Role::User, goOnRequest(), {}});
    return history;
}

std::vector<HistoryMessage> Conversation::historyOf(const QString &questionId, qint64 maxTokens,
                                                    const QString &model) const
{
    const std::vector<const Message *> branch = branchTo(questionId);
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
