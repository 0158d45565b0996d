#include "net/requesthead.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace runnel {

namespace {

constexpr qsizetype longestMethod = 16;
constexpr std::array methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

Refusal badRequest(const QString &detail)
{
    return {400, "bad_request", detail, {}};
}

//! RFC 9110, 5.6.2.
bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

bool isVisible(char c)
{
    return c > ' ' && c < '\x7f';
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, isTokenChar);
}

//! What can be said of a request line by its first bytes; so that a TLS handshake or garbage is
//! answered at once and not after the timeout.
std::optional<Refusal> refuseRequestLineStart(QByteArrayView line)
{
    if (!line.isEmpty() && line.front() == '\x16') {
        return badRequest(QStringLiteral(
            "These bytes are TLS, and this port speaks plain HTTP. Use http:// and ws://, or put a "
            "proxy that ends TLS in front of it."));
    }
    const qsizetype blank = line.indexOf(' ');
    const QByteArrayView method = blank < 0 ? line : line.first(blank);
    if (blank == 0 || method.size() > longestMethod || !std::ranges::all_of(method, isTokenChar))
        return badRequest(QStringLiteral("The request does not begin with an HTTP method."));
    if (!std::ranges::all_of(line, [](char c) { return c == ' ' || isVisible(c); })) {
        return badRequest(
            QStringLiteral("The request line holds control characters or bytes that are not ASCII; "
                           "percent-encode them."));
    }
    return std::nullopt;
}

//! The line without its CR LF.
std::optional<Refusal> readRequestLine(QByteArrayView line, RequestHead &head)
{
    if (const auto refusal = refuseRequestLineStart(line))
        return refusal;
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first < 0 || last == first || line.sliced(first + 1, last - first - 1).contains(' ')) {
        return badRequest(
            QStringLiteral("The request line must be a method, a path and HTTP/1.1."));
    }
    const QByteArrayView version = line.sliced(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        if (version.startsWith("HTTP/"))
            return Refusal{505, "bad_version", QStringLiteral("Only HTTP/1.1 is served."), {}};
        return badRequest(QStringLiteral("The request line must end in HTTP/1.1."));
    }
    head.minorVersion = version.back() - '0';
    head.method = line.first(first).toByteArray();
    head.target = line.sliced(first + 1, last - first - 1).toByteArray();
    if (std::ranges::find(methods, head.method) == methods.end()) {
        return Refusal{
            501,
            "unknown_method",
            QStringLiteral("The method %1 is not served.").arg(QString::fromLatin1(head.method)),
            {}};
    }
    if (!head.target.startsWith('/'))
        return badRequest(QStringLiteral("The path must begin with a slash."));
    return std::nullopt;
}

std::optional<Refusal> readField(QByteArrayView line, RequestHead &head)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon))) {
        return badRequest(
            QStringLiteral("A header line is not a name, a colon and a value, or it is folded."));
    }
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    const auto allowed = [](char c) {
        return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
    };
    if (!std::ranges::all_of(line.sliced(colon + 1), allowed)) {
        return badRequest(QStringLiteral("The header field %1 holds control characters.")
                              .arg(QString::fromLatin1(line.first(colon))));
    }
    head.fields.append({line.first(colon).toByteArray(), value.toByteArray()});
    return std::nullopt;
}

qsizetype countOf(const RequestHead &head, QByteArrayView name)
{
    return std::ranges::count_if(head.fields, [name](const HeaderField &field) {
        return field.name.compare(name, Qt::CaseInsensitive) == 0;
    });
}

//! A host, an optional port; IPv6 in brackets. It is echoed into the Content-Security-Policy, so
//! nothing else may be in it.
bool isHost(const QByteArray &host)
{
    return !host.isEmpty() && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::strchr(".-_:[]", c) != nullptr;
    });
}

