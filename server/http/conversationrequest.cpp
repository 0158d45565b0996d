#include "http/conversationrequest.h"

#include "protocol/keys.h"
#include "protocol/limits.h"
#include "protocol/wellformed.h"
#include "storage/listcursor.h"

#include <QJsonDocument>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace runnel {

namespace {} // namespace

Result<std::optional<QString>, Refusal> queryField(const QByteArray &query, QLatin1String name)
{
    for (const QByteArray &field : query.split('&')) {
        const qsizetype equals = field.indexOf('=');
        if (QLatin1String(equals < 0 ? field : field.first(equals)) != name)
            continue;
        QByteArray value = equals < 0 ? QByteArray() : field.sliced(equals + 1);
        value = QByteArray::fromPercentEncoding(value.replace('+', ' '));
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(value);
        if (decoder.hasError())
            return Failure{badField(QStringLiteral("The field \"%1\" is not UTF-8.").arg(name))};
        return std::optional(text);
    }
    return std::optional<QString>();
}

Refusal badField(const QString &detail)
{
    return {422, "bad_field", detail, {}};
}

QString kindOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("a boolean");
    case QJsonValue::Double:
        return QStringLiteral("a number");
    case QJsonValue::String:
        return QStringLiteral("a string");
    case QJsonValue::Array:
        return QStringLiteral("an array");
    case QJsonValue::Object:
        return QStringLiteral("an object");
    case QJsonValue::Undefined:
        break;
    }
    return QStringLiteral("missing");
}

Result<ConversationQuery, Refusal> parseListQuery(const QByteArray &query)
{
    const auto limit = queryField(query, QLatin1String("limit"));
    const auto cursor = queryField(query, QLatin1String("cursor"));
    const auto search = queryField(query, QLatin1String("q"));
    for (const auto *field : {&limit, &cursor, &search}) {
        if (!*field)
            return Failure{field->error()};
    }
    ConversationQuery asked;
    if (const std::optional<QString> &text = *limit) {
        bool ok = false;
        asked.limit = text->toInt(&ok);
        if (!ok || asked.limit < 1 || asked.limit > ConversationQuery::maxLimit) {
            return Failure{badField(
                QStringLiteral("The field \"limit\" is \"%1\"; it may be a number from 1 to %2.")
                    .arg(text->left(32))
                    .arg(ConversationQuery::maxLimit))};
        }
    }
    asked.cursor = cursor->value_or(QString());
    if (!asked.cursor.isEmpty() && !ListCursor::from(asked.cursor)) {
        return Failure{badField(QStringLiteral("The field \"cursor\" is \"%1\"; it may be the "
                                               "\"next\" of the page before.")
                                    .arg(asked.cursor.left(32)))};
    }
    asked.search = search->value_or(QString());
    if (asked.search.size() > limits::searchCharacters) {
        return Failure{
            badField(QStringLiteral("The field \"q\" has %1 characters; at most %2 are taken.")
                         .arg(asked.search.size())
                         .arg(limits::searchCharacters))};
    }
    return asked;
}

Result<ExportFormat, Refusal> parseExportQuery(const QByteArray &query)
{
    const auto format = queryField(query, keys::format);
    if (!format)
        return Failure{format.error()};
    const QString name = format->value_or(QStringLiteral("json"));
    if (name == QLatin1String("json"))
        return ExportFormat::Json;
    if (name == QLatin1String("markdown"))
        return ExportFormat::Markdown;
    return Failure{badField(
        QStringLiteral("The field \"format\" is \"%1\"; it may be \"json\" or \"markdown\".")
            .arg(name.left(32)))};
}

Result<QJsonObject, Refusal> parseJsonBody(const QByteArray &contentType, const QByteArray &body)
{
    if (contentType.split(';').first().trimmed().toLower() != "application/json") {
        return Failure{Refusal{415,
                               "unsupported_media_type",
                               QStringLiteral("Send the body as application/json."),
                               {}}};
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    const auto bad = [](const QString &detail) {
        return Failure{Refusal{400, "bad_frame", detail, {}}};
    };
    if (error.error != QJsonParseError::NoError) {
        return bad(QStringLiteral("The body is not JSON: %1 at byte %2.")
                       .arg(error.errorString())
                       .arg(error.offset));
    }
    if (!document.isObject())
        return bad(QStringLiteral("The body must be a JSON object, not an array."));
    return document.object();
}

Result<QString, Refusal> parseTitle(const QJsonValue &title, const QString &path)
{
    if (title.isNull())
        return QString();
    if (!title.isString()) {
        return Failure{badField(QStringLiteral("The field \"%1\" must be a string or null; it was "
                                               "%2.")
                                    .arg(path, kindOf(title)))};
    }
    const QString text = wellFormed(title.toString().trimmed());
    const bool isLine = std::ranges::none_of(text, [](QChar c) {
        return c.category() == QChar::Other_Control || c == QChar::LineSeparator ||
               c == QChar::ParagraphSeparator;
    });
    if (!isLine)
        return Failure{badField(QStringLiteral("The field \"%1\" must be one line.").arg(path))};
    if (text.isEmpty() || text.size() > limits::titleCharacters) {
        return Failure{badField(QStringLiteral("The field \"%1\" has %2 characters; it may have 1 "
                                               "to %3, or be null.")
                                    .arg(path)
                                    .arg(text.size())
                                    .arg(limits::titleCharacters))};
    }
    return text;
}

Result<ConversationChange, Refusal> parseChange(const QByteArray &contentType,
                                                const QByteArray &body)
{
    const auto object = parseJsonBody(contentType, body);
    if (!object)
        return Failure{object.error()};
    ConversationChange change;
    if (const QJsonValue title = object->value(keys::title); !title.isUndefined()) {
        const auto text = parseTitle(title, keys::title);
        if (!text)
            return Failure{text.error()};
        change.title = *text;
    }
    if (const QJsonValue pinned = object->value(keys::pinned); !pinned.isUndefined()) {
        if (!pinned.isBool()) {
            return Failure{badField(QStringLiteral("The field \"pinned\" must be a boolean; it was "
                                                   "%1.")
                                        .arg(kindOf(pinned)))};
        }
        change.pinned = pinned.toBool();
    }
    if (!change.title && !change.pinned) {
        return Failure{
            badField(QStringLiteral("The body has neither \"title\" nor \"pinned\"; send what "
                                    "shall change."))};
    }
    return change;
}

} // namespace runnel
