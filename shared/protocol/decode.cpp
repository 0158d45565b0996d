#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace runnel {

namespace {

Failure<Error> badFrame(const QString &text)
{
    return Failure{Error{ErrorCode::BadFrame, text}};
}

//! What a JSON value is, in words for an error: "a number", "an array" …
QLatin1String kindOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QLatin1String("null");
    case QJsonValue::Bool:
        return QLatin1String("a boolean");
    case QJsonValue::Double:
        return QLatin1String("a number");
    case QJsonValue::String:
        return QLatin1String("a string");
    case QJsonValue::Array:
        return QLatin1String("an array");
    case QJsonValue::Object:
        return QLatin1String("an object");
    case QJsonValue::Undefined:
        break;
    }
    return QLatin1String("missing");
}

Result<QJsonObject, Error> parseObject(const QString &text)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        return badFrame(QStringLiteral("The frame is not JSON: %1 at byte %2.")
                            .arg(parseError.errorString())
                            .arg(parseError.offset));
    }
    if (!document.isObject())
        return badFrame(QStringLiteral("The frame must be a JSON object, not an array."));
    return document.object();
}

//! Reads the fields of one object; the first wrong one is kept as the error, so that a decoder
//! reads top to bottom.
class Reader
{
public:
    //! \a path stands before the names of fields in errors.
    explicit Reader(const QJsonObject &object, const QString &path = {})
        : m_object(object)
        , m_path(path)
    {}

    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    QString string(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isString())
            wrong(key, value, QLatin1String("a string"));
        return value.toString();
    }

    //! Missing and null are a null string.
    QString optionalString(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined() || value.isNull())
            return {};
        return string(key);
    }

    QString id(QLatin1String key)
    {
        const QString id = string(key);
        if (!isValidId(id))
            failId(key);
        return id;
    }

    //! A missing or empty id is a null string.
    QString optionalId(QLatin1String key)
    {
        const QString id = optionalString(key);
        if (!id.isEmpty() && !isValidId(id))
            failId(key);
        return id;
    }

    qint64 integer(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isDouble())
            wrong(key, value, QLatin1String("a number"));
        return value.toInteger();
    }

    //! 0 when missing: "no place in the log".
    Seq seq()
    {
        return m_object.contains(keys::seq) ? Seq(std::max<qint64>(0, integer(keys::seq))) : 0;
    }

    QDateTime timestamp(QLatin1String key)
    {
        const QDateTime at = QDateTime::fromString(string(key), Qt::ISODateWithMs).toUTC();
        if (!at.isValid())
            fail(QStringLiteral("The field \"%1\" must be a time such as 2026-01-31T12:00:00.000Z.")
                     .arg(m_path + key));
        return at;
    }

    QJsonArray array(QLatin1String key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isArray())
            wrong(key, value, QLatin1String("an array"));
        return value.toArray();
    }

    void fail(const QString &text)
    {
        if (!m_error)
            m_error = Error{ErrorCode::BadFrame, text};
    }

    void failRole()
    {
        fail(QStringLiteral("The field \"%1\" must be \"user\" or \"model\".")
                 .arg(m_path + keys::role));
    }

    void failDecision()
    {
        fail(QStringLiteral("The field \"%1\" must be \"allow\", \"allow_always\" or \"deny\".")
                 .arg(m_path + keys::decision));
    }

private:
    void wrong(QLatin1String key, const QJsonValue &value, QLatin1String wanted)
    {
        const QString was = value.isUndefined() ? QStringLiteral("it is missing")
                                                : QStringLiteral("it was %1").arg(kindOf(value));
        fail(QStringLiteral("The field \"%1\" must be %2; %3.").arg(m_path + key, wanted, was));
    }

    void failId(QLatin1String key)
    {
        fail(QStringLiteral("The field \"%1\" must be 1 to %2 characters of A-Z a-z 0-9 _ -.")
                 .arg(m_path + key)
                 .arg(limits::idCharacters));
    }

    QJsonObject m_object;
    QString m_path;
    std::optional<Error> m_error;
};

template <typename Enum, std::size_t N>
std::optional<Enum> fromWire(const std::array<Enum, N> &all, QStringView name)
{
    const auto found = std::ranges::find_if(all, [&name](Enum e) { return name == toWire(e); });
    return found == all.end() ? std::nullopt : std::optional<Enum>(*found);
}

