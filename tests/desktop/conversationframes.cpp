#include "conversationframes.h"

#include "client/scriptedserver.h"

namespace runnel::test {

using namespace Qt::StringLiterals;

QDateTime someTime()
{
    static const QDateTime at = QDateTime::currentDateTimeUtc().addSecs(-125);
    return at;
}

MessageRecord user(const QString &id, const QString &parent, const QString &text)
{
    MessageRecord m;
    m.messageId = id;
    m.parentId = parent;
    m.content = text;
    m.at = someTime();
    return m;
}

MessageRecord answer(const QString &id, const QString &parent, const QString &text,
                     MessageState state)
{
    MessageRecord m = user(id, parent, text);
    m.role = runnel::Role::Model;
    m.turn = u"t-"_s + id;
    m.agent = u"default"_s;
    m.model = u"gemini-flash-latest"_s;
    m.state = state;
    return m;
}

QList<ServerFrame> conversation(QList<MessageRecord> messages, bool demo)
{
    SessionHello hello = ScriptedServer::hello();
    hello.demo = demo;
    hello.limits.messageBytes = 65536;
    const QString leaf = messages.isEmpty() ? QString() : messages.last().messageId;
    return {hello, Snapshot{100, std::move(messages), leaf}};
}

ErrorFrame failure(Seq seq, const QString &turn)
{
    ErrorFrame error;
    error.seq = seq;
    error.turn = turn;
    error.code = u"model_overloaded"_s;
    error.error = u"The model is busy. Try again in a minute."_s;
    return error;
}

} // namespace runnel::test
