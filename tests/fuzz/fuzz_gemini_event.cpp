// An event and an error's body of Gemini: whatever the bytes, a value or an error; and what is kept
// of an answer makes a request that is JSON again.
#include "gemini/geminicodec.h"
#include "gemini/rawparts.h"

#include <QJsonDocument>

#include <cstdlib>

using namespace runnel;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

//! simdjson takes 1,024 levels, more than QJsonDocument, which judges here.
bool isDeep(QByteArrayView bytes)
{
    return bytes.count('[') + bytes.count('{') > 200;
}

void checkEvent(const QByteArray &bytes)
{
    const auto event =
        GeminiCodec::decodeEvent(bytes, {QStringLiteral("m"), QStringLiteral("k3y")});
    if (!event) {
        check(!event.error().isEmpty());
        return;
    }
    RawParts parts;
    for (const GeminiPart &part : event->parts)
        parts.append(part);
    CompletionRequest request;
    request.history = {{Role::User, QStringLiteral("q"), {}},
                       {Role::Model, {}, parts.toJson()},
                       {Role::User, event->finishReason, {}}};
    const QByteArray body = GeminiCodec::withContinuation(GeminiCodec::encodeRequest(request),
                                                          event->continuationToken);
    if (!isDeep(bytes))
        check(QJsonDocument::fromJson(body).isObject());
    if (event->error)
        check(!event->error->text.contains(QStringLiteral("k3y")));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    checkEvent(bytes);
    for (const int status : {0, 400, 429, 503}) {
        const GeminiError error =
            GeminiCodec::decodeError(status, bytes, {QStringLiteral("m"), QStringLiteral("k3y")});
        check(error.text.startsWith(error.summary) && !error.summary.isEmpty());
        check(error.text.size() < 1000);
        check(!error.text.contains(QStringLiteral("k3y")));
        check(!error.retryAfter || error.retryAfter->count() >= 0);
    }
    return 0;
}
