#include "gemini/geminicall.h"

#include "trace/turntrace.h"

#include <QNetworkAccessManager>

#include <algorithm>
#include <array>

namespace runnel {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

//! What Qt may hold of an answer that is not read yet.
constexpr qint64 readBufferBytes = 256 * 1024;

//! Read in one turn of the event loop, so that a fast stream does not starve the others.
constexpr qint64 pieceBytes = 32 * 1024;

constexpr qsizetype maxErrorBodyBytes = 64 * 1024;

constexpr qint64 maxRetryAfterSeconds = 24 * 3600;

} // namespace

GeminiCall::GeminiCall(ManagerPool &pool, const QNetworkRequest &request, const QByteArray &body,
                       Bounds bounds, std::shared_ptr<TurnTrace> trace)
    : m_lease(pool.acquire())
    , m_reply(m_lease.manager()->post(request, body))
    , m_trace(std::move(trace))
    , m_parser(bounds.maxEventBytes)
    , m_idleTime(bounds.idleTime)
    , m_lastProgress(steady_clock::now())
{
    // Set now, before Qt's own queued start of the request, it would be lost; set only once the
    // head is there, it would come too late for a peer that sends all at once: Qt's network thread
    // reads such a stream without looking up.
    QMetaObject::invokeMethod(this, &GeminiCall::boundReadBuffer, Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &GeminiCall::readHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &GeminiCall::readSome);
    connect(m_reply, &QNetworkReply::finished, this, &GeminiCall::onFinished);
    m_idleTimer.setSingleShot(true);
    connect(&m_idleTimer, &QTimer::timeout, this, &GeminiCall::onIdle);
    m_idleTimer.start(m_idleTime);
    if (m_trace)
        traceRequest(body.size());
}

GeminiCall::~GeminiCall()
{
    closeReply();
}

void GeminiCall::traceRequest(qsizetype bytes)
{
    m_trace->note(Station::Asked, bytes);
    // Both may come more than once, and only the first time counts.
    const auto once = Qt::SingleShotConnection;
    connect(
        m_reply, &QNetworkReply::requestSent, this, [this] { m_trace->note(Station::Sent); }, once);
    connect(
        m_reply, &QNetworkReply::metaDataChanged, this,
        [this] { m_trace->note(Station::Answered, 0, m_httpStatus); }, once);
}

void GeminiCall::boundReadBuffer()
{
    if (m_reply)
        m_reply->setReadBufferSize(readBufferBytes);
}

void GeminiCall::readHead()
{
    boundReadBuffer();
    m_lastProgress = steady_clock::now();
    m_httpStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray type = m_reply->rawHeader("content-type").toLower();
    m_isStream = m_httpStatus == 200 && !type.startsWith("text/html") &&
                 !type.startsWith("application/json");
    bool isNumber = false;
    const qint64 seconds = m_reply->rawHeader("retry-after").trimmed().toLongLong(&isNumber);
    if (isNumber && seconds >= 0)
        m_retryAfter = std::chrono::seconds(std::min<qint64>(seconds, maxRetryAfterSeconds));
}

void GeminiCall::readSome()
{
    m_readScheduled = false;
    if (m_ended || !m_reply)
        return;
    std::array<char, pieceBytes> piece;
    const QByteArrayView bytes = readPiece(piece);
    if (m_trace && !std::exchange(m_hasTracedBytes, true))
        m_trace->note(Station::FirstBytes, bytes.size());
    if (!(m_isStream ? takeStream(bytes) : takeErrorBody(bytes)))
        return;
    // Only a read that finds too little tells Qt's network thread to go on; one that happens to
    // take all there is does not. So read until there is too little.
    if (bytes.size() == qsizetype(piece.size()))
        readMoreLater();
    else if (m_reply->isFinished())
        onFinished();
}