//! The fields that the framing and the routing of the request rest on.
std::optional<Refusal> checkFields(RequestHead &head)
{
    const qsizetype hosts = countOf(head, "host");
    if (hosts > 1 || (hosts == 0 && head.minorVersion == 1))
        return badRequest(QStringLiteral("The request must have one Host header."));
    if (hosts == 1) {
        head.host = *head.value("host");
        if (!isHost(head.host))
            return badRequest(QStringLiteral("The Host header is not a host and port."));
    }
    if (countOf(head, "content-length") > 1)
        return badRequest(QStringLiteral("The request has more than one Content-Length."));
    if (const auto length = head.value("content-length")) {
        if (length->isEmpty() ||
            !std::ranges::all_of(*length, [](char c) { return c >= '0' && c <= '9'; }))
            return badRequest(QStringLiteral("The Content-Length is not a number."));
        bool ok = false;
        const qint64 bytes = length->toLongLong(&ok);
        head.contentLength = ok ? bytes : std::numeric_limits<qint64>::max();
    }
    return std::nullopt;
}

Refusal tooLarge(const HeadBounds &bounds)
{
    return {431,
            "head_too_large",
            QStringLiteral("The request head may have %1 bytes and %2 header lines at most.")
                .arg(bounds.bytes)
                .arg(bounds.lines),
            {}};
}

} // namespace

QByteArray RequestHead::path() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.first(mark);
}

QByteArray RequestHead::query() const
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? QByteArray() : target.sliced(mark + 1);
}

std::optional<QByteArray> RequestHead::value(QByteArrayView name) const
{
    std::optional<QByteArray> joined;
    for (const HeaderField &field : fields) {
        if (field.name.compare(name, Qt::CaseInsensitive) != 0)
            continue;
        if (joined)
            joined->append(", ").append(field.value);
        else
            joined = field.value;
    }
    return joined;
}

bool RequestHead::listContains(QByteArrayView name, QByteArrayView token) const
{
    const QList<QByteArray> elements = splitList(value(name).value_or(QByteArray()));
    return std::ranges::any_of(elements, [token](const QByteArray &element) {
        return element.compare(token, Qt::CaseInsensitive) == 0;
    });
}

bool RequestHead::isSafe() const
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

bool RequestHead::asksForWebSocket() const
{
    return listContains("upgrade", "websocket") && listContains("connection", "upgrade");
}

HeadResult parseRequestHead(QByteArrayView bytes, const HeadBounds &bounds)
{
    RequestHead head;
    qsizetype at = 0;
    for (int line = 0;; ++line) {
        const qsizetype end = bytes.indexOf('\n', at);
        if (end < 0 ? bytes.size() >= bounds.bytes : end >= bounds.bytes)
            return tooLarge(bounds);
        if (end < 0) {
            QByteArrayView rest = bytes.sliced(at);
            if (rest.endsWith('\r'))
                rest.chop(1);
            if (line == 0) {
                if (const auto refusal = refuseRequestLineStart(rest))
                    return *refusal;
            }
            return HeadIncomplete{};
        }
        if (end == at || bytes[end - 1] != '\r')
            return badRequest(QStringLiteral("A line of the request head does not end in CR LF."));
        const QByteArrayView text = bytes.sliced(at, end - 1 - at);
        at = end + 1;
        if (line > 0 && text.isEmpty())
            break;
        if (line > bounds.lines)
            return tooLarge(bounds);
        const auto refusal = line == 0 ? readRequestLine(text, head) : readField(text, head);
        if (refusal)
            return *refusal;
    }
    head.size = at;
    if (const auto refusal = checkFields(head))
        return *refusal;
    return head;
}

QList<QByteArray> splitList(const QByteArray &value)
{
    QList<QByteArray> elements;
    for (const QByteArray &element : value.split(',')) {
        if (const QByteArray trimmed = element.trimmed(); !trimmed.isEmpty())
            elements.append(trimmed);
    }
    return elements;
}

} // namespace runnel
