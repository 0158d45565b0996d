#pragma once

#include "protocol/frames.h"
#include "protocol/limits.h"
#include "protocol/result.h"

#include <QByteArray>

class QJsonObject;

namespace runnel {

class JsonWriter;

//! Which vocabulary a connection asked for: `runnel.v1`, or the workshop's three frames.
enum class Dialect { V0, V1 };

//! The frame as JSON text. In V0 a frame that this dialect has no word for is a null string: send
//! nothing.
[[nodiscard]] QString encode(const ServerFrame &frame, Dialect dialect = Dialect::V1);
[[nodiscard]] QString encode(const ClientFrame &frame);

//! The state or reason of that wire name; nothing for one that this version does not know.
[[nodiscard]] std::optional<MessageState> messageStateFromWire(QStringView name);
[[nodiscard]] std::optional<FinishReason> finishReasonFromWire(QStringView name);

//! The frame's type as it stands on the wire.
[[nodiscard]] QLatin1String typeOf(const ServerFrame &frame);

//! The member `usage` of the object that \a json stands in; counts below 0 are not known and left
//! out.
void writeUsage(JsonWriter &json, const Usage &usage);

//! A message as a snapshot carries it: the next value where \a json stands.
void writeMessage(JsonWriter &json, const MessageRecord &message);
//! The other way. The error (`bad_frame`) names the field behind \a path, such as `messages[3].`.
[[nodiscard]] Result<MessageRecord, Error> decodeMessage(const QJsonObject &object,
                                                         const QString &path = {});
//! The characters of all texts of a message, about: what it costs whoever keeps or sends it.
[[nodiscard]] qsizetype charactersOf(const MessageRecord &message);

//! The members `agents`, `tools` and `sources` of the message that \a json stands in, where it has
//! them.
void writeExtras(JsonWriter &json, const MessageRecord &message);
//! What \a object has of them. What is no agent, tool or source is passed over. The message's state
//! is known already: where no turn runs, nothing waits and nobody has the floor.
void readExtras(const QJsonObject &object, MessageRecord &message);

//! Why a client's frame was refused.
struct RefusedFrame
{
    Error error;
    QString id; //!< The message's own id where the frame had a good one.
};

//! A client's frame, checked: `bad_frame` with a text that names the field, what it was and what it
//! may be, or `too_large` when the message is longer than \a maxMessageBytes of UTF-8.
[[nodiscard]] Result<ClientFrame, RefusedFrame>
decodeClientFrame(const QString &text, qint64 maxMessageBytes = limits::messageBytes);

//! A server's frame; for clients. An unknown type is an UnknownFrame, unknown fields are passed
//! over, a missing or mistyped field that the frame cannot do without is an Error (`bad_frame`).
[[nodiscard]] Result<ServerFrame, Error> decodeServerFrame(const QString &text);

//! `[A-Za-z0-9_-]{1,64}`: a session id, an agent's name, a turn, a client's own message id.
[[nodiscard]] bool isValidId(QStringView id);

//! `2026-11-23T06:10:32.123Z`
[[nodiscard]] QString formatTimestamp(const QDateTime &at);

[[nodiscard]] QLatin1String toWire(Role role);
[[nodiscard]] QLatin1String toWire(MessageState state);
[[nodiscard]] QLatin1String toWire(FinishReason reason);
[[nodiscard]] QLatin1String toWire(ToolState state);
[[nodiscard]] QLatin1String toWire(Decision decision);

} // namespace runnel
