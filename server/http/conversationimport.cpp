#include "http/conversationimport.h"

#include "http/conversationexport.h"
#include "http/conversationrequest.h"
#include "protocol/codec.h"
#include "protocol/keys.h"
#include "protocol/wellformed.h"
#include "sessions/conversation.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>
#include <QUuid>

#include <algorithm>

namespace runnel {

namespace {

constexpr qsizetype modelCharacters = 200;

//! Values in the JSON, about; what a message has is far below its share. A parsed value costs many
//! times what its text does: sixteen megabytes of "[],[]," shall not become a gigabyte.
constexpr qsizetype maxValues = 64 * limits::importMessages;

bool hasTooManyValues(const QByteArray &json)
{
    qsizetype values = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size() && values <= maxValues; ++i) {
        const char c = json[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == ',' || c == '[' || c == '{'))
            ++values;
    }
    return values > maxValues;
}

QString pathOf(qsizetype message, QLatin1String field)
{
    return QStringLiteral("conversation.messages[%1].").arg(message) + field;
}

Refusal wrong(const QString &path, const QString &problem)
{
    return badField(QStringLiteral("The field \"%1\" %2.").arg(path, problem));
}

//! Something a person can search for in a file of megabytes.
QString quoted(const QString &text)
{
    return u'"' + text.left(64) + u'"';
}

//! Reads one conversation; stops at the first thing that is wrong.
class Import
{
public:
    explicit Import(const QDateTime &now)
        : m_now(now)
    {}

    Result<StoredConversation, Refusal> read(const QJsonObject &file)
    {
        readFile(file);
        if (m_problem)
            return Failure{*m_problem};
        return std::move(m_conversation);
    }

private:
    void fail(const QString &path, const QString &problem)
    {
        if (!m_problem)
            m_problem = wrong(path, problem);
    }

    void readFile(const QJsonObject &file)
    {
        const QJsonValue format = file.value(keys::format);
        if (format.toString() != exportFormat) {
            return fail(keys::format,
                        QStringLiteral("must be \"%1\"; it was %2")
                            .arg(exportFormat,
                                 format.isString() ? quoted(format.toString()) : kindOf(format)));
        }
        if (file.value(keys::version) != QJsonValue(exportVersion)) {
            return fail(keys::version,
                        QStringLiteral("must be %1, the one version that this server reads")
                            .arg(exportVersion));
        }
        const QJsonValue conversation = file.value(keys::conversation);
        if (!conversation.isObject()) {
            return fail(keys::conversation,
                        QStringLiteral("must be an object; it was %1").arg(kindOf(conversation)));
        }
        readMessages(conversation[keys::messages]);
        if (!m_problem)
            readHead(conversation.toObject());
    }

    void readMessages(const QJsonValue &value)
    {
        const QString path = QStringLiteral("conversation.messages");
        if (!value.isArray())
            return fail(path, QStringLiteral("must be an array; it was %1").arg(kindOf(value)));
        const QJsonArray messages = value.toArray();
        if (messages.isEmpty() || messages.size() > limits::importMessages) {
            return fail(path, QStringLiteral("has %1 messages; it may have 1 to %2")
                                  .arg(messages.size())
                                  .arg(limits::importMessages));
        }
        m_conversation.messages.reserve(std::size_t(messages.size()));
        for (qsizetype i = 0; i < messages.size() && !m_problem; ++i)
            readMessage(i, messages.at(i));
        if (!m_problem && m_characters > limits::importCharacters) {
            fail(path, QStringLiteral("have %1 characters together, %2 a message counted in; at "
                                      "most %3 are taken")
                           .arg(m_characters)
                           .arg(Conversation::messageCharacters)
                           .arg(limits::importCharacters));
        }
    }