constexpr std::array roles{Role::User, Role::Model};
constexpr std::array states{MessageState::Running, MessageState::Done, MessageState::Stopped,
                            MessageState::Interrupted, MessageState::Failed};
constexpr std::array toolStates{ToolState::Waiting, ToolState::Running, ToolState::Done,
                                ToolState::Failed, ToolState::Unfinished};
constexpr std::array decisions{Decision::Allow, Decision::AllowAlways, Decision::Deny};
constexpr std::array finishReasons{FinishReason::Stop, FinishReason::Stopped, FinishReason::Length,
                                   FinishReason::Blocked, FinishReason::Interrupted};

//! What JavaScript still counts exactly: beyond, the page takes a frame for none.
constexpr qint64 mostCounted = (qint64(1) << 53) - 1;

//! A count; \a missing where there is none.
qint64 countOf(const QJsonValue &value, qint64 missing)
{
    return std::clamp(value.toInteger(missing), missing, mostCounted);
}

Usage readUsage(const QJsonObject &object)
{
    const auto count = [&object](QLatin1String key) { return countOf(object.value(key), -1); };
    Usage usage{count(keys::promptTokens), count(keys::cachedTokens), count(keys::thoughtTokens),
                count(keys::answerTokens), count(keys::totalTokens)};
    if (const double cost = object.value(keys::costUsd).toDouble(-1); cost >= 0)
        usage.costUsd = cost;
    return usage;
}

Error readError(const QJsonObject &object)
{
    return {errorCodeFromWire(object.value(keys::code).toString()).value_or(ErrorCode::Internal),
            object.value(keys::error).toString()};
}

AgentOnFloor readFloor(const QJsonObject &object)
{
    return {object.value(keys::agent).toString(), object.value(keys::parent).toString(),
            object.value(keys::state).toString() == floorStates::finished};
}

//! A call as a frame or a message has it; one in a state of tomorrow counts as running.
ToolUse readCall(const QJsonObject &object)
{
    ToolUse use;
    use.call = object.value(keys::call).toString();
    use.tool = object.value(keys::tool).toString();
    use.arguments = object.value(keys::arguments).toObject();
    use.agent = object.value(keys::agent).toString();
    use.state =
        fromWire(toolStates, object.value(keys::state).toString()).value_or(ToolState::Running);
    return use;
}

QList<Source> readSources(const QJsonArray &array)
{
    QList<Source> sources;
    for (const auto &value : array) {
        const QJsonObject object = value.toObject();
        if (object.isEmpty())
            continue;
        Source source{object.value(keys::title).toString(), object.value(keys::url).toString(), {}};
        const QJsonArray spans = object.value(keys::spans).toArray();
        for (const auto &span : spans) {
            source.spans.append({countOf(span.toObject().value(keys::start), 0),
                                 countOf(span.toObject().value(keys::end), 0)});
        }
        sources.append(std::move(source));
    }
    return sources;
}

MessageRecord readMessage(const QJsonObject &object, Reader &in)
{
    MessageRecord message;
    message.messageId = in.string(keys::messageId);
    message.parentId = in.optionalString(keys::parentId);
    message.content = in.string(keys::content);
    message.at = in.timestamp(keys::at);
    message.id = in.optionalString(keys::id);
    const auto role = fromWire(roles, in.string(keys::role));
    if (!role)
        in.failRole();
    message.role = role.value_or(Role::User);
    if (message.role == Role::Model) {
        message.turn = in.optionalString(keys::turn);
        message.agent = in.optionalString(keys::agent);
        message.model = in.optionalString(keys::model);
        message.thoughts = in.optionalString(keys::thoughts);
        message.state =
            messageStateFromWire(in.optionalString(keys::state)).value_or(MessageState::Done);
        readExtras(object, message);
        message.finishReason = finishReasonFromWire(in.optionalString(keys::finishReason));
        if (object.contains(keys::usage))
            message.usage = readUsage(object.value(keys::usage).toObject());
        if (object.contains(keys::error))
            message.error = readError(object.value(keys::error).toObject());
    }
    return message;
}

