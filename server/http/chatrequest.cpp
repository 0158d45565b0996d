#include "http/chatrequest.h"

#include "protocol/codec.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>
#include <QUuid>

namespace runnel {

namespace {

Refusal badFrame(const QString &detail)
{
    return {400, "bad_frame", detail, {}};
}

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadFrame:
        return 400;
    case ErrorCode::Unauthorized:
        return 401;
    case ErrorCode::Forbidden:
        return 403;
    case ErrorCode::UnknownAgent:
    case ErrorCode::UnknownMessage:
        return 404;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::Blocked:
        return 422;
    case ErrorCode::QueueFull:
    case ErrorCode::RateLimited:
        return 429;
    case ErrorCode::BadApiKey: // The server's key: nothing that the client could send better.
    case ErrorCode::ModelNotFound:
    case ErrorCode::ModelUnreachable:
    case ErrorCode::ModelError:
        return 502;
    case ErrorCode::QuotaExhausted:
    case ErrorCode::ModelOverloaded:
    case ErrorCode::Interrupted:
        return 503;
    case ErrorCode::ToolFailed:
    case ErrorCode::StorageFailed:
    case ErrorCode::Internal:
        break;
    }
    return 500;
}

} // namespace

Result<ChatRequest, Refusal> parseChatRequest(const QByteArray &contentType, const QByteArray &body,
                                              qint64 maxMessageBytes)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    if (!type.isEmpty() && type != "application/json") {
        return Failure{Refusal{415,
                               "unsupported_media_type",
                               QStringLiteral("Send the body as application/json."),
                               {}}};
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(body);
    if (decoder.hasError())
        return Failure{badFrame(QStringLiteral("The body is not UTF-8."))};

    // The message is held to the same rules as one that comes by WebSocket.
    const auto frame = decodeClientFrame(text, maxMessageBytes);
    if (!frame) {
        Refusal refusal = refusalFrom(frame.error().error);
        refusal.detail.replace(QLatin1String("The frame"), QLatin1String("The body"));
        return Failure{refusal};
    }
    const auto *message = std::get_if<SendMessage>(&*frame);
    if (!message)
        return Failure{badFrame(QStringLiteral("The field \"type\" may only be \"message\"."))};

    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QJsonValue context = object.value(QLatin1String("context"));
    if (!context.isUndefined() && !context.isNull() && !context.isObject())
        return Failure{badFrame(QStringLiteral("The field \"context\" must be an object."))};

    ChatRequest request{{}, *message};
    request.message.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const QJsonValue session = object.value(QLatin1String("session_id"));
    if (session.isUndefined() || session.isNull()) {
        request.sessionId = QUuid::createUuid().toString(QUuid::Id128);
    } else if (isValidId(session.toString())) {
        request.sessionId = session.toString();
    } else {
        return Failure{
            badFrame(QStringLiteral("The field \"session_id\" must be 1 to 64 characters "
                                    "of A-Z a-z 0-9 _ -."))};
    }
    return request;
}

Refusal refusalFrom(const Error &error, std::optional<std::chrono::milliseconds> retryAfter)
{
    Refusal refusal{statusOf(error.code),
                    QByteArray(toWire(error.code).latin1(), toWire(error.code).size()),
                    error.text,
                    {}};
    if (retryAfter) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*retryAfter).count();
        refusal.headers.append(HeaderField{"Retry-After", QByteArray::number(qint64(seconds))});
    }
    return refusal;
}

} // namespace runnel