    void readMessage(qsizetype index, const QJsonValue &value)
    {
        if (!value.isObject()) {
            return fail(QStringLiteral("conversation.messages[%1]").arg(index),
                        QStringLiteral("must be an object; it was %1").arg(kindOf(value)));
        }
        auto decoded = decodeMessage(value.toObject(), pathOf(index, QLatin1String()));
        if (!decoded) {
            m_problem = badField(decoded.error().text);
            return;
        }
        MessageRecord record = *std::move(decoded);
        for (QString *text : {&record.content, &record.thoughts, &record.model})
            *text = wellFormed(*text);
        if (record.error)
            record.error->text = wellFormed(record.error->text);
        for (ToolUse &use : record.tools) {
            for (QString *text : {&use.tool, &use.content, &use.error})
                *text = wellFormed(*text);
        }
        for (Source &source : record.sources) {
            for (QString *text : {&source.title, &source.url})
                *text = wellFormed(*text);
        }
        checkPlace(index, record);
        checkTime(pathOf(index, keys::at), record.at);
        if (!record.id.isEmpty() && !isValidId(record.id))
            failId(pathOf(index, keys::id));
        if (record.role == Role::Model)
            checkAnswer(index, value.toObject(), record);
        else if (record.content.trimmed().isEmpty())
            fail(pathOf(index, keys::content), QStringLiteral("is empty"));
        m_characters += Conversation::messageCharacters + charactersOf(record);
        m_roles.insert(record.messageId, record.role);
        m_leaves.remove(record.parentId);
        m_leaves.insert(record.messageId);
        m_conversation.messages.push_back({std::move(record), {}});
    }

    //! Where it hangs in the tree.
    void checkPlace(qsizetype index, const MessageRecord &record)
    {
        if (!isValidId(record.messageId))
            return failId(pathOf(index, keys::messageId));
        if (m_roles.contains(record.messageId)) {
            return fail(
                pathOf(index, keys::messageId),
                QStringLiteral("is %1, as of a message before").arg(quoted(record.messageId)));
        }
        const QString path = pathOf(index, keys::parentId);
        const auto parent = m_roles.constFind(record.parentId);
        if (!record.parentId.isNull() && parent == m_roles.cend()) {
            return fail(path, QStringLiteral("is %1, which names no message before it")
                                  .arg(quoted(record.parentId)));
        }
        if (record.role == Role::Model && (parent == m_roles.cend() || *parent != Role::User))
            fail(path, QStringLiteral("must name a user's message: the question of this answer"));
        // The history that a model gets is read in pairs: one of two questions would be lost.
        if (record.role == Role::User && parent != m_roles.cend() && *parent != Role::Model) {
            fail(path, QStringLiteral("is %1, which is a question; that of a question must name an "
                                      "answer, or be null")
                           .arg(quoted(record.parentId)));
        }
    }

    void checkAnswer(qsizetype index, const QJsonObject &object, MessageRecord &record)
    {
        const QString state = object.value(keys::state).toString();
        if (!messageStateFromWire(state)) {
            fail(pathOf(index, keys::state), QStringLiteral("must be \"done\", \"stopped\", "
                                                            "\"interrupted\", \"failed\" or "
                                                            "\"running\""));
        }
        if (!object.value(keys::finishReason).isUndefined() && !record.finishReason) {
            fail(pathOf(index, keys::finishReason),
                 QStringLiteral("must be \"stop\", \"stopped\", \"length\", \"blocked\" or "
                                "\"interrupted\", or be left out"));
        }
        if (!record.agent.isEmpty() && !isValidId(record.agent))
            failId(pathOf(index, keys::agent));
        checkTools(index, record);
        if (record.model.size() > modelCharacters) {
            fail(pathOf(index, keys::model), QStringLiteral("has %1 characters; at most %2 are "
                                                            "taken")
                                                 .arg(record.model.size())
                                                 .arg(modelCharacters));
        }
        record.turn = QStringLiteral("t%1").arg(++m_conversation.head.turns);
        if (record.state == MessageState::Running) {
            record.state = MessageState::Interrupted;
            record.finishReason = FinishReason::Interrupted;
            endAll(record.agents, record.tools);
        }
        // As a store has it: whatever ended for a reason was counted.
        if (record.finishReason && !record.usage)
            record.usage = Usage();
    }

