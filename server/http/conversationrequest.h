#pragma once

#include "net/refusal.h"
#include "protocol/result.h"
#include "sessions/sessionregistry.h"
#include "storage/storedconversation.h"

#include <QJsonObject>

namespace runnel {

//! What clients ask of the list of conversations, checked. A refusal names the field, what it was
//! and what it may be: 422 `bad_field`; 400 `bad_frame` for what is no JSON; 415.

[[nodiscard]] Refusal badField(const QString &detail);

//! The fields of the query that list conversations: `limit`, `cursor`, `q`. Others are passed over.
[[nodiscard]] Result<ConversationQuery, Refusal> parseListQuery(const QByteArray &query);

enum class ExportFormat { Json, Markdown };
//! The field `format` of the query: `json`, which it is when left out, or `markdown`.
[[nodiscard]] Result<ExportFormat, Refusal> parseExportQuery(const QByteArray &query);

//! The value of the first field of that name in a query as forms write it, decoded. Nothing when
//! there is none; the error when it is no UTF-8.
[[nodiscard]] Result<std::optional<QString>, Refusal> queryField(const QByteArray &query,
                                                                 QLatin1String name);

//! A body that must be a JSON object.
[[nodiscard]] Result<QJsonObject, Refusal> parseJsonBody(const QByteArray &contentType,
                                                         const QByteArray &body);

//! A title in that field: trimmed and well formed; null for null. \a path names the field.
[[nodiscard]] Result<QString, Refusal> parseTitle(const QJsonValue &title, const QString &path);

//! The body that renames and pins: `{title?, pinned?}`, at least one of them.
[[nodiscard]] Result<ConversationChange, Refusal> parseChange(const QByteArray &contentType,
                                                              const QByteArray &body);

//! What a JSON value is, in words for an error: "a number", "an array", "missing" …
[[nodiscard]] QString kindOf(const QJsonValue &value);

} // namespace runnel
