#include "gemini/geminicodec.h"
#include "gemini/jsonreader.h"

#include <array>
#include <cmath>

namespace runnel {

namespace {

using simdjson::dom::element;
using namespace std::chrono_literals;

constexpr qsizetype maxQuotedCharacters = 300;

//! An error's body as it stands there; `status` is the name, `httpStatus` the number.
struct ErrorBody
{
    int httpStatus = 0;
    QString status;
    QString message;
    bool isApiKeyInvalid = false;
    bool isDailyQuota = false;
    std::optional<std::chrono::milliseconds> retryAfter;
    bool isJson = false;
    bool isPage = false; //!< HTML: not Gemini but something on the way to it.
};

struct StatusNumber
{
    QLatin1String name;
    int httpStatus;
};

// https://cloud.google.com/apis/design/errors: an error in mid-stream may lack the number.
constexpr std::array statusNumbers{
    StatusNumber{QLatin1String("INVALID_ARGUMENT"), 400},
    StatusNumber{QLatin1String("FAILED_PRECONDITION"), 400},
    StatusNumber{QLatin1String("OUT_OF_RANGE"), 400},
    StatusNumber{QLatin1String("UNAUTHENTICATED"), 401},
    StatusNumber{QLatin1String("PERMISSION_DENIED"), 403},
    StatusNumber{QLatin1String("NOT_FOUND"), 404},
    StatusNumber{QLatin1String("ABORTED"), 409},
    StatusNumber{QLatin1String("RESOURCE_EXHAUSTED"), 429},
    StatusNumber{QLatin1String("CANCELLED"), 499},
    StatusNumber{QLatin1String("INTERNAL"), 500},
    StatusNumber{QLatin1String("UNKNOWN"), 500},
    StatusNumber{QLatin1String("UNAVAILABLE"), 503},
    StatusNumber{QLatin1String("DEADLINE_EXCEEDED"), 504},
};

//! A protobuf Duration in JSON: "34.4s".
std::optional<std::chrono::milliseconds> readDuration(const QString &text)
{
    if (!text.endsWith(u's'))
        return {};
    bool isNumber = false;
    const double seconds = QStringView(text).chopped(1).toDouble(&isNumber);
    if (!isNumber || !std::isfinite(seconds) || seconds < 0)
        return {};
    // Bounded so that the sum of such times never overflows; a year is as good as never.
    const double bounded = std::min(seconds, 365.0 * 24 * 3600);
    return std::chrono::milliseconds(qint64(std::ceil(bounded * 1000)));
}

void readDetail(const element &detail, ErrorBody &error)
{
    if (json::string(detail, "reason") == QLatin1String("API_KEY_INVALID"))
        error.isApiKeyInvalid = true;
    if (const auto delay = readDuration(json::string(detail, "retryDelay")))
        error.retryAfter = delay;
    simdjson::dom::array violations;
    if (detail["violations"].get(violations))
        return;
    for (const element violation : violations) {
        if (json::string(violation, "quotaId").contains(QLatin1String("PerDay")))
            error.isDailyQuota = true;
    }
}

void readErrorObject(const element &object, ErrorBody &error)
{
    std::string_view text;
    if (!object.get(text)) { // {"error":"…"}, as other servers have it
        error.message = json::toQString(text);
        return;
    }
    error.message = json::string(object, "message");
    error.status = json::string(object, "status");
    for (const StatusNumber &known : statusNumbers) {
        if (error.status == known.name)
            error.httpStatus = known.httpStatus;
    }
    const auto number = json::integer(object, "code");
    if (number && *number >= 400 && *number <= 599)
        error.httpStatus = int(*number);
    simdjson::dom::array details;
    if (!object["details"].get(details)) {
        for (const element detail : details)
            readDetail(detail, error);
    }
    // A key's quota of nothing comes as a quota that is used up: "… limit: 0, model: …".
    if (error.message.contains(QLatin1String("limit: 0")))
        error.isDailyQuota = true;
    if (error.message.contains(QLatin1String("API key not valid")) ||
        error.message.contains(QLatin1String("API key expired")))
        error.isApiKeyInvalid = true;
}

ErrorBody readBody(int httpStatus, QByteArrayView body)
{
    ErrorBody error;
    error.httpStatus = httpStatus;
    error.isPage = body.trimmed().startsWith('<');
    const auto document = json::parse(body);
    if (!document)
        return error;
    error.isJson = true;
    element root = document->root;
    simdjson::dom::array
        list; // [{"error":{…}}]: what comes where a stream would have been an array
    if (!root.get(list) && list.size() > 0)
        root = *list.begin();
    element object;
    if (!root["error"].get(object))
        readErrorObject(object, error);
    return error;
}

//! What happened and what to do about it.
struct Advice
{
    ErrorCode code;
    QString summary;
    QString action;
};

Advice adviseOnQuota(const ErrorBody &error, const QString &model)
{
    if (!error.isDailyQuota) {
        return {ErrorCode::QuotaExhausted,
                QStringLiteral("The model's quota is used up for the moment."),
                QStringLiteral("Wait a little, or use a key with a higher quota.")};
    }
    if (error.message.contains(QLatin1String("limit: 0"))) {
        return {ErrorCode::QuotaExhausted,
                QStringLiteral("The API key has no quota for the model '%1'.").arg(model),
                QStringLiteral("Choose another model, or enable billing for the key's project.")};
    }
    return {ErrorCode::QuotaExhausted, QStringLiteral("The API key's quota for today is used up."),
            QStringLiteral("Try again tomorrow, or use another key.")};
}

Advice adviseOnRefusal(const ErrorBody &error, const QString &model)
{
    switch (error.httpStatus) {
    case 403:
        return {ErrorCode::BadApiKey,
                QStringLiteral("The API key is not allowed to use the model '%1'.").arg(model),
                QStringLiteral("Check GOOGLE_API_KEY and the permissions of its project.")};
    case 404:
        return {ErrorCode::ModelNotFound,
                QStringLiteral("The model '%1' was not found.").arg(model),
                QStringLiteral("Check DEFAULT_MODEL, or the agent's model.")};
    case 400:
        if (error.status == QLatin1String("FAILED_PRECONDITION")) {
            return {ErrorCode::ModelError,
                    QStringLiteral("Gemini cannot be used with this API key from here."),
                    QStringLiteral("Check that your region is served, or enable billing.")};
        }
        [[fallthrough]];
    default:
        return {ErrorCode::ModelError,
                error.httpStatus > 0
                    ? QStringLiteral("The model refused the request (%1).").arg(error.httpStatus)
                    : QStringLiteral("The model reported an error."),
                {}};
    }
}

Advice advise(const ErrorBody &error, const QString &model)
{
    if (error.isApiKeyInvalid || error.httpStatus == 401) {
        return {ErrorCode::BadApiKey, QStringLiteral("The API key was refused."),
                QStringLiteral("Check GOOGLE_API_KEY.")};
    }
    const QString later = QStringLiteral("Try again in a moment.");
    switch (error.httpStatus) {
    case 429:
        return adviseOnQuota(error, model);
    case 408:
    case 504:
        return {ErrorCode::ModelOverloaded, QStringLiteral("The model took too long."), later};
    case 503:
    case 529:
        return {ErrorCode::ModelOverloaded, QStringLiteral("The model is busy."), later};
    case 502:
        return {ErrorCode::ModelUnreachable, QStringLiteral("The model could not be reached."),
                later};
    default:
        break;
    }
    if (error.httpStatus >= 500)
        return {ErrorCode::ModelError, QStringLiteral("The model failed."), later};
    return adviseOnRefusal(error, model);
}

bool isRetryable(const ErrorBody &error)
{
    return error.httpStatus == 408 || error.httpStatus == 429 || error.httpStatus >= 500;
}

} // namespace

QString GeminiCodec::quotable(const QString &words, const QString &secret)
{
    QString quote = words;
    if (!secret.isEmpty())
        quote.replace(secret, QLatin1String("[key]"));
    for (QChar &c : quote) {
        // Format characters could turn the direction of the text around it.
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u' ';
    }
    quote = quote.simplified();
    if (quote.size() <= maxQuotedCharacters)
        return quote;
    quote.truncate(maxQuotedCharacters - 1);
    if (quote.back().isHighSurrogate())
        quote.chop(1);
    return quote + u'…';
}

GeminiError GeminiCodec::decodeError(int httpStatus, QByteArrayView bytes,
                                     const ErrorContext &context)
{
    const ErrorBody body = readBody(httpStatus, bytes);
    const Advice advice = advise(body, context.model);

    GeminiError error;
    error.code = advice.code;
    error.summary = advice.summary;
    error.retryAfter = body.retryAfter;
    error.dailyQuota = body.isDailyQuota && body.httpStatus == 429;
    error.retryable = isRetryable(body) && !error.dailyQuota && !body.isApiKeyInvalid;
    error.httpStatus = body.httpStatus;
    error.text = advice.summary;
    if (!advice.action.isEmpty())
        error.text += u' ' + advice.action;
    if (body.isPage) {
        error.text += QStringLiteral(" The answer was a web page, so it came from something on the "
                                     "way: check GOOGLE_GEMINI_BASE_URL and the proxy.");
    }
    const QString quote = quotable(body.message, context.secret);
    if (!quote.isEmpty())
        error.text += QStringLiteral(" It said: \"%1\"").arg(quote);
    return error;
}

} // namespace runnel
