#include "net/httpexchange.h"

#include "net/frontserverconfig.h"
#include "net/lingeringclose.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

namespace runnel {

const QByteArray HttpExchange::idHeader = QByteArrayLiteral("Runnel-Exchange");

namespace {

bool isNamed(const HeaderField &field, QByteArrayView name)
{
    return field.name.compare(name, Qt::CaseInsensitive) == 0;
}

bool hasField(const QList<HeaderField> &fields, QByteArrayView name)
{
    return std::ranges::any_of(fields,
                               [name](const HeaderField &field) { return isNamed(field, name); });
}

//! Fields that speak of the client's connection, not of the request; the body is framed anew.
bool staysInFront(const HeaderField &field)
{
    constexpr std::array names{"Connection", "Keep-Alive", "Upgrade",        "Expect",
                               "TE",         "Trailer",    "Content-Length", "Transfer-Encoding"};
    return isNamed(field, HttpExchange::idHeader) || field.name.toLower().startsWith("proxy-") ||
           std::ranges::any_of(names, [&field](const char *name) { return isNamed(field, name); });
}

void append(QByteArray &out, const QByteArray &name, const QByteArray &value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

//! The request as QHttpServer reads it. HEAD becomes GET, so that each route needs only the one.
QByteArray canonicalRequest(quint64 id, const RequestHead &head, const QByteArray &body)
{
    QByteArray out;
    out.reserve(head.size + body.size() + 128);
    out.append(head.method == "HEAD" ? QByteArrayLiteral("GET") : head.method)
        .append(' ')
        .append(head.target)
        .append(" HTTP/1.1\r\n");
    for (const HeaderField &field : head.fields) {
        if (!staysInFront(field))
            append(out, field.name, field.value);
    }
    append(out, HttpExchange::idHeader, QByteArray::number(id));
    append(out, "Content-Length", QByteArray::number(body.size()));
    return out.append("\r\n").append(body);
}

} // namespace

HttpExchange::HttpExchange(quint64 id, QTcpSocket *socket, RequestHead head, const QByteArray &body,
                           const QHostAddress &client, QList<HeaderField> commonHeaders,
                           const FrontServerConfig &config, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_head(std::move(head))
    , m_client(client)
    , m_commonHeaders(std::move(commonHeaders))
    , m_config(config)
    , m_server(new RequestSocket(canonicalRequest(id, m_head, body), client, socket->peerPort()))
    , m_sendsBody(m_head.method != "HEAD")
{
    new StallGuard(socket, config.stallTimeout);
    connect(socket, &QTcpSocket::readyRead, this, &HttpExchange::discardExtra);
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpExchange::bytesTaken);
    connect(socket, &QTcpSocket::disconnected, this, &HttpExchange::handleDisconnected);
    connect(m_server, &RequestSocket::written, this, &HttpExchange::takeServerBytes);
    connect(m_server, &RequestSocket::ended, this, &HttpExchange::handleServerEnded);
    QMetaObject::invokeMethod(this, &HttpExchange::discardExtra, Qt::QueuedConnection);
}

HttpExchange::~HttpExchange()
{
    if (m_server) {
        m_server->disconnect(this);
        m_server->end();
    }
}

void HttpExchange::takeOver()
{
    if (m_server)
        m_server->disconnect(this);
}

void HttpExchange::start(int status, const QList<HeaderField> &headers,
                         std::optional<qint64> length)
{
    if (m_state != State::Waiting || !m_socket)
        return;
    m_state = State::InBody;
    QByteArray out;
    out.reserve(1024);
    out.append("HTTP/1.1 ").append(QByteArray::number(status)).append(' ');
    out.append(reasonPhrase(status)).append("\r\n");
    append(out, "Date",
           QLocale::c()
               .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'")
               .toLatin1());
    for (const HeaderField &field : headers)
        append(out, field.name, field.value);
    for (const HeaderField &field : m_commonHeaders) {
        if (!hasField(headers, field.name))
            append(out, field.name, field.value);
    }
    const bool bodiless = status == 204 || status == 304;
    if (length && !bodiless)
        append(out, "Content-Length", QByteArray::number(*length));
    append(out, "Connection", "close");
    out.append("\r\n");
    m_sendsBody = m_sendsBody && !bodiless;
    m_bodyLeft = length;
    m_socket->write(out);
    if (!m_sendsBody || length == 0)
        finish();
}

void HttpExchange::write(const QByteArray &body)
{
    if (m_state != State::InBody || !m_socket)
        return;
    // The array itself where it fits: the socket then shares it, and copies no file.
    const bool fits = !m_bodyLeft || body.size() <= *m_bodyLeft;
    m_socket->write(fits ? body : body.first(*m_bodyLeft));
    m_socket->flush();
    if (!m_bodyLeft || m_state != State::InBody)
        return;
    *m_bodyLeft -= std::min<qint64>(body.size(), *m_bodyLeft);
    if (*m_bodyLeft == 0)
        finish();
}

void HttpExchange::finish()
{
    if (m_state != State::Finished)
        close();
}

void HttpExchange::refuse(const Refusal &refusal)
{
    const QByteArray body = problemJson(refusal);
    QList<HeaderField> headers = refusal.headers;
    headers.append(HeaderField{"Content-Type", "application/problem+json"});
    headers.append(HeaderField{"Cache-Control", "no-store"});
    start(refusal.status, headers, body.size());
    write(body);
}

qint64 HttpExchange::bytesToWrite() const
{
    return m_socket ? m_socket->bytesToWrite() : 0;
}

//! QHttpServer writes status line, headers and body in pieces; the head is held until it is whole.
void HttpExchange::takeServerBytes(const QByteArray &bytes)
{
    if (m_state != State::Waiting) {
        write(bytes);
        return;
    }
    m_serverHead.append(bytes);
    const qsizetype end = m_serverHead.indexOf("\r\n\r\n");
    if (end < 0)
        return;
    const QByteArray whole = std::exchange(m_serverHead, {});
    startFromServer(whole.first(end));
    write(whole.sliced(end + 4));
}

void HttpExchange::startFromServer(const QByteArray &head)
{
    const QList<QByteArray> lines = head.split('\n');
    const int status = lines.first().trimmed().split(' ').value(1).toInt();
    std::optional<qint64> length;
    QList<HeaderField> headers;
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        const HeaderField field{line.first(std::max<qsizetype>(colon, 0)).trimmed(),
                                line.sliced(colon + 1).trimmed()};
        if (isNamed(field, "Content-Length"))
            length = field.value.toLongLong();
        else if (!staysInFront(field) && field.value != "application/x-empty")
            headers.append(field);
    }
    start(status, headers, length);
}

void HttpExchange::handleServerEnded()
{
    // QHttpServer hangs up without a word on a request that it cannot read.
    if (m_state == State::Waiting)
        refuse({400, "bad_request", QStringLiteral("The request's address cannot be read."), {}});
    else
        finish();
}

void HttpExchange::handleDisconnected()
{
    if (m_socket)
        m_socket->deleteLater();
    m_socket = nullptr;
    close();
}

void HttpExchange::discardExtra()
{
    // A second request on this connection is not served, and one who goes on sending is cut off.
    if (!m_socket)
        return;
    m_extraBytes += m_socket->skip(m_socket->bytesAvailable());
    if (m_extraBytes > m_config.lingerBytes)
        m_socket->abort();
}

void HttpExchange::close()
{
    if (m_state == State::Finished)
        return;
    m_state = State::Finished;
    if (m_socket) {
        m_socket->disconnect(this);
        new LingeringClose(m_socket, m_config.lingerTimeout, m_config.lingerBytes);
    }
    if (m_server) {
        m_server->disconnect(this);
        // Not from within its write(): QHttpServer still holds it there.
        QMetaObject::invokeMethod(m_server, &RequestSocket::end, Qt::QueuedConnection);
    }
    Q_EMIT closed();
    deleteLater();
}

} // namespace runnel