    //! What it called and rests on: as many as an answer can have, each call by a name of its own.
    void checkTools(qsizetype index, const MessageRecord &record)
    {
        const auto checkCount = [this, index](QLatin1String key, qsizetype count) {
            if (count > limits::partsOfAnswer) {
                fail(pathOf(index, key), QStringLiteral("has %1 entries; at most %2 are taken")
                                             .arg(count)
                                             .arg(limits::partsOfAnswer));
            }
        };
        checkCount(keys::agents, record.agents.size());
        checkCount(keys::tools, record.tools.size());
        checkCount(keys::sources, record.sources.size());
        QSet<QString> calls;
        for (const ToolUse &use : record.tools) {
            if (!isValidId(use.call) || calls.contains(use.call) || use.tool.isEmpty()) {
                return fail(pathOf(index, keys::tools),
                            QStringLiteral("has the call %1; each must have a \"tool\" and a "
                                           "\"call\" of its own, of A-Z a-z 0-9 _ -")
                                .arg(quoted(use.call)));
            }
            calls.insert(use.call);
        }
        const auto isAgent = [](const QString &name) { return name.isEmpty() || isValidId(name); };
        if (!std::ranges::all_of(record.tools, isAgent, &ToolUse::agent))
            failId(pathOf(index, keys::tools) + QStringLiteral(".agent"));
        if (!std::ranges::all_of(record.agents, isAgent, &AgentOnFloor::agent) ||
            !std::ranges::all_of(record.agents, isAgent, &AgentOnFloor::parent))
            failId(pathOf(index, keys::agents) + QStringLiteral(".agent"));
    }

    void readHead(const QJsonObject &object)
    {
        ConversationHead &head = m_conversation.head;
        head.id = QUuid::createUuid().toString(QUuid::Id128);
        if (const QJsonValue title = object.value(keys::title); !title.isUndefined()) {
            const auto text = parseTitle(title, QStringLiteral("conversation.title"));
            if (!text) {
                m_problem = text.error();
                return;
            }
            head.title = *text;
        }
        const QJsonValue pinned = object.value(keys::pinned);
        if (!pinned.isUndefined() && !pinned.isBool()) {
            return fail(QStringLiteral("conversation.pinned"),
                        QStringLiteral("must be a boolean; it was %1").arg(kindOf(pinned)));
        }
        head.pinned = pinned.toBool();
        const auto &messages = m_conversation.messages;
        head.updatedAt = readTime(object, keys::updatedAt, messages.back().record.at);
        head.createdAt = readTime(object, keys::createdAt, messages.front().record.at);
        head.createdAt = std::min(head.createdAt, head.updatedAt);
        readActive(object.value(keys::active));
    }

    void readActive(const QJsonValue &active)
    {
        const QString path = QStringLiteral("conversation.active");
        QString &leaf = m_conversation.head.active;
        leaf = m_conversation.messages.back().record.messageId;
        if (active.isUndefined() || active.isNull())
            return;
        leaf = active.toString();
        if (!active.isString())
            fail(path, QStringLiteral("must be a string; it was %1").arg(kindOf(active)));
        else if (!m_roles.contains(leaf))
            fail(path, QStringLiteral("is %1, which names no message").arg(quoted(leaf)));
        else if (!m_leaves.contains(leaf))
            fail(path, QStringLiteral("is %1; it must name the last message of a branch")
                           .arg(quoted(leaf)));
    }

    QDateTime readTime(const QJsonObject &object, QLatin1String key, const QDateTime &otherwise)
    {
        const QString path = QStringLiteral("conversation.") + key;
        const QJsonValue value = object.value(key);
        QDateTime at = otherwise;
        if (!value.isUndefined())
            at = QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
        if (at.isValid())
            checkTime(path, at);
        else
            fail(path, QStringLiteral("must be a time such as 2026-01-31T12:00:00.000Z"));
        return at;
    }

    //! Nothing was said in times to come: it would be first in the list until then.
    void checkTime(const QString &path, QDateTime &at)
    {
        if (at.toMSecsSinceEpoch() < 0)
            fail(path, QStringLiteral("must be a time of 1970 or later"));
        at = std::min(at, m_now);
    }

    void failId(const QString &path)
    {
        fail(path, QStringLiteral("must be 1 to %1 characters of A-Z a-z 0-9 _ -")
                       .arg(limits::idCharacters));
    }

    const QDateTime m_now;
    StoredConversation m_conversation;
    QHash<QString, Role> m_roles; //!< Of the messages so far, by id.
    QSet<QString> m_leaves;
    qsizetype m_characters = 0;
    std::optional<Refusal> m_problem;
};

} // namespace

Result<StoredConversation, Refusal> parseImport(const QByteArray &contentType,
                                                const QByteArray &body, const QDateTime &now)
{
    if (hasTooManyValues(body)) {
        return Failure{Refusal{413,
                               "too_large",
                               QStringLiteral("The body has more than %1 JSON values, which no "
                                              "conversation has that could be imported.")
                                   .arg(maxValues),
                               {}}};
    }
    const auto file = parseJsonBody(contentType, body);
    if (!file)
        return Failure{file.error()};
    return Import(now).read(*file);
}

} // namespace runnel
