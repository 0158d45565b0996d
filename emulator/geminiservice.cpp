#include "emulator/geminiservice.h"

#include "emulator/requestparser.h"
#include "protocol/jsonwriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr double humanTokensPerSecond = 30;
constexpr std::chrono::milliseconds humanFirstToken(350);
constexpr QLatin1String streamMethod("streamGenerateContent");

//! The streaming method without alt=sse gives a list, errors included.
ServiceReply errorReply(const GoogleError &error, Framing framing = Framing::Whole)
{
    QByteArray body = error.toJson();
    if (framing == Framing::Array)
        body = '[' + body + "]\r\n";
    return HttpReply{.status = error.code, .body = body};
}

ServiceReply jsonReply(JsonWriter &json)
{
    return HttpReply{.body = json.take().toUtf8()};
}

Framing framingOf(const HttpRequest &request, const QString &method)
{
    if (method != streamMethod)
        return Framing::Whole;
    const bool isSse = request.query.queryItemValue(u"alt"_s) == "sse"_L1;
    return isSse ? Framing::Sse : Framing::Array;
}

ServiceReply welcomePage()
{
    return HttpReply{.contentType = "text/plain; charset=UTF-8",
                     .body = "This is runnel-emulator, a Gemini that runs offline. Point a client "
                             "at it, e.g. with GOOGLE_GEMINI_BASE_URL.\n"};
}

ServiceReply proxyPage(int status)
{
    const QByteArray title = QByteArray::number(status) + ' ' + httpReason(status);
    return HttpReply{
        .status = status,
        .contentType = "text/html",
        .body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                title + "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"};
}

} // namespace

GeminiService::GeminiService(Scenario scenario, ServiceOptions options)
    : m_responder(std::move(scenario), options.seed)
    , m_options(std::move(options))
{
    if (!m_options.ownModel.isEmpty())
        m_catalog.add(m_options.ownModel, u"gemini-flash-latest"_s);
}

ServiceReply GeminiService::handle(const HttpRequest &request)
{
    const QString path = QString::fromUtf8(request.path);
    if (path == "/"_L1)
        return welcomePage();
    // /v1beta/models/gemini-flash-latest:streamGenerateContent
    const QStringList steps = path.mid(1).split(u'/');
    const bool isKnown = (steps[0] == "v1beta"_L1 || steps[0] == "v1"_L1) && steps.size() >= 2 &&
                         steps.size() <= 3 && steps[1] == "models"_L1;
    if (!isKnown)
        return errorReply(googleerrors::pathNotFound());
    const QString last = steps.value(2);
    const qsizetype colon = last.indexOf(u':');
    const Call call{steps[0], colon < 0 ? last : last.left(colon),
                    colon < 0 ? QString() : last.mid(colon + 1)};

    if (auto error = checkKey(request))
        return errorReply(*error, framingOf(request, call.method));
    const bool isGet = request.method == "GET";
    if (isGet && steps.size() == 2)
        return listModels(request);
    if (isGet && colon < 0)
        return getModel(call);
    if (request.method == "POST" && call.method == "countTokens"_L1)
        return countTokens(request, call);
    if (request.method == "POST" &&
        (call.method == streamMethod || call.method == "generateContent"_L1))
        return generate(request, call);
    return errorReply(googleerrors::pathNotFound());
}

std::optional<GoogleError> GeminiService::checkKey(const HttpRequest &request) const
{
    QString key = QString::fromUtf8(request.header("x-goog-api-key"));
    if (key.isEmpty())
        key = request.query.queryItemValue(u"key"_s, QUrl::FullyDecoded);
    if (key.isEmpty())
        return googleerrors::noApiKey();
    if (key.startsWith("bad"_L1) || m_options.refusedKeys.contains(key))
        return googleerrors::badApiKey();
    return std::nullopt;
}

ServiceReply GeminiService::listModels(const HttpRequest &request) const
{
    const auto &models = m_catalog.models();
    bool isNumber = true;
    const QString sizeText = request.query.queryItemValue(u"pageSize"_s);
    int size = sizeText.isEmpty() ? 50 : sizeText.toInt(&isNumber);
    if (!isNumber || size < 0)
        return errorReply(googleerrors::badFields(
            {{u"page_size"_s,
              u"Invalid value at 'page_size' (TYPE_INT32), \"%1\""_s.arg(sizeText)}}));
    size = size == 0 ? 50 : std::min(size, 1000);
    const QString token = request.query.queryItemValue(u"pageToken"_s, QUrl::FullyDecoded);
    size_t from = 0;
    if (!token.isEmpty()) {
        from = QByteArray::fromBase64(token.toUtf8()).toULongLong(&isNumber);
        if (!isNumber || from >= models.size())
            return errorReply(googleerrors::invalidArgument(u"Page token is invalid."_s));
    }
    const size_t to = std::min(models.size(), from + size_t(size));

    JsonWriter json(8192);
    json.beginObject().key("models"_L1).beginArray();
    for (size_t i = from; i < to; ++i)
        json.raw(models[i].toJson());
    json.endArray();
    if (to < models.size())
        json.member("nextPageToken"_L1,
                    QString::fromLatin1(QByteArray::number(quint64(to)).toBase64()));
    json.endObject();
    return jsonReply(json);
}

ServiceReply GeminiService::getModel(const Call &call) const
{
    const ModelInfo *model = m_catalog.find(call.model);
    if (!model)
        return errorReply(googleerrors::noSuchModel(call.model, call.version));
    return HttpReply{.body = model->toJson().toUtf8()};
}

