#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"

#include <QJsonDocument>

namespace runnel {

namespace {

void writeOptional(JsonWriter &json, QLatin1String key, const QString &text)
{
    if (!text.isEmpty())
        json.member(key, text);
}

void writeNullable(JsonWriter &json, QLatin1String key, const QString &text)
{
    json.key(key);
    if (text.isNull())
        json.null();
    else
        json.value(text);
}

void writeObject(JsonWriter &json, QLatin1String key, const QJsonObject &object)
{
    json.key(key).raw(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void writeFloor(JsonWriter &json, const AgentOnFloor &agent)
{
    json.member(keys::agent, agent.agent);
    writeOptional(json, keys::parent, agent.parent);
    json.member(keys::state, agent.finished ? floorStates::finished : floorStates::started);
}

void writeCall(JsonWriter &json, const ToolUse &use)
{
    json.member(keys::call, use.call).member(keys::tool, use.tool);
    writeObject(json, keys::arguments, use.arguments);
    json.member(keys::agent, use.agent).member(keys::state, toWire(use.state));
}

void writeSources(JsonWriter &json, const QList<Source> &sources)
{
    json.key(keys::sources).beginArray();
    for (const Source &source : sources) {
        json.beginObject()
            .member(keys::title, source.title)
            .member(keys::url, source.url)
            .key(keys::spans)
            .beginArray();
        for (const TextSpan &span : source.spans) {
            json.beginObject()
                .member(keys::start, span.start)
                .member(keys::end, span.end)
                .endObject();
        }
        json.endArray().endObject();
    }
    json.endArray();
}

JsonWriter begin(QLatin1String type, qsizetype reserve = 128)
{
    JsonWriter json(reserve);
    json.beginObject().member(keys::type, type);
    return json;
}

QString encodeV1(const SessionHello &frame)
{
    JsonWriter json = begin(types::session);
    json.member(keys::session, frame.session).member(keys::seq, frame.seq);
    json.key(keys::agents).beginArray();
    for (const AgentInfo &agent : frame.agents) {
        json.beginObject()
            .member(keys::name, agent.name)
            .member(keys::description, agent.description)
            .member(keys::model, agent.model)
            .endObject();
    }
    json.endArray().member(keys::model, frame.model);
    json.key(keys::limits)
        .beginObject()
        .member(keys::messageBytes, frame.limits.messageBytes)
        .member(keys::queuedMessages, frame.limits.queuedMessages)
        .endObject();
    json.member(keys::demo, frame.demo)
        .member(keys::epoch, frame.epoch)
        .member(keys::resumed, frame.resumed)
        .endObject();
    return json.take();
}

QString encodeV1(const Snapshot &frame)
{
    JsonWriter json = begin(types::snapshot);
    json.member(keys::seq, frame.seq).key(keys::messages).beginArray();
    for (const MessageRecord &message : frame.messages)
        writeMessage(json, message);
    json.endArray();
    writeNullable(json, keys::active, frame.active);
    writeOptional(json, keys::title, frame.title);
    if (!frame.taken.isEmpty()) {
        json.key(keys::taken).beginArray();
        for (const QString &id : frame.taken)
            json.value(id);
        json.endArray();
    }
    json.endObject();
    return json.take();
}

QString encodeV1(const UserMessage &frame)
{
    JsonWriter json = begin(types::user, 160 + frame.content.size());
    json.member(keys::seq, frame.seq).member(keys::messageId, frame.messageId);
    writeNullable(json, keys::parentId, frame.parentId);
    json.member(keys::content, frame.content);
    writeOptional(json, keys::id, frame.id);
    json.member(keys::at, formatTimestamp(frame.at)).endObject();
    return json.take();
}

QString encodeV1(const TurnStarted &frame)
{
    JsonWriter json = begin(types::turn, 192);
    json.member(keys::seq, frame.seq)
        .member(keys::turn, frame.turn)
        .member(keys::messageId, frame.messageId)
        .member(keys::parentId, frame.parentId)
        .member(keys::agent, frame.agent)
        .member(keys::model, frame.model);
    writeOptional(json, keys::id, frame.id);
    json.member(keys::at, formatTimestamp(frame.at)).endObject();
    return json.take();
}

QString encodeText(QLatin1String type, Seq seq, const QString &turn, const QString &content,
                   const QString &agent)
{
    JsonWriter json = begin(type, 96 + content.size());
    json.member(keys::seq, seq)
        .member(keys::turn, turn)
        .member(keys::content, content)
        .member(keys::agent, agent)
        .endObject();
    return json.take();
}

QString encodeV1(const Chunk &frame)
{
    return encodeText(types::chunk, frame.seq, frame.turn, frame.content, frame.agent);
}

QString encodeV1(const Thought &frame)
{
    return encodeText(types::thought, frame.seq, frame.turn, frame.content, frame.agent);
}

QString encodeV1(const TurnRetrying &frame)
{
    JsonWriter json = begin(types::retry, 192);
    json.member(keys::seq, frame.seq)
        .member(keys::turn, frame.turn)
        .member(keys::code, toWire(frame.code))
        .member(keys::error, frame.error)
        .member(keys::retryAfterMs, qint64(frame.retryAfter.count()))
        .member(keys::attempt, frame.attempt)
        .endObject();
    return json.take();
}

QString encodeV1(const AgentFloor &frame)
{
    JsonWriter json = begin(types::agent);
    json.member(keys::seq, frame.seq).member(keys::turn, frame.turn);
    writeFloor(json, frame.agent);
    json.endObject();
    return json.take();
}

QString encodeV1(const ToolCalled &frame)
{
    JsonWriter json = begin(types::toolCall, 256);
    json.member(keys::seq, frame.seq).member(keys::turn, frame.turn);
    writeCall(json, frame.use);
    json.endObject();
    return json.take();
}

QString encodeV1(const ToolAnswered &frame)
{
    JsonWriter json = begin(types::toolResult, 128 + (frame.content ? frame.content->size() : 0));
    json.member(keys::seq, frame.seq).member(keys::turn, frame.turn).member(keys::call, frame.call);
    if (frame.content)
        json.member(keys::content, *frame.content);
    else
        json.member(keys::error, frame.error);
    json.member(keys::ms, qint64(frame.took.count())).endObject();
    return json.take();
}

QString encodeV1(const SourcesFound &frame)
{
    JsonWriter json = begin(types::sources, 256);
    json.member(keys::seq, frame.seq).member(keys::turn, frame.turn);
    writeSources(json, frame.sources);
    json.endObject();
    return json.take();
}

QString encodeV1(const TurnComplete &frame)
{
    JsonWriter json = begin(types::complete, 256);
    json.member(keys::seq, frame.seq)
        .member(keys::turn, frame.turn)
        .member(keys::messageId, frame.messageId)
        .member(keys::agent, frame.agent)
        .member(keys::finishReason, toWire(frame.finishReason));
    writeUsage(json, frame.usage);
    if (frame.at
            .isValid()) // a client may hold a frame of the workshop's dialect, which has no time
        json.member(keys::at, formatTimestamp(frame.at));
    json.endObject();
    return json.take();
}

QString encodeV1(const ErrorFrame &frame)
{
    JsonWriter json = begin(types::error, 128 + frame.error.size());
    if (frame.seq > 0)
        json.member(keys::seq, frame.seq);
    writeOptional(json, keys::turn, frame.turn);
    writeOptional(json, keys::id, frame.id);
    json.member(keys::code, frame.code).member(keys::error, frame.error);
    if (frame.retryAfter)
        json.member(keys::retryAfterMs, qint64(frame.retryAfter->count()));
    json.endObject();
    return json.take();
}

QString encodeV1(const BranchSelected &frame)
{
    JsonWriter json = begin(types::branch);
    json.member(keys::seq, frame.seq).member(keys::active, frame.active).endObject();
    return json.take();
}

QString encodeV1(const TitleChanged &frame)
{
    JsonWriter json = begin(types::title);
    json.member(keys::seq, frame.seq);
    writeNullable(json, keys::title, frame.title);
    json.endObject();
    return json.take();
}

QString encodeV1(const UnknownFrame &)
{
    return {}; // Only a client ever holds one; there is nothing to send.
}

QString encodeClient(const SendMessage &frame)
{
    JsonWriter json = begin(types::message, 96 + frame.message.size());
    json.member(keys::message, frame.message);
    writeOptional(json, keys::agent, frame.agent);
    writeOptional(json, keys::id, frame.id);
    json.endObject();
    return json.take();
}

QString encodeClient(const StopTurn &frame)
{
    JsonWriter json = begin(types::stop);
    json.member(keys::turn, frame.turn).endObject();
    return json.take();
}

QString encodeClient(const RegenerateAnswer &frame)
{
    JsonWriter json = begin(types::regenerate);
    json.member(keys::messageId, frame.messageId);
    writeOptional(json, keys::agent, frame.agent);
    writeOptional(json, keys::id, frame.id);
    json.endObject();
    return json.take();
}

QString encodeClient(const EditMessage &frame)
{
    JsonWriter json = begin(types::edit, 96 + frame.message.size());
    json.member(keys::messageId, frame.messageId).member(keys::message, frame.message);
    writeOptional(json, keys::agent, frame.agent);
    writeOptional(json, keys::id, frame.id);
    json.endObject();
    return json.take();
}

QString encodeClient(const ContinueAnswer &frame)
{
    JsonWriter json = begin(types::goOn);
    json.member(keys::messageId, frame.messageId);
    writeOptional(json, keys::id, frame.id);
    json.endObject();
    return json.take();
}

QString encodeClient(const SelectBranch &frame)
{
    JsonWriter json = begin(types::select);
    json.member(keys::messageId, frame.messageId).endObject();
    return json.take();
}

QString encodeClient(const DecideToolCall &frame)
{
    JsonWriter json = begin(types::decide);
    json.member(keys::call, frame.call).member(keys::decision, toWire(frame.decision)).endObject();
    return json.take();
}

QString encodeV0(const Chunk &frame)
{
    JsonWriter json = begin(types::chunk, 64 + frame.content.size());
    json.member(keys::content, frame.content).member(keys::agent, frame.agent).endObject();
    return json.take();
}

QString encodeV0(const TurnComplete &frame)
{
    JsonWriter json = begin(types::complete);
    json.member(keys::agent, frame.agent).endObject();
    return json.take();
}

QString encodeV0(const ErrorFrame &frame)
{
    JsonWriter json = begin(types::error, 96 + frame.error.size());
    json.member(keys::error, frame.error).member(keys::code, frame.code).endObject();
    return json.take();
}

} // namespace

void writeMessage(JsonWriter &json, const MessageRecord &message)
{
    json.beginObject().member(keys::messageId, message.messageId);
    writeNullable(json, keys::parentId, message.parentId);
    json.member(keys::role, toWire(message.role))
        .member(keys::content, message.content)
        .member(keys::at, formatTimestamp(message.at));
    writeOptional(json, keys::id, message.id);
    if (message.role == Role::Model) {
        json.member(keys::turn, message.turn)
            .member(keys::agent, message.agent)
            .member(keys::model, message.model)
            .member(keys::state, toWire(message.state));
        writeOptional(json, keys::thoughts, message.thoughts);
        writeExtras(json, message);
        if (message.finishReason)
            json.member(keys::finishReason, toWire(*message.finishReason));
        if (message.usage)
            writeUsage(json, *message.usage);
        if (message.error) {
            json.key(keys::error)
                .beginObject()
                .member(keys::code, toWire(message.error->code))
                .member(keys::error, message.error->text)
                .endObject();
        }
    }
    json.endObject();
}

void writeExtras(JsonWriter &json, const MessageRecord &message)
{
    if (!message.agents.isEmpty()) {
        json.key(keys::agents).beginArray();
        for (const AgentOnFloor &agent : message.agents) {
            json.beginObject();
            writeFloor(json, agent);
            json.endObject();
        }
        json.endArray();
    }
    if (!message.tools.isEmpty()) {
        json.key(keys::tools).beginArray();
        for (const ToolUse &use : message.tools) {
            json.beginObject();
            writeCall(json, use);
            if (use.state == ToolState::Done)
                json.member(keys::content, use.content);
            else if (use.state == ToolState::Failed)
                json.member(keys::error, use.error);
            if (use.took)
                json.member(keys::ms, qint64(use.took->count()));
            json.endObject();
        }
        json.endArray();
    }
    if (!message.sources.isEmpty())
        writeSources(json, message.sources);
}

qsizetype charactersOf(const MessageRecord &message)
{
    qsizetype characters = message.content.size() + message.thoughts.size() +
                           (message.error ? message.error->text.size() : 0);
    if (message.agents.isEmpty() && message.tools.isEmpty() && message.sources.isEmpty())
        return characters;
    JsonWriter json;
    json.beginObject();
    writeExtras(json, message);
    return characters + json.endObject().take().size();
}

QLatin1String typeOf(const ServerFrame &frame)
{
    return std::visit(Overloaded{[](const SessionHello &) { return types::session; },
                                 [](const Snapshot &) { return types::snapshot; },
                                 [](const UserMessage &) { return types::user; },
                                 [](const TurnStarted &) { return types::turn; },
                                 [](const Chunk &) { return types::chunk; },
                                 [](const Thought &) { return types::thought; },
                                 [](const TurnRetrying &) { return types::retry; },
                                 [](const AgentFloor &) { return types::agent; },
                                 [](const ToolCalled &) { return types::toolCall; },
                                 [](const ToolAnswered &) { return types::toolResult; },
                                 [](const SourcesFound &) { return types::sources; },
                                 [](const TurnComplete &) { return types::complete; },
                                 [](const ErrorFrame &) { return types::error; },
                                 [](const BranchSelected &) { return types::branch; },
                                 [](const TitleChanged &) { return types::title; },
                                 [](const UnknownFrame &) { return QLatin1String("message"); }},
                      frame);
}

void writeUsage(JsonWriter &json, const Usage &usage)
{
    const auto count = [&json](QLatin1String key, qint64 tokens) {
        if (tokens >= 0)
            json.member(key, tokens);
    };
    json.key(keys::usage).beginObject();
    count(keys::promptTokens, usage.promptTokens);
    count(keys::cachedTokens, usage.cachedTokens);
    count(keys::thoughtTokens, usage.thoughtTokens);
    count(keys::answerTokens, usage.answerTokens);
    count(keys::totalTokens, usage.totalTokens);
    if (usage.costUsd)
        json.member(keys::costUsd, *usage.costUsd);
    json.endObject();
}

QString encode(const ServerFrame &frame, Dialect dialect)
{
    if (dialect == Dialect::V1)
        return std::visit([](const auto &f) { return encodeV1(f); }, frame);
    return std::visit(Overloaded{[](const Chunk &f) { return encodeV0(f); },
                                 [](const TurnComplete &f) { return encodeV0(f); },
                                 [](const ErrorFrame &f) { return encodeV0(f); },
                                 [](const auto &) { return QString(); }},
                      frame);
}

QString encode(const ClientFrame &frame)
{
    return std::visit([](const auto &f) { return encodeClient(f); }, frame);
}

QString formatTimestamp(const QDateTime &at)
{
    return at.toUTC().toString(Qt::ISODateWithMs);
}

QLatin1String toWire(Role role)
{
    return role == Role::User ? QLatin1String("user") : QLatin1String("model");
}

QLatin1String toWire(MessageState state)
{
    switch (state) {
    case MessageState::Running:
        return QLatin1String("running");
    case MessageState::Done:
        return QLatin1String("done");
    case MessageState::Stopped:
        return QLatin1String("stopped");
    case MessageState::Interrupted:
        return QLatin1String("interrupted");
    case MessageState::Failed:
        return QLatin1String("failed");
    }
    Q_UNREACHABLE();
}

QLatin1String toWire(FinishReason reason)
{
    switch (reason) {
    case FinishReason::Stop:
        return QLatin1String("stop");
    case FinishReason::Stopped:
        return QLatin1String("stopped");
    case FinishReason::Length:
        return QLatin1String("length");
    case FinishReason::Blocked:
        return QLatin1String("blocked");
    case FinishReason::Interrupted:
        return QLatin1String("interrupted");
    }
    Q_UNREACHABLE();
}

QLatin1String toWire(ToolState state)
{
    switch (state) {
    case ToolState::Waiting:
        return QLatin1String("waiting");
    case ToolState::Running:
        return QLatin1String("running");
    case ToolState::Done:
        return QLatin1String("done");
    case ToolState::Failed:
        return QLatin1String("failed");
    case ToolState::Unfinished:
        return QLatin1String("unfinished");
    }
    Q_UNREACHABLE();
}

QLatin1String toWire(Decision decision)
{
    switch (decision) {
    case Decision::Allow:
        return QLatin1String("allow");
    case Decision::AllowAlways:
        return QLatin1String("allow_always");
    case Decision::Deny:
        return QLatin1String("deny");
    }
    Q_UNREACHABLE();
}

} // namespace runnel
