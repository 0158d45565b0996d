#include "net/refusal.h"

#include "protocol/jsonwriter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace runnel {

namespace {

constexpr std::array phrases{
    std::pair{200, "OK"},
    std::pair{201, "Created"},
    std::pair{204, "No Content"},
    std::pair{304, "Not Modified"},
    std::pair{307, "Temporary Redirect"},
    std::pair{400, "Bad Request"},
    std::pair{401, "Unauthorized"},
    std::pair{403, "Forbidden"},
    std::pair{404, "Not Found"},
    std::pair{405, "Method Not Allowed"},
    std::pair{408, "Request Timeout"},
    std::pair{411, "Length Required"},
    std::pair{413, "Content Too Large"},
    std::pair{415, "Unsupported Media Type"},
    std::pair{417, "Expectation Failed"},
    std::pair{422, "Unprocessable Content"},
    std::pair{426, "Upgrade Required"},
    std::pair{429, "Too Many Requests"},
    std::pair{431, "Request Header Fields Too Large"},
    std::pair{500, "Internal Server Error"},
    std::pair{501, "Not Implemented"},
    std::pair{502, "Bad Gateway"},
    std::pair{503, "Service Unavailable"},
    std::pair{504, "Gateway Timeout"},
    std::pair{505, "HTTP Version Not Supported"},
};

} // namespace

QByteArray reasonPhrase(int status)
{
    const auto found =
        std::ranges::find_if(phrases, [status](const auto &p) { return p.first == status; });
    return found == phrases.end() ? QByteArrayLiteral("Error") : QByteArray(found->second);
}

QByteArray problemJson(const Refusal &refusal)
{
    JsonWriter json(192 + refusal.detail.size());
    json.beginObject()
        .member(QLatin1String("type"), QLatin1String("about:blank"))
        .member(QLatin1String("title"), QString::fromLatin1(reasonPhrase(refusal.status)))
        .member(QLatin1String("status"), refusal.status)
        .member(QLatin1String("detail"), refusal.detail)
        .member(QLatin1String("code"), QString::fromLatin1(refusal.code))
        .endObject();
    return json.take().toUtf8();
}

QByteArray refusalResponse(const Refusal &refusal, const QList<HeaderField> &more, bool withBody)
{
    const QByteArray body = problemJson(refusal);
    QByteArray response;
    response.reserve(1024 + body.size());
    const auto field = [&response](const QByteArray &name, const QByteArray &value) {
        response.append(name).append(": ").append(value).append("\r\n");
    };
    response.append("HTTP/1.1 ")
        .append(QByteArray::number(refusal.status))
        .append(' ')
        .append(reasonPhrase(refusal.status))
        .append("\r\n");
    field("Content-Type", "application/problem+json");
    field("Content-Length", QByteArray::number(body.size()));
    field("Cache-Control", "no-store");
    for (const HeaderField &header : refusal.headers)
        field(header.name, header.value);
    for (const HeaderField &header : more)
        field(header.name, header.value);
    field("Connection", "close");
    response.append("\r\n");
    if (withBody)
        response.append(body);
    return response;
}

} // namespace runnel