ServerFrame readSession(const QJsonObject &object, Reader &in)
{
    SessionHello hello;
    hello.session = in.string(keys::session);
    hello.seq = in.seq();
    hello.model = in.optionalString(keys::model);
    hello.demo = object.value(keys::demo).toBool();
    hello.epoch = in.optionalString(keys::epoch);
    hello.resumed = object.value(keys::resumed).toBool();
    const QJsonArray agents = in.array(keys::agents);
    for (const auto &value : agents) {
        const QJsonObject agent = value.toObject();
        hello.agents.append({agent.value(keys::name).toString(),
                             agent.value(keys::description).toString(),
                             agent.value(keys::model).toString()});
    }
    const QJsonObject bounds = object.value(keys::limits).toObject();
    hello.limits.messageBytes = bounds.value(keys::messageBytes).toInteger(limits::messageBytes);
    hello.limits.queuedMessages =
        int(bounds.value(keys::queuedMessages).toInteger(limits::queuedMessages));
    return hello;
}

ServerFrame readSnapshot(const QJsonObject &object, Reader &in)
{
    Snapshot snapshot;
    snapshot.seq = in.seq();
    snapshot.active = in.optionalString(keys::active);
    snapshot.title = in.optionalString(keys::title);
    const QJsonArray messages = in.array(keys::messages);
    snapshot.messages.reserve(messages.size());
    for (const auto &value : messages) {
        auto message = decodeMessage(value.toObject());
        if (!message) {
            in.fail(message.error().text);
            break;
        }
        snapshot.messages.append(*std::move(message));
    }
    const QJsonArray taken = object.value(keys::taken).toArray();
    for (const auto &id : taken)
        snapshot.taken.append(id.toString());
    return snapshot;
}

ServerFrame readUser(const QJsonObject &, Reader &in)
{
    return UserMessage{in.seq(),
                       in.string(keys::messageId),
                       in.optionalString(keys::parentId),
                       in.string(keys::content),
                       in.optionalString(keys::id),
                       in.timestamp(keys::at)};
}

ServerFrame readTurn(const QJsonObject &, Reader &in)
{
    return TurnStarted{in.seq(),
                       in.string(keys::turn),
                       in.string(keys::messageId),
                       in.optionalString(keys::parentId),
                       in.optionalString(keys::agent),
                       in.optionalString(keys::model),
                       in.timestamp(keys::at),
                       in.optionalString(keys::id)};
}

ServerFrame readChunk(const QJsonObject &, Reader &in)
{
    return Chunk{in.seq(), in.optionalString(keys::turn), in.string(keys::content),
                 in.optionalString(keys::agent)};
}

ServerFrame readThought(const QJsonObject &, Reader &in)
{
    return Thought{in.seq(), in.optionalString(keys::turn), in.string(keys::content),
                   in.optionalString(keys::agent)};
}

ServerFrame readRetry(const QJsonObject &object, Reader &in)
{
    const Error why = readError(object);
    return TurnRetrying{in.seq(),
                        in.string(keys::turn),
                        why.code,
                        why.text,
                        std::chrono::milliseconds(in.integer(keys::retryAfterMs)),
                        int(in.integer(keys::attempt))};
}

ServerFrame readAgent(const QJsonObject &object, Reader &in)
{
    AgentFloor frame{in.seq(), in.string(keys::turn), readFloor(object)};
    frame.agent.agent = in.string(keys::agent);
    return frame;
}

ServerFrame readToolCall(const QJsonObject &object, Reader &in)
{
    ToolCalled frame{in.seq(), in.string(keys::turn), readCall(object)};
    frame.use.call = in.string(keys::call);
    frame.use.tool = in.string(keys::tool);
    return frame;
}

ServerFrame readToolResult(const QJsonObject &object, Reader &in)
{
    ToolAnswered frame{in.seq(), in.string(keys::turn), in.string(keys::call), {}, {}, {}};
    if (object.contains(keys::error))
        frame.error = in.string(keys::error);
    else
        frame.content = in.string(keys::content);
    frame.took = std::chrono::milliseconds(countOf(object.value(keys::ms), 0));
    return frame;
}

ServerFrame readSourcesFound(const QJsonObject &, Reader &in)
{
    return SourcesFound{in.seq(), in.string(keys::turn), readSources(in.array(keys::sources))};
}

