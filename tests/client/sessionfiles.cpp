#include "sessionfiles.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "testlib/goldenfiles.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

ServerFrame decoded(const QString &text)
{
    auto frame = decodeServerFrame(text);
    if (!frame)
        qFatal("%s in %s", qPrintable(frame.error().text), qPrintable(text));
    return *std::move(frame);
}

ClientFrame ownFrame(const QJsonValue &json)
{
    const QString type = json[u"type"].toString();
    const QString id = json[u"id"].toString();
    const QString messageId = json[u"message_id"].toString();
    if (type.isEmpty())
        return SendMessage{json[u"message"].toString(), {}, id};
    if (type == u"edit")
        return EditMessage{messageId, json[u"message"].toString(), {}, id};
    if (type == u"regenerate")
        return RegenerateAnswer{messageId, {}, id};
    if (type == u"continue")
        return ContinueAnswer{messageId, id};
    qFatal("Nothing of ours is a \"%s\"", qPrintable(type));
}

QJsonObject usageOf(const Usage &usage)
{
    QJsonObject json;
    const auto put = [&json](const QString &key, qint64 tokens) {
        if (tokens >= 0)
            json[key] = tokens;
    };
    put(u"prompt_tokens"_s, usage.promptTokens);
    put(u"cached_tokens"_s, usage.cachedTokens);
    put(u"thought_tokens"_s, usage.thoughtTokens);
    put(u"answer_tokens"_s, usage.answerTokens);
    put(u"total_tokens"_s, usage.totalTokens);
    if (usage.costUsd)
        json[u"cost_usd"_s] = *usage.costUsd;
    return json;
}

//! As a snapshot says them.
QJsonObject extrasOf(const ViewMessage &m)
{
    MessageRecord record;
    record.agents = m.agents;
    record.tools = m.tools;
    record.sources = m.sources;
    JsonWriter json;
    json.beginObject();
    writeExtras(json, record);
    return QJsonDocument::fromJson(json.endObject().take().toUtf8()).object();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject rowOf(const ViewMessage &m, const SessionView::Siblings &siblings)
{
    const bool answer = m.role == Role::Model;
    QJsonObject row{{u"role"_s, toWire(m.role)}, {u"content"_s, m.content}};
    const auto put = [&row](const QString &key, const QString &value) {
        if (!value.isEmpty())
            row[key] = value;
    };
    put(u"message_id"_s, m.messageId);
    put(u"id"_s, m.id);
    put(u"turn"_s, m.turn);
    put(u"thoughts"_s, m.thoughts);
    put(u"edits"_s, m.replaces);
    if (siblings.count() > 1)
        row[u"siblings"_s] = QJsonArray::fromStringList(siblings.ids);
    if (const QJsonObject usage = usageOf(m.usage.value_or(Usage{})); !usage.isEmpty())
        row[u"usage"_s] = usage;
    const QJsonObject extras = extrasOf(m);
    for (auto extra = extras.begin(); extra != extras.end(); ++extra)
        row[extra.key()] = extra.value();
    if (answer) {
        put(u"agent"_s, m.agent);
        put(u"state"_s, toWire(m.state));
    }
    if (m.finishReason)
        put(u"finish_reason"_s, toWire(*m.finishReason));
    if (m.problem) {
        put(u"code"_s, m.problem->code);
        put(u"error"_s, m.problem->text);
    }
    if (m.retrying)
        put(u"retrying"_s, m.retrying->text);
    if (m.delivery != Delivery::Taken)
        put(u"delivery"_s, m.delivery == Delivery::Pending ? u"pending"_s : u"refused"_s);
    return row;
}

} // namespace

QStringList recordedSessionNames()
{
    QStringList names = QDir(dataPath(u"sessions"_s)).entryList({u"*.json"_s}, QDir::Files);
    if (names.isEmpty())
        qFatal("No recorded sessions");
    for (QString &name : names)
        name.chop(5);
    return names;
}

RecordedSession readRecordedSession(const QString &name)
{
    QFile file(dataPath(u"sessions/"_s + name + u".json"_s));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    RecordedSession session;
    for (const QJsonValue message : json[u"outgoing"].toArray())
        session.outgoing.push_back(ownFrame(message));
    for (const QJsonValue text : json[u"frames"].toArray())
        session.frames.append(decoded(text.toString()));
    for (const QJsonValue snapshot : json[u"snapshots"].toArray())
        session.snapshots.append(
            {snapshot[u"after"].toInteger(), decoded(snapshot[u"text"].toString())});
    session.state = json[u"state"].toObject();
    if (session.frames.isEmpty() || session.state.isEmpty())
        qFatal("Nothing to check in %s", qPrintable(file.fileName()));
    return session;
}

QJsonObject stateOf(const SessionView &view, bool own)
{
    QJsonArray rows;
    for (int row = 0; row < view.count(); ++row) {
        if (own || view.at(row).delivery == Delivery::Taken)
            rows.append(rowOf(view.at(row), view.siblings(row)));
    }
    QJsonArray agents;
    for (const AgentInfo &agent : view.hello().agents)
        agents.append(agent.name);
    QJsonObject state{{u"seq"_s, qint64(view.seq())},
                      {u"live"_s, orNull(view.liveTurn())},
                      {u"demo"_s, view.hello().demo},
                      {u"agents"_s, agents},
                      {u"title"_s, orNull(view.title())},
                      {u"epoch"_s, orNull(view.epoch())},
                      {u"messages"_s, rows}};
    QJsonArray waiting;
    for (const SessionView::Asked &asked : view.asked())
        waiting.append(asked.id);
    if (own && !waiting.isEmpty())
        state[u"waiting"_s] = waiting;
    return state;
}

} // namespace runnel::test
