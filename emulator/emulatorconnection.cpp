#include "emulator/emulatorconnection.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <QTcpSocket>

#include <charconv>

#include <sys/socket.h>

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(emulatorLog, "runnel.emulator", QtInfoMsg)

namespace runnel::emulator {

namespace {

using std::chrono::steady_clock;

constexpr qsizetype chunkHeadRoom = 18; //!< 16 hexadecimal digits and CRLF.
constexpr int eventsPerTurn = 64;

QByteArray httpDate()
{
    return QLocale::c()
        .toString(QDateTime::currentDateTimeUtc(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s)
        .toLatin1();
}

} // namespace

EmulatorConnection::EmulatorConnection(QTcpSocket *socket, GeminiService &service,
                                       StreamClock &clock, const ConnectionLimits &limits,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_service(service)
    , m_clock(clock)
    , m_limits(limits)
    , m_slot(clock.acquire(this))
    , m_reader(limits.http)
{
    socket->setParent(this);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    // While a request is answered the next one stays in the socket, and no more than this of it.
    socket->setReadBufferSize(64 * 1024);
    connect(socket, &QTcpSocket::readyRead, this, &EmulatorConnection::onReadyRead);
    connect(socket, &QTcpSocket::bytesWritten, this, &EmulatorConnection::onBytesWritten);
    connect(socket, &QTcpSocket::disconnected, this, &EmulatorConnection::onDisconnected);
    touch(limits.request);
}

EmulatorConnection::~EmulatorConnection()
{
    m_socket->disconnect(this);
    m_clock.release(m_slot);
}

void EmulatorConnection::touch(std::chrono::milliseconds allowed)
{
    m_deadline = steady_clock::now() + allowed;
}

void EmulatorConnection::checkDeadline(StreamClock::Time now)
{
    if (now < m_deadline)
        return;
    const bool waitsForUs = isBusy() && !m_isPaused && !m_isClosing;
    if (waitsForUs)
        return touch(m_limits.stuck);
    qCDebug(emulatorLog) << "A connection was too slow and is closed";
    m_socket->abort();
}

void EmulatorConnection::onDisconnected()
{
    m_clock.cancel(m_slot);
    Q_EMIT closed(this);
}

void EmulatorConnection::onReadyRead()
{
    if (isBusy() || m_isClosing)
        return;
    if (!m_reader.isPartial())
        touch(m_limits.request);
    m_reader.feed(m_socket->readAll());
    serve();
}

//! Answers the request that is complete, if there is one.
void EmulatorConnection::serve()
{
    if (m_reader.takeExpectation()) {
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
        m_socket->flush();
    }
    if (m_reader.state() == HttpReader::State::Refused)
        return refuse(m_reader.refusal());
    if (m_reader.state() != HttpReader::State::Complete)
        return;
    const HttpRequest request = m_reader.takeRequest();
    m_keepAlive = request.keepAlive;
    m_chunked = request.chunkedAllowed;
    m_withBody = request.method != "HEAD";
    touch(m_limits.stuck);
    qCDebug(emulatorLog).noquote() << request.method << request.path;
    std::visit([this](auto &&kind) { reply(std::forward<decltype(kind)>(kind)); },
               m_service.handle(request));
}

void EmulatorConnection::reply(HttpReply reply)
{
    const auto delay = reply.delay;
    m_reply = std::move(reply);
    if (delay.count() > 0)
        m_clock.wakeAt(m_slot, steady_clock::now() + delay);
    else
        sendReply();
}

void EmulatorConnection::reply(StreamReply reply)
{
    m_stream = std::move(reply.stream);
    m_streamBegin = steady_clock::now();
    sendHead(200, reply.contentType, -1);
    m_clock.wakeAt(m_slot, m_streamBegin + m_stream->due());
}

void EmulatorConnection::reply(NoReply reply)
{
    m_isSilent = true;
    m_clock.wakeAt(m_slot, steady_clock::now() + reply.duration);
}

void EmulatorConnection::wake()
{
    if (m_isSilent)
        close();
    else if (m_stream)
        sendStreamEvents();
    else if (m_reply)
        sendReply();
}

void EmulatorConnection::sendHead(int status, const QByteArray &contentType, qint64 contentLength)
{
    // HTTP/1.0 knows no chunks: the body ends with the connection.
    if (contentLength < 0 && !m_chunked)
        m_keepAlive = false;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + httpReason(status) +
                      "\r\nContent-Type: " + contentType +
                      "\r\nVary: Origin, X-Origin, Referer\r\nDate: " + httpDate() +
                      "\r\nServer: runnel-emulator/" RUNNEL_VERSION "\r\n";
    if (contentLength >= 0)
        head += "Content-Length: " + QByteArray::number(contentLength) + "\r\n";
    else
        head += "Content-Disposition: attachment\r\n";
    if (contentLength < 0 && m_chunked)
        head += "Transfer-Encoding: chunked\r\n";
    head += m_keepAlive ? "\r\n" : "Connection: close\r\n\r\n";
    m_socket->write(head);
    if (contentLength < 0)
        m_socket->flush();
}

void EmulatorConnection::sendReply()
{
    const HttpReply reply = *std::exchange(m_reply, std::nullopt);
    sendHead(reply.status, reply.contentType, reply.body.size());
    if (reply.isCut) {
        m_socket->write(reply.body.left(reply.body.size() / 2));
        return reset();
    }
    if (m_withBody)
        m_socket->write(reply.body);
    m_socket->flush();
    finishRequest();
}

void EmulatorConnection::sendStreamEvents()
{
    auto step = AnswerStream::Step::Continue;
    for (int sent = 0; sent < eventsPerTurn && step == AnswerStream::Step::Continue; ++sent) {
        sendEvent(step);
        if (step != AnswerStream::Step::Continue)
            break;
        m_isPaused = m_socket->bytesToWrite() > m_limits.waitingBytes;
        if (m_isPaused)
            return touch(m_limits.stuck);
        if (m_streamBegin + m_stream->due() > steady_clock::now())
            break;
    }
    switch (step) {
    case AnswerStream::Step::Continue:
        m_clock.wakeAt(m_slot, m_streamBegin + m_stream->due());
        return;
    case AnswerStream::Step::Finish:
        endBody();
        return finishRequest();
    case AnswerStream::Step::Stall:
        m_isSilent = true;
        m_clock.wakeAt(m_slot, steady_clock::now() + m_stream->stallTime());
        m_stream.reset();
        return;
    case AnswerStream::Step::Close:
        m_stream.reset();
        return close();
    case AnswerStream::Step::Reset:
        m_stream.reset();
        return reset();
    }
}

//! Writes one event. It is put behind room for the chunk's size, so that both go out in one write
//! without being copied together.
void EmulatorConnection::sendEvent(AnswerStream::Step &step)
{
    m_scratch.resize(chunkHeadRoom);
    step = m_stream->appendNext(m_scratch);
    const qsizetype size = m_scratch.size() - chunkHeadRoom;
    if (size == 0)
        return;
    if (!m_chunked)
        return writeAtOnce(QByteArrayView(m_scratch).sliced(chunkHeadRoom));
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, quint64(size), 16).ptr;
    const qsizetype headBytes = (end - digits) + 2;
    char *const head = m_scratch.data() + chunkHeadRoom - headBytes;
    std::copy(digits, end, head);
    head[headBytes - 2] = '\r';
    head[headBytes - 1] = '\n';
    m_scratch.append("\r\n");
    writeAtOnce(QByteArrayView(m_scratch).sliced(chunkHeadRoom - headBytes));
}

//! Writes past QTcpSocket while nothing waits in it. write() and flush() would arm and disarm the
//! write notifier for each event, which took a quarter of all time with 2,000 streams. What the
//! kernel does not take, and every error, is left to QTcpSocket.
void EmulatorConnection::writeAtOnce(QByteArrayView bytes)
{
    if (m_socket->bytesToWrite() == 0) {
        const ssize_t sent = ::send(int(m_socket->socketDescriptor()), bytes.data(),
                                    size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            bytes = bytes.sliced(sent);
    }
    if (!bytes.isEmpty())
        m_socket->write(bytes.data(), bytes.size());
}

void EmulatorConnection::endBody()
{
    m_stream.reset();
    if (m_chunked)
        m_socket->write("0\r\n\r\n");
    m_socket->flush();
}

void EmulatorConnection::finishRequest()
{
    m_isPaused = false;
    if (!m_keepAlive)
        return close();
    touch(m_limits.idle);
    // What came meanwhile has been announced already; from the event loop, since requests in a row
    // must not grow the stack.
    if (m_reader.state() != HttpReader::State::Head || m_reader.isPartial() ||
        m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &EmulatorConnection::onReadyRead, Qt::QueuedConnection);
}

void EmulatorConnection::onBytesWritten()
{
    if (m_isClosing || m_isPaused)
        touch(m_limits.stuck);
    if (!m_isPaused || m_socket->bytesToWrite() > m_limits.waitingBytes / 2)
        return;
    m_isPaused = false;
    if (m_stream)
        m_clock.wakeAt(m_slot, steady_clock::now());
}

void EmulatorConnection::refuse(const HttpRefusal &refusal)
{
    m_keepAlive = false;
    m_withBody = true;
    const GoogleError error =
        googleerrors::ofStatus(refusal.status, QString::fromLatin1(refusal.reason));
    reply(HttpReply{.status = refusal.status, .body = error.toJson()});
}

//! Closes in order, once what waits has been written.
void EmulatorConnection::close()
{
    m_isClosing = true;
    touch(m_limits.stuck);
    m_socket->disconnectFromHost();
}

//! Closes with RST, as a broken network does, after what was written has left.
void EmulatorConnection::reset()
{
    m_isClosing = true;
    m_socket->flush();
    const linger hard{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_socket->abort();
}

} // namespace runnel::emulator
