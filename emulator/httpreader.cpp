#include "emulator/httpreader.h"

#include <QUrl>

#include <algorithm>

namespace runnel::emulator {

namespace {

constexpr qsizetype chunkLineBytes = 1024;

bool isTokenCharacter(char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool listContains(const QByteArray &list, QByteArrayView word)
{
    const QList<QByteArray> items = list.toLower().split(',');
    return std::any_of(items.begin(), items.end(),
                       [&](const QByteArray &item) { return item.trimmed() == word; });
}

} // namespace

HttpReader::State HttpReader::feed(QByteArrayView bytes)
{
    if (m_state == State::Refused)
        return m_state;
    m_buffer.append(bytes);
    advance();
    return m_state;
}

HttpRequest HttpReader::takeRequest()
{
    HttpRequest request = std::exchange(m_request, {});
    m_state = State::Head;
    m_chunked = false;
    m_chunk = Chunk::Size;
    m_left = 0;
    m_trailerBytes = 0;
    m_expectsContinue = false;
    advance();
    return request;
}

void HttpReader::advance()
{
    while (m_state == State::Head || m_state == State::Body) {
        const bool progressed = m_state == State::Head ? readHead() : readBody();
        if (!progressed)
            break;
    }
    m_buffer.remove(0, m_at);
    m_at = 0;
}

bool HttpReader::readHead()
{
    // Empty lines before a request are allowed (RFC 9112, 2.2) but not without end.
    QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_at);
    while (m_at < 4 && rest.startsWith("\r\n")) {
        m_at += 2;
        rest = rest.sliced(2);
    }
    const qsizetype end = rest.indexOf("\r\n\r\n");
    if (end > m_limits.headBytes || (end < 0 && rest.size() > m_limits.headBytes))
        return refuse(431, "The request's head is too large.");
    if (end < 0)
        return false;

    qsizetype from = rest.indexOf("\r\n");
    if (!readRequestLine(rest.first(from)))
        return false;
    while (from < end) {
        from += 2;
        const qsizetype lineEnd = rest.indexOf("\r\n", from);
        if (!readHeader(rest.sliced(from, lineEnd - from)))
            return false;
        from = lineEnd;
    }
    m_at += end + 4;
    return beginBody();
}

bool HttpReader::readRequestLine(QByteArrayView line)
{
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last <= first + 1 || !isToken(line.first(first)))
        return refuse(400, "The request line is malformed.");
    const QByteArrayView version = line.sliced(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return refuse(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.");
    QByteArray target = line.sliced(first + 1, last - first - 1).toByteArray();
    const auto isPlain = [](char c) { return c > ' ' && c < 0x7f; };
    if (!std::all_of(target.begin(), target.end(), isPlain))
        return refuse(400, "The request's target is malformed.");
    if (target.startsWith("http://"))
        target = target.mid(std::max(target.indexOf('/', 7), qsizetype(7)));
    if (!target.startsWith('/'))
        return refuse(400, "The request's target is malformed.");

    const qsizetype mark = target.indexOf('?');
    m_request.method = line.first(first).toByteArray();
    m_request.path = QByteArray::fromPercentEncoding(target.left(mark < 0 ? target.size() : mark));
    if (mark >= 0)
        m_request.query = QUrlQuery(QString::fromLatin1(target.mid(mark + 1)));
    m_request.chunkedAllowed = version == "HTTP/1.1";
    m_request.keepAlive = m_request.chunkedAllowed;
    return true;
}

bool HttpReader::readHeader(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line.first(colon)))
        return refuse(400, "A header line is malformed.");
    if (m_request.headers.size() >= m_limits.headers)
        return refuse(431, "The request has too many headers.");
    m_request.headers.append({line.first(colon).toByteArray().toLower(),
                              line.sliced(colon + 1).trimmed().toByteArray()});
    return true;
}