ServerFrame readComplete(const QJsonObject &object, Reader &in)
{
    TurnComplete complete;
    complete.seq = in.seq();
    complete.turn = in.optionalString(keys::turn);
    complete.messageId = in.optionalString(keys::messageId);
    complete.agent = in.optionalString(keys::agent);
    complete.finishReason =
        finishReasonFromWire(in.optionalString(keys::finishReason)).value_or(FinishReason::Stop);
    complete.usage = readUsage(object.value(keys::usage).toObject());
    if (object.contains(keys::at))
        complete.at = in.timestamp(keys::at);
    return complete;
}

ServerFrame readErrorFrame(const QJsonObject &object, Reader &in)
{
    ErrorFrame frame{in.seq(),
                     in.optionalString(keys::turn),
                     in.optionalString(keys::code),
                     in.string(keys::error),
                     std::nullopt,
                     in.optionalString(keys::id)};
    if (object.contains(keys::retryAfterMs))
        frame.retryAfter = std::chrono::milliseconds(in.integer(keys::retryAfterMs));
    return frame;
}

ServerFrame readBranch(const QJsonObject &, Reader &in)
{
    return BranchSelected{in.seq(), in.string(keys::active)};
}

ServerFrame readTitle(const QJsonObject &, Reader &in)
{
    return TitleChanged{in.seq(), in.optionalString(keys::title)};
}

using ServerFrameReader = ServerFrame (*)(const QJsonObject &, Reader &);
constexpr std::array<std::pair<QLatin1String, ServerFrameReader>, 15> serverFrameReaders{{
    {types::chunk, readChunk},
    {types::thought, readThought},
    {types::complete, readComplete},
    {types::error, readErrorFrame},
    {types::turn, readTurn},
    {types::user, readUser},
    {types::retry, readRetry},
    {types::session, readSession},
    {types::snapshot, readSnapshot},
    {types::agent, readAgent},
    {types::toolCall, readToolCall},
    {types::toolResult, readToolResult},
    {types::sources, readSourcesFound},
    {types::branch, readBranch},
    {types::title, readTitle},
}};

//! What is wrong with a text that shall be asked.
std::optional<Error> problemOf(const QString &message, qint64 maxMessageBytes)
{
    if (message.trimmed().isEmpty()) {
        return Error{ErrorCode::BadFrame,
                     QStringLiteral("The field \"message\" is empty. Type something to ask.")};
    }
    const qint64 bytes = message.toUtf8().size();
    if (bytes > maxMessageBytes) {
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("The field \"message\" has %1 bytes; at most %2 are taken.")
                         .arg(bytes)
                         .arg(maxMessageBytes)};
    }
    return std::nullopt;
}

ClientFrame readSendMessage(Reader &in)
{
    return SendMessage{in.string(keys::message), in.optionalId(keys::agent),
                       in.optionalId(keys::id)};
}

ClientFrame readStop(Reader &in)
{
    return StopTurn{in.id(keys::turn)};
}

ClientFrame readRegenerate(Reader &in)
{
    return RegenerateAnswer{in.id(keys::messageId), in.optionalId(keys::agent),
                            in.optionalId(keys::id)};
}

ClientFrame readEdit(Reader &in)
{
    return EditMessage{in.id(keys::messageId), in.string(keys::message), in.optionalId(keys::agent),
                       in.optionalId(keys::id)};
}

ClientFrame readContinue(Reader &in)
{
    return ContinueAnswer{in.id(keys::messageId), in.optionalId(keys::id)};
}

ClientFrame readSelect(Reader &in)
{
    return SelectBranch{in.id(keys::messageId)};
}

ClientFrame readDecide(Reader &in)
{
    const QString call = in.id(keys::call);
    const auto decision = fromWire(decisions, in.string(keys::decision));
    if (!decision)
        in.failDecision();
    return DecideToolCall{call, decision.value_or(Decision::Deny)};
}

using ClientFrameReader = ClientFrame (*)(Reader &);
constexpr std::array<std::pair<QLatin1String, ClientFrameReader>, 7> clientFrameReaders{{
    {types::message, readSendMessage},
    {types::stop, readStop},
    {types::regenerate, readRegenerate},
    {types::edit, readEdit},
    {types::decide, readDecide},
    {types::goOn, readContinue},
    {types::select, readSelect},
}};

