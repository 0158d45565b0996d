#include "net/requestreader.h"

#include <algorithm>

namespace runnel {

namespace {

constexpr qint64 bodyReadBuffer = 64 * 1024;

} // namespace

RequestReader::RequestReader(ClientSocket *socket, const FrontServerConfig &config, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_config(config)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RequestReader::handleTimeout);
}

void RequestReader::start()
{
    // The head is peeked at, so the buffer has to hold it whole; and nothing more than that.
    m_socket->setReadBufferSize(m_config.head.bytes);
    connect(m_socket, &QTcpSocket::readyRead, this, &RequestReader::readHead);
    connect(m_socket, &QTcpSocket::disconnected, this, &RequestReader::handleDisconnected);
    m_timer.start(m_config.headTimeout);
}

void RequestReader::readHead()
{
    const QByteArray bytes = m_socket->peek(m_config.head.bytes);
    // A head that comes byte by byte is parsed once a line, not once a byte.
    const bool newLine = bytes.indexOf('\n', m_searched) >= 0;
    const bool inFirstLine = m_searched == 0 || !m_pastFirstLine;
    m_searched = bytes.size();
    m_pastFirstLine = m_pastFirstLine || newLine;
    if (!newLine && !inFirstLine && bytes.size() < m_config.head.bytes)
        return;
    HeadResult result = parseRequestHead(bytes, m_config.head);
    if (std::holds_alternative<HeadIncomplete>(result))
        return;
    stop();
    if (const auto *refusal = std::get_if<Refusal>(&result)) {
        Q_EMIT refused(*refusal);
        return;
    }
    m_head = std::move(*std::get_if<RequestHead>(&result));
    Q_EMIT headReceived();
}

void RequestReader::readBody(qint64 maxBytes, std::chrono::milliseconds timeout)
{
    m_inBody = true;
    m_bodyTimeout = timeout;
    if (const auto refusal = checkBody(maxBytes)) {
        Q_EMIT refused(*refusal);
        return;
    }
    m_socket->skip(m_head.size);
    m_body.reserve(m_head.contentLength.value_or(0));
    m_socket->setReadBufferSize(bodyReadBuffer);
    connect(m_socket, &QTcpSocket::readyRead, this, &RequestReader::takeBody);
    connect(m_socket, &QTcpSocket::disconnected, this, &RequestReader::handleDisconnected);
    m_timer.start(m_bodyTimeout);
    if (m_head.minorVersion > 0 && m_head.listContains("expect", "100-continue") &&
        m_head.contentLength.value_or(0) > m_socket->bytesAvailable()) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    }
    takeBody();
}

std::optional<Refusal> RequestReader::checkBody(qint64 maxBytes) const
{
    if (m_head.value("transfer-encoding")) {
        return Refusal{411,
                       "length_required",
                       QStringLiteral("Send the body with a Content-Length; a Transfer-Encoding is "
                                      "not served."),
                       {}};
    }
    if (const auto expect = m_head.value("expect");
        expect && expect->compare("100-continue", Qt::CaseInsensitive) != 0) {
        return Refusal{
            417, "bad_expectation", QStringLiteral("Only Expect: 100-continue is served."), {}};
    }
    if (m_head.contentLength.value_or(0) > maxBytes) {
        return Refusal{413,
                       "body_too_large",
                       QStringLiteral("The body may have %1 bytes at most.").arg(maxBytes),
                       {}};
    }
    return std::nullopt;
}

void RequestReader::takeBody()
{
    const qint64 wanted = m_head.contentLength.value_or(0) - m_body.size();
    m_body.append(m_socket->read(wanted));
    if (m_body.size() < m_head.contentLength.value_or(0))
        return;
    stop();
    Q_EMIT bodyReceived(std::exchange(m_body, {}));
}

void RequestReader::handleTimeout()
{
    stop();
    if (!m_inBody && m_socket->bytesAvailable() == 0) {
        Q_EMIT gone();
        return;
    }
    const auto limit = m_inBody ? m_bodyTimeout : m_config.headTimeout;
    Q_EMIT refused({408,
                    "request_timeout",
                    QStringLiteral("The request's %1 did not arrive within %2 s.")
                        .arg(m_inBody ? QLatin1String("body") : QLatin1String("head"))
                        .arg(std::chrono::duration<double>(limit).count()),
                    {}});
}

void RequestReader::handleDisconnected()
{
    stop();
    Q_EMIT gone();
}

void RequestReader::stop()
{
    m_timer.stop();
    m_socket->disconnect(this);
}

} // namespace runnel