ServiceReply GeminiService::countTokens(const HttpRequest &request, const Call &call) const
{
    if (!m_catalog.find(call.model))
        return errorReply(googleerrors::modelNotFound(call.model, call.version, call.method));
    const auto parsed = parseRequest(request.body, call.model, RequestBody::CountTokens);
    if (!parsed)
        return errorReply(parsed.error());
    const int tokens = promptTokens(*parsed);
    JsonWriter json;
    json.beginObject().member("totalTokens"_L1, tokens);
    json.key("promptTokensDetails"_L1).beginArray().beginObject();
    json.member("modality"_L1, "TEXT"_L1).member("tokenCount"_L1, tokens);
    json.endObject().endArray().endObject();
    return jsonReply(json);
}

Pace GeminiService::paceOf(const AnswerScript &script) const
{
    const double rate = m_options.tokensPerSecond.value_or(humanTokensPerSecond);
    Pace usual;
    usual.tokensPerSecond = rate;
    usual.firstToken = rate > 0 ? humanFirstToken : std::chrono::milliseconds(0);
    Pace pace = script.pace.over(usual);
    if (m_options.tokensPerSecond)
        pace.tokensPerSecond = rate;
    return pace;
}

ServiceReply GeminiService::generate(const HttpRequest &request, const Call &call)
{
    const Framing framing = framingOf(request, call.method);
    const ModelInfo *model = m_catalog.find(call.model);
    if (!model)
        return errorReply(googleerrors::modelNotFound(call.model, call.version, call.method),
                          framing);
    const auto parsed = parseRequest(request.body, call.model, RequestBody::GenerateContent);
    if (!parsed)
        return errorReply(parsed.error(), framing);
    if (auto error = checkRules(*parsed, *model))
        return errorReply(*error, framing);

    AnswerScript script = m_responder.respond(*parsed);
    script.pace = paceOf(script);
    script.timestamps = script.timestamps || m_options.chunkTimestamps;
    AnswerPlan plan = planAnswer(std::move(script), *parsed, *model, m_options.seed, ++m_answers);
    if (auto reply = faultReply(plan, call, framing))
        return std::move(*reply);
    if (framing == Framing::Whole)
        return whole(std::move(plan));
    return StreamReply{std::make_unique<AnswerStream>(std::move(plan), framing),
                       framing == Framing::Sse ? QByteArray("text/event-stream")
                                               : QByteArray("application/json; charset=UTF-8")};
}

//! The reply of a fault that stands in place of an answer; nothing for one that comes within it.
std::optional<ServiceReply> GeminiService::faultReply(const AnswerPlan &plan, const Call &call,
                                                      Framing framing) const
{
    if (!plan.script.fault)
        return std::nullopt;
    const Fault &fault = *plan.script.fault;
    switch (fault.kind) {
    case FaultKind::BadKey:
        return errorReply(googleerrors::badApiKey(), framing);
    case FaultKind::NotFound:
        return errorReply(googleerrors::modelNotFound(call.model, call.version, call.method),
                          framing);
    case FaultKind::RateLimited:
        return errorReply(googleerrors::rateLimited(plan.model, fault.delay), framing);
    case FaultKind::DailyQuota:
        return errorReply(googleerrors::dailyQuota(plan.model), framing);
    case FaultKind::Internal:
        return errorReply(googleerrors::internal(), framing);
    case FaultKind::Unavailable:
        return errorReply(googleerrors::unavailable(), framing);
    case FaultKind::Status:
        return errorReply(googleerrors::ofStatus(fault.status, fault.message), framing);
    case FaultKind::Html:
        return proxyPage(fault.status);
    case FaultKind::Hang:
        return NoReply{fault.delay};
    case FaultKind::BlockedPrompt: {
        QByteArray body;
        EventEncoder encoder(plan, framing);
        encoder.appendBlocked(body, fault.reason);
        encoder.appendEnd(body);
        const bool isSse = framing == Framing::Sse;
        return HttpReply{.contentType =
                             isSse ? "text/event-stream" : "application/json; charset=UTF-8",
                         .body = body};
    }
    default:
        return std::nullopt;
    }
}

//! generateContent takes as long as the stream would, up to ten seconds, then comes in one piece.
ServiceReply GeminiService::whole(AnswerPlan plan)
{
    if (plan.script.generate) {
        const Generate &generate = *plan.script.generate;
        const qint64 most = 1024 * 1024 / generate.size;
        plan.script.text =
            QString(qsizetype(std::min<qint64>(generate.chunks, most) * generate.size), u'x');
    }
    const AnswerStream timing(plan, Framing::Whole);
    HttpReply reply;
    reply.body = EventEncoder(plan, Framing::Whole).whole(plan);
    reply.delay = std::min<std::chrono::nanoseconds>(timing.duration(), std::chrono::seconds(10));
    if (!plan.script.fault)
        return reply;
    switch (plan.script.fault->kind) {
    case FaultKind::StreamError:
        return errorReply(
            googleerrors::ofStatus(plan.script.fault->status, plan.script.fault->message));
    case FaultKind::Garbage:
        reply.body = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\": oops";
        return reply;
    case FaultKind::Stall:
        return NoReply{plan.script.fault->delay};
    default:
        reply.isCut = true;
        return reply;
    }
}

} // namespace runnel::emulator
