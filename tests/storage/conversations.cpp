#include "storage/conversations.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace runnel::test {

QDateTime someTime()
{
    return QDateTime::fromMSecsSinceEpoch(1795000000123, QTimeZone::utc());
}

StoredConversation exchange(const QString &id, const QString &question, const QString &answer)
{
    const QDateTime now = someTime();
    StoredConversation conversation;
    conversation.head = {id, u"e1"_s, 5, 1, u"m2"_s, {}, false, now, now};
    StoredMessage user;
    user.record.messageId = u"m1"_s;
    user.record.content = question;
    user.record.at = now;
    user.record.id = u"own-1"_s;
    StoredMessage model;
    model.record.messageId = u"m2"_s;
    model.record.parentId = u"m1"_s;
    model.record.role = Role::Model;
    model.record.content = answer;
    model.record.at = now;
    model.record.turn = u"t1"_s;
    model.record.agent = u"default"_s;
    model.record.model = u"g"_s;
    model.record.thoughts = u"Hm."_s;
    model.record.finishReason = FinishReason::Stop;
    model.record.usage = Usage{7, -1, 3, 2, 12, 0.0021};
    model.record.agents = {{u"default"_s, {}, true}};
    model.record.tools = {{u"c1"_s,
                           u"search"_s,
                           {{u"q"_s, u"rivers"_s}},
                           u"default"_s,
                           ToolState::Done,
                           u"Many."_s,
                           {},
                           std::chrono::milliseconds(231)}};
    model.record.sources = {{u"Rivers"_s, u"https://example.org/rivers"_s, {{0, 4}}}};
    model.rawParts = "[{\"text\":\"x\"}]";
    conversation.messages = {user, model};
    return conversation;
}

void letRun(StoredConversation &conversation)
{
    MessageRecord &answer = conversation.messages[1].record;
    answer.state = MessageState::Running;
    answer.thoughts.clear();
    answer.finishReason.reset();
    answer.usage.reset();
    conversation.messages[1].rawParts.clear();
    conversation.head.seq = 2;
}

void put(ConversationStore &store, const StoredConversation &conversation)
{
    store.putHead(conversation.head);
    for (const StoredMessage &message : conversation.messages)
        store.putMessage(conversation.head.id, message);
}

} // namespace runnel::test