//! Takes what there is, but for the line feed of a CRLF at its end: an event is whole without it.
//!
//! A read that empties the reply wakes Qt's network thread, which looks at its socket in vain: once
//! a chunk that is a fifth of what an answer costs (docs/performance.md). The thread counts what
//! was read against the bound of the read buffer, though, so now and then it has to hear of it.
QByteArrayView GeminiCall::readPiece(std::span<char> piece)
{
    const auto room = qint64(piece.size());
    const qint64 available = m_reply->bytesAvailable();
    qint64 size = 0;
    if (m_isStream && available > 1 && m_unreported + available < room) {
        size = std::max<qint64>(0, m_reply->read(piece.data(), available - 1));
        char last = 0;
        const bool leavesLineFeed = size > 0 && piece[size_t(size - 1)] == '\r' &&
                                    m_reply->peek(&last, 1) == 1 && last == '\n';
        if (leavesLineFeed) {
            m_unreported += size;
            return {piece.data(), qsizetype(size)};
        }
    }
    size += std::max<qint64>(0, m_reply->read(piece.data() + size, room - size));
    m_unreported = size < room ? 0 : m_unreported + size;
    return {piece.data(), qsizetype(size)};
}

bool GeminiCall::takeErrorBody(QByteArrayView bytes)
{
    m_lastProgress = steady_clock::now();
    m_errorBody += bytes.first(std::min(bytes.size(), maxErrorBodyBytes - m_errorBody.size()));
    if (m_errorBody.size() < maxErrorBodyBytes)
        return true;
    end(GeminiCallEnd::Kind::Refused);
    return false;
}

bool GeminiCall::takeStream(QByteArrayView bytes)
{
    const qsizetype pending = m_parser.pendingBytes();
    m_parser.feed(bytes);
    if (m_parser.pendingBytes() != pending)
        m_lastProgress = steady_clock::now();
    return deliverEvents();
}

bool GeminiCall::deliverEvents()
{
    const QPointer<GeminiCall> self(this);
    for (;;) {
        const auto next = m_parser.next();
        if (!next) {
            end(GeminiCallEnd::Kind::Malformed);
            return false;
        }
        if (!*next)
            return true;
        m_lastProgress = steady_clock::now();
        Q_EMIT eventReceived(**next);
        if (!self || m_ended)
            return false;
    }
}

void GeminiCall::onFinished()
{
    if (m_ended || m_readScheduled)
        return;
    if (m_reply->bytesAvailable() > 0) {
        readMoreLater();
        return;
    }
    const bool hasFailed = m_reply->error() != QNetworkReply::NoError;
    if (m_httpStatus != 0 && !m_isStream) {
        end(GeminiCallEnd::Kind::Refused);
        return;
    }
    m_parser.finish();
    if (deliverEvents())
        end(hasFailed ? GeminiCallEnd::Kind::Cut : GeminiCallEnd::Kind::Complete);
}

//! The timer runs on while bytes come; setting it anew for each read would cost more than the read.
void GeminiCall::onIdle()
{
    const auto idle =
        std::chrono::duration_cast<milliseconds>(steady_clock::now() - m_lastProgress);
    if (idle < m_idleTime)
        m_idleTimer.start(m_idleTime - idle);
    else
        end(m_httpStatus != 0 && !m_isStream ? GeminiCallEnd::Kind::Refused
                                             : GeminiCallEnd::Kind::TimedOut);
}

void GeminiCall::readMoreLater()
{
    if (std::exchange(m_readScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &GeminiCall::readSome, Qt::QueuedConnection);
}

void GeminiCall::end(GeminiCallEnd::Kind kind)
{
    m_ended = true;
    m_idleTimer.stop();
    GeminiCallEnd end{kind, m_httpStatus, m_errorBody, m_retryAfter, QNetworkReply::NoError, {}};
    if (m_reply) {
        end.networkError = m_reply->error();
        end.detail = m_reply->errorString();
    }
    closeReply();
    Q_EMIT ended(end);
}

void GeminiCall::closeReply()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater(); // we may be in one of its signals
        m_reply = nullptr;
    }
    m_lease = {};
}

} // namespace runnel