//! "message", "stop" … or "select", in words for an error.
QString clientFrameTypes()
{
    QString names;
    for (std::size_t i = 0; i < clientFrameReaders.size(); ++i) {
        if (i > 0)
            names +=
                i + 1 < clientFrameReaders.size() ? QLatin1String(", ") : QLatin1String(" or ");
        names += u'"' + clientFrameReaders[i].first + u'"';
    }
    return names;
}

Result<ClientFrame, Error> readClientFrame(const QJsonObject &object, qint64 maxMessageBytes)
{
    Reader in(object);
    const QString type = in.optionalString(keys::type);
    if (in.error())
        return Failure{*in.error()};
    const auto reader = std::ranges::find_if(clientFrameReaders, [&type](const auto &r) {
        return type.isNull() ? r.first == types::message : type == r.first;
    });
    if (reader == clientFrameReaders.end()) {
        return badFrame(QStringLiteral("The field \"type\" is \"%1\"; it may be %2.")
                            .arg(type.left(32), clientFrameTypes()));
    }
    ClientFrame frame = reader->second(in);
    if (in.error())
        return Failure{*in.error()};
    const QString *const text =
        std::visit(Overloaded{[](const SendMessage &f) { return &f.message; },
                              [](const EditMessage &f) { return &f.message; },
                              [](const auto &) -> const QString * { return nullptr; }},
                   frame);
    if (const auto problem = text ? problemOf(*text, maxMessageBytes) : std::nullopt)
        return Failure{*problem};
    return frame;
}

} // namespace

Result<ClientFrame, RefusedFrame> decodeClientFrame(const QString &text, qint64 maxMessageBytes)
{
    const Result<QJsonObject, Error> object = parseObject(text);
    if (!object)
        return Failure{RefusedFrame{object.error(), {}}};

    const Result<ClientFrame, Error> frame = readClientFrame(*object, maxMessageBytes);
    if (frame)
        return *frame;
    const QString id = object->value(keys::id).toString();
    return Failure{RefusedFrame{frame.error(), isValidId(id) ? id : QString()}};
}

Result<ServerFrame, Error> decodeServerFrame(const QString &text)
{
    const Result<QJsonObject, Error> object = parseObject(text);
    if (!object)
        return Failure{object.error()};

    Reader in(*object);
    const QString type = in.string(keys::type);
    const auto reader = std::ranges::find_if(serverFrameReaders,
                                             [&type](const auto &r) { return type == r.first; });
    ServerFrame frame = reader == serverFrameReaders.end()
                            ? ServerFrame(UnknownFrame{in.seq(), type})
                            : reader->second(*object, in);
    if (in.error())
        return Failure{*in.error()};
    return frame;
}

Result<MessageRecord, Error> decodeMessage(const QJsonObject &object, const QString &path)
{
    Reader in(object, path);
    MessageRecord message = readMessage(object, in);
    if (in.error())
        return Failure{*in.error()};
    return message;
}

void readExtras(const QJsonObject &object, MessageRecord &message)
{
    const QJsonArray agents = object.value(keys::agents).toArray();
    for (const auto &value : agents) {
        if (const AgentOnFloor agent = readFloor(value.toObject()); !agent.agent.isEmpty())
            message.agents.append(agent);
    }
    const QJsonArray tools = object.value(keys::tools).toArray();
    for (const auto &value : tools) {
        const QJsonObject tool = value.toObject();
        ToolUse use = readCall(tool);
        if (use.call.isEmpty())
            continue;
        use.content = tool.value(keys::content).toString();
        use.error = tool.value(keys::error).toString();
        if (const QJsonValue ms = tool.value(keys::ms); ms.isDouble())
            use.took = std::chrono::milliseconds(countOf(ms, 0));
        message.tools.append(std::move(use));
    }
    message.sources = readSources(object.value(keys::sources).toArray());
    if (message.state != MessageState::Running)
        endAll(message.agents, message.tools);
}

std::optional<MessageState> messageStateFromWire(QStringView name)
{
    return fromWire(states, name);
}

std::optional<FinishReason> finishReasonFromWire(QStringView name)
{
    return fromWire(finishReasons, name);
}

bool isValidId(QStringView id)
{
    const auto allowed = [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') ||
               u == u'_' || u == u'-';
    };
    return !id.isEmpty() && id.size() <= limits::idCharacters && std::ranges::all_of(id, allowed);
}

} // namespace runnel
