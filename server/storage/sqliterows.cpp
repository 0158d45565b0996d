#include "storage/sqliterows.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "storage/searchwords.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlQuery>
#include <QTimeZone>

namespace runnel {

namespace {

qint64 countFrom(const QVariant &value)
{
    return value.isNull() ? -1 : value.toLongLong();
}

//! A column that is NOT NULL: Qt writes a null QString as NULL.
QString notNull(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

//! Stands in stored parts for the message's text as JSON, for it is in the row already. No JSON has
//! it (RFC 8259, 7).
constexpr char textMark = '\x01';

QByteArray jsonOf(const QString &text)
{
    JsonWriter json(text.size() + 16);
    json.value(text);
    return json.take().toUtf8();
}

QByteArray partsToStore(const QByteArray &parts, const QString &text)
{
    const QByteArray json = jsonOf(text);
    const qsizetype at = parts.indexOf(json);
    if (at < 0 || parts.contains(textMark))
        return parts;
    return parts.first(at) + textMark + parts.sliced(at + json.size());
}

QByteArray partsFrom(const QByteArray &stored, const QString &text)
{
    const qsizetype at = stored.indexOf(textMark);
    return at < 0 ? stored : stored.first(at) + jsonOf(text) + stored.sliced(at + 1);
}

//! As JSON; empty when there is none of them.
QString extrasOf(const MessageRecord &record)
{
    if (record.agents.isEmpty() && record.tools.isEmpty() && record.sources.isEmpty())
        return {};
    JsonWriter json;
    json.beginObject();
    writeExtras(json, record);
    return json.endObject().take();
}

} // namespace

QVariant orNull(const QString &text)
{
    return text.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(text);
}

QVariant orNull(qint64 count)
{
    return count < 0 ? QVariant(QMetaType::fromType<qint64>()) : QVariant(count);
}

QVariant timeOf(const QDateTime &at)
{
    return at.toMSecsSinceEpoch();
}

QDateTime timeFrom(const QVariant &milliseconds)
{
    return QDateTime::fromMSecsSinceEpoch(milliseconds.toLongLong(), QTimeZone::utc());
}

QString messageColumns()
{
    return QStringLiteral(
        "message_id, parent_id, role, content, at, client_id, turn, agent, model, state, thoughts,"
        " finish_reason, prompt_tokens, cached_tokens, thought_tokens, answer_tokens, total_tokens,"
        " error_code, error, raw_parts, journal_from, spaced, extras, cost_usd");
}

StoredMessage messageFrom(const QSqlQuery &row)
{
    StoredMessage message;
    MessageRecord &record = message.record;
    record.messageId = row.value(0).toString();
    record.parentId = row.value(1).toString();
    record.role = row.value(2).toString() == toWire(Role::User) ? Role::User : Role::Model;
    record.content = row.value(3).toString();
    record.at = timeFrom(row.value(4));
    message.earlierIds = row.value(5).toString().split(u' ', Qt::SkipEmptyParts);
    if (!message.earlierIds.isEmpty())
        record.id = message.earlierIds.takeLast();
    if (record.role == Role::User)
        return message;
    record.turn = row.value(6).toString();
    record.agent = row.value(7).toString();
    record.model = row.value(8).toString();
    record.state =
        messageStateFromWire(row.value(9).toString()).value_or(MessageState::Interrupted);
    record.thoughts = row.value(10).toString();
    record.finishReason = finishReasonFromWire(row.value(11).toString());
    Usage usage{countFrom(row.value(12)), countFrom(row.value(13)), countFrom(row.value(14)),
                countFrom(row.value(15)), countFrom(row.value(16))};
    if (const QVariant cost = row.value(23); !cost.isNull())
        usage.costUsd = cost.toDouble();
    if (record.finishReason)
        record.usage = usage;
    if (!row.value(17).isNull()) {
        record.error =
            Error{errorCodeFromWire(row.value(17).toString()).value_or(ErrorCode::Internal),
                  row.value(18).toString()};
    }
    if (const QString extras = row.value(22).toString(); !extras.isEmpty())
        readExtras(QJsonDocument::fromJson(extras.toUtf8()).object(), record);
    message.rawParts = partsFrom(row.value(19).toByteArray(), record.content);
    return message;
}

qint64 journalFrom(const QSqlQuery &row)
{
    return row.value(20).toLongLong();
}

void bindMessage(QSqlQuery &query, int at, const StoredMessage &message, qint64 journalFrom)
{
    const MessageRecord &record = message.record;
    const bool isUser = record.role == Role::User;
    const Usage usage = record.usage.value_or(Usage());
    const bool runs = !isUser && record.state == MessageState::Running;
    const auto bind = [&query, &at](const QVariant &value) { query.bindValue(at++, value); };
    bind(record.messageId);
    bind(orNull(record.parentId));
    bind(QString(toWire(record.role)));
    bind(notNull(record.content));
    bind(timeOf(record.at));
    bind(orNull((message.earlierIds + QStringList{record.id}).join(u' ')));
    bind(orNull(record.turn));
    bind(orNull(record.agent));
    bind(orNull(record.model));
    bind(isUser ? orNull(QString()) : QVariant(QString(toWire(record.state))));
    bind(orNull(record.thoughts));
    bind(record.finishReason ? QVariant(QString(toWire(*record.finishReason))) : orNull(QString()));
    bind(orNull(usage.promptTokens));
    bind(orNull(usage.cachedTokens));
    bind(orNull(usage.thoughtTokens));
    bind(orNull(usage.answerTokens));
    bind(orNull(usage.totalTokens));
    bind(record.error ? QVariant(QString(toWire(record.error->code))) : orNull(QString()));
    bind(record.error ? QVariant(record.error->text) : orNull(QString()));
    bind(message.rawParts.isEmpty() ? QVariant(QMetaType::fromType<QByteArray>())
                                    : QVariant(partsToStore(message.rawParts, record.content)));
    bind(orNull(runs ? journalFrom : -1));
    bind(orNull(runs ? QString() : spaced(record.content)));
    bind(orNull(extrasOf(record)));
    bind(usage.costUsd ? QVariant(*usage.costUsd) : QVariant(QMetaType::fromType<double>()));
}

} // namespace runnel
