#include "emulator/googleerror.h"

#include "protocol/jsonwriter.h"

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr QLatin1String typeKey("@type");
constexpr QLatin1String quotaPage("https://ai.google.dev/gemini-api/docs/rate-limits");

QString seconds(std::chrono::milliseconds time)
{
    return QString::number(double(time.count()) / 1000.0, 'g', 9) + u's';
}

QString helpDetail()
{
    JsonWriter json;
    json.beginObject().member(typeKey, "type.googleapis.com/google.rpc.Help"_L1);
    json.key("links"_L1).beginArray().beginObject();
    json.member("description"_L1, "Learn more about Gemini API quotas"_L1);
    json.member("url"_L1, quotaPage).endObject().endArray().endObject();
    return json.take();
}

QString quotaDetail(QLatin1String quotaId, const QString &model, QLatin1String value)
{
    JsonWriter json;
    json.beginObject().member(typeKey, "type.googleapis.com/google.rpc.QuotaFailure"_L1);
    json.key("violations"_L1).beginArray().beginObject();
    json.member("quotaMetric"_L1,
                "generativelanguage.googleapis.com/generate_content_free_tier_requests"_L1);
    json.member("quotaId"_L1, quotaId).key("quotaDimensions"_L1).beginObject();
    json.member("location"_L1, "global"_L1).member("model"_L1, model).endObject();
    json.member("quotaValue"_L1, value).endObject().endArray().endObject();
    return json.take();
}

QString retryDetail(std::chrono::milliseconds delay)
{
    JsonWriter json;
    json.beginObject().member(typeKey, "type.googleapis.com/google.rpc.RetryInfo"_L1);
    json.member("retryDelay"_L1, seconds(delay)).endObject();
    return json.take();
}

QString quotaMessage(const QString &model, int limit, std::chrono::milliseconds retryAfter)
{
    return u"You exceeded your current quota, please check your plan and billing details. For more "
           "information on this error, head to: %1. \n* Quota exceeded for metric: "
           "generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: %2, "
           "model: %3\nPlease retry in %4."_s.arg(quotaPage)
               .arg(limit)
               .arg(model, seconds(retryAfter));
}

} // namespace

QByteArray GoogleError::toJson() const
{
    JsonWriter json(512);
    json.beginObject().key("error"_L1).beginObject();
    json.member("code"_L1, code).member("message"_L1, message).member("status"_L1, status);
    if (!details.isEmpty()) {
        json.key("details"_L1).beginArray();
        for (const QString &detail : details)
            json.raw(detail);
        json.endArray();
    }
    json.endObject().endObject();
    return json.take().toUtf8();
}

namespace googleerrors {

GoogleError invalidArgument(const QString &message)
{
    return {400, u"INVALID_ARGUMENT"_s, message, {}};
}

GoogleError badFields(const QList<FieldViolation> &violations)
{
    QStringList lines;
    JsonWriter json;
    json.beginObject().member(typeKey, "type.googleapis.com/google.rpc.BadRequest"_L1);
    json.key("fieldViolations"_L1).beginArray();
    for (const FieldViolation &violation : violations) {
        json.beginObject();
        if (!violation.field.isEmpty())
            json.member("field"_L1, violation.field);
        json.member("description"_L1, violation.description).endObject();
        lines.append(violation.description);
    }
    json.endArray().endObject();
    return {400, u"INVALID_ARGUMENT"_s, lines.join(u'\n'), {json.take()}};
}

GoogleError badApiKey()
{
    const QString text = u"API key not valid. Please pass a valid API key."_s;
    JsonWriter info;
    info.beginObject().member(typeKey, "type.googleapis.com/google.rpc.ErrorInfo"_L1);
    info.member("reason"_L1, "API_KEY_INVALID"_L1).member("domain"_L1, "googleapis.com"_L1);
    info.key("metadata"_L1).beginObject();
    info.member("service"_L1, "generativelanguage.googleapis.com"_L1).endObject().endObject();
    JsonWriter localized;
    localized.beginObject();
    localized.member(typeKey, "type.googleapis.com/google.rpc.LocalizedMessage"_L1);
    localized.member("locale"_L1, "en-US"_L1).member("message"_L1, text).endObject();
    return {400, u"INVALID_ARGUMENT"_s, text, {info.take(), localized.take()}};
}

GoogleError noApiKey()
{
    return {403,
            u"PERMISSION_DENIED"_s,
            u"Method doesn't allow unregistered callers (callers without established identity). "
            "Please use API Key or other form of API consumer identity to call this API."_s,
            {}};
}

GoogleError pathNotFound()
{
    return {404, u"NOT_FOUND"_s, u"Requested entity was not found."_s, {}};
}

GoogleError modelNotFound(const QString &model, const QString &version, const QString &method)
{
    return {404,
            u"NOT_FOUND"_s,
            u"models/%1 is not found for API version %2, or is not supported for %3. Call "
            "ListModels to see the list of available models and their supported methods."_s.arg(
                model, version, method),
            {}};
}

GoogleError noSuchModel(const QString &model, const QString &version)
{
    return {404,
            u"NOT_FOUND"_s,
            u"Model is not found: models/%1 for api version %2"_s.arg(model, version),
            {}};
}

GoogleError rateLimited(const QString &model, std::chrono::milliseconds retryAfter)
{
    return {429,
            u"RESOURCE_EXHAUSTED"_s,
            quotaMessage(model, 10, retryAfter),
            {helpDetail(),
             quotaDetail("GenerateRequestsPerMinutePerProjectPerModel-FreeTier"_L1, model, "10"_L1),
             retryDetail(retryAfter)}};
}

GoogleError dailyQuota(const QString &model)
{
    // The real one sends a short retryDelay here too, which makes it easy to mistake.
    const std::chrono::milliseconds retryAfter(34'400);
    return {429,
            u"RESOURCE_EXHAUSTED"_s,
            quotaMessage(model, 250, retryAfter),
            {helpDetail(),
             quotaDetail("GenerateRequestsPerDayPerProjectPerModel-FreeTier"_L1, model, "250"_L1),
             retryDetail(retryAfter)}};
}

GoogleError internal()
{
    return {500,
            u"INTERNAL"_s,
            u"An internal error has occurred. Please retry or report in "
            "https://developers.generativeai.google/guide/troubleshooting"_s,
            {}};
}

GoogleError unavailable()
{
    return {503, u"UNAVAILABLE"_s, u"The model is overloaded. Please try again later."_s, {}};
}

GoogleError ofStatus(int code, const QString &message)
{
    switch (code) {
    case 400:
        return {code, u"INVALID_ARGUMENT"_s, message, {}};
    case 401:
        return {code, u"UNAUTHENTICATED"_s, message, {}};
    case 403:
        return {code, u"PERMISSION_DENIED"_s, message, {}};
    case 404:
        return {code, u"NOT_FOUND"_s, message, {}};
    case 429:
        return {code, u"RESOURCE_EXHAUSTED"_s, message, {}};
    case 499:
        return {code, u"CANCELLED"_s, message, {}};
    case 500:
        return {code, u"INTERNAL"_s, message, {}};
    case 503:
        return {code, u"UNAVAILABLE"_s, message, {}};
    case 504:
        return {code, u"DEADLINE_EXCEEDED"_s, message, {}};
    default:
        return {code, u"UNKNOWN"_s, message, {}};
    }
}

} // namespace googleerrors

QByteArray httpReason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 502:
        return "Bad Gateway";
    case 503:
        return "Service Unavailable";
    case 504:
        return "Gateway Timeout";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

} // namespace runnel::emulator