bool HttpReader::beginBody()
{
    const QByteArray connection = m_request.header("connection");
    if (listContains(connection, "close"))
        m_request.keepAlive = false;
    else if (listContains(connection, "keep-alive"))
        m_request.keepAlive = true;

    const QByteArray coding = m_request.header("transfer-encoding").toLower();
    std::optional<QByteArray> length;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name == "content-length" && length && *length != value)
            return refuse(400, "Two Content-Length headers differ.");
        if (name == "content-length")
            length = value;
    }
    if (!coding.isEmpty() && length)
        return refuse(400, "Transfer-Encoding and Content-Length exclude each other.");
    if (!coding.isEmpty() && coding != "chunked")
        return refuse(501, "Only the chunked transfer encoding is known.");

    m_chunked = !coding.isEmpty();
    if (length) {
        const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
        if (length->isEmpty() || !std::all_of(length->begin(), length->end(), isDigit))
            return refuse(400, "Content-Length is no number.");
        bool ok = false;
        m_left = length->toLongLong(&ok);
        if (!ok || m_left > m_limits.bodyBytes)
            return refuse(413, "The request's body is too large.");
    }
    m_expectsContinue =
        (m_chunked || m_left > 0) && m_request.header("expect").toLower() == "100-continue";
    m_state = m_chunked || m_left > 0 ? State::Body : State::Complete;
    return true;
}

bool HttpReader::readBody()
{
    m_expectsContinue = m_expectsContinue && m_at == m_buffer.size();
    if (m_chunked)
        return readChunks();
    const qsizetype take = std::min(m_left, m_buffer.size() - m_at);
    m_request.body.append(QByteArrayView(m_buffer).sliced(m_at, take));
    m_at += take;
    m_left -= take;
    if (m_left > 0)
        return false;
    m_state = State::Complete;
    return true;
}

bool HttpReader::readChunks()
{
    switch (m_chunk) {
    case Chunk::Size: {
        const auto line = takeLine(chunkLineBytes, 400);
        return line && readChunkSize(*line);
    }
    case Chunk::Data: {
        const qsizetype take = std::min(m_left, m_buffer.size() - m_at);
        m_request.body.append(QByteArrayView(m_buffer).sliced(m_at, take));
        m_at += take;
        m_left -= take;
        if (m_left > 0)
            return false;
        m_chunk = Chunk::DataEnd;
        return true;
    }
    case Chunk::DataEnd: {
        const auto line = takeLine(2, 400);
        if (!line)
            return false;
        if (!line->isEmpty())
            return refuse(400, "A chunk is longer than its size.");
        m_chunk = Chunk::Size;
        return true;
    }
    case Chunk::Trailer: {
        const auto line = takeLine(m_limits.headBytes - m_trailerBytes, 431);
        if (!line)
            return false;
        m_trailerBytes += line->size() + 2;
        if (line->isEmpty())
            m_state = State::Complete;
        return true;
    }
    }
    return false;
}

bool HttpReader::readChunkSize(QByteArrayView line)
{
    const qsizetype extension = line.indexOf(';');
    const QByteArray digits =
        line.first(extension < 0 ? line.size() : extension).trimmed().toByteArray();
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    };
    if (digits.isEmpty() || digits.size() > 15 || !std::all_of(digits.begin(), digits.end(), isHex))
        return refuse(400, "A chunk's size is no number.");
    m_left = digits.toLongLong(nullptr, 16);
    if (m_left > m_limits.bodyBytes - m_request.body.size())
        return refuse(413, "The request's body is too large.");
    m_chunk = m_left == 0 ? Chunk::Trailer : Chunk::Data;
    return true;
}

//! The next line without its CRLF, once it is there; refuses when it is longer than \a atMost.
std::optional<QByteArrayView> HttpReader::takeLine(qsizetype atMost, int status)
{
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_at);
    const qsizetype end = rest.indexOf("\r\n");
    if (end > atMost || (end < 0 && rest.size() > atMost + 1)) {
        refuse(status, "A line of the request's body is too long.");
        return std::nullopt;
    }
    if (end < 0)
        return std::nullopt;
    m_at += end + 2;
    return rest.first(end);
}

bool HttpReader::refuse(int status, const char *reason)
{
    m_state = State::Refused;
    m_refusal = {status, reason};
    return false;
}

} // namespace runnel::emulator
