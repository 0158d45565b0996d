#include "client/chatclient.h"

#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QUuid>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcClient, "runnel.client", QtInfoMsg)

Error tooLarge(qint64 bytes, qint64 limit)
{
    return {ErrorCode::TooLarge,
            u"The message has %1 bytes; the server takes at most %2."_s.arg(bytes).arg(limit)};
}

//! What a failed connection says to a person. QWebSocket gives an HTTP refusal only as text.
QString problemOf(const QWebSocket &socket)
{
    static const QRegularExpression status(u"status code: (\\d{3})"_s);
    const QString refused = status.match(socket.errorString()).captured(1);
    if (refused == u"503" || refused == u"429")
        return u"The server is busy."_s;
    if (refused == u"401")
        return u"The server asks to sign in."_s;
    if (!refused.isEmpty())
        return u"The server refused the connection (%1)."_s.arg(refused);

    switch (socket.error()) {
    case QAbstractSocket::HostNotFoundError:
        return u"The server's name is not known."_s;
    case QAbstractSocket::ConnectionRefusedError:
        return u"Nothing answers at the server's address."_s;
    case QAbstractSocket::SslHandshakeFailedError:
        return u"The server's certificate is not trusted."_s;
    default:
        return u"The connection was lost."_s;
    }
}

} // namespace

ChatClient::ChatClient(const QUrl &endpoint, QObject *parent)
    : ChatClient(endpoint, Times{}, {}, parent)
{}

ChatClient::ChatClient(const QUrl &endpoint, const Times &times, Backoff::Random random,
                       QObject *parent)
    : QObject(parent)
    , m_endpoint(endpoint)
    , m_times(times)
    , m_backoff(times.backoff, std::move(random))
{
    m_retryTimer.setSingleShot(true);
    m_connectTimer.setSingleShot(true);
    m_settledTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &ChatClient::attempt);
    connect(&m_connectTimer, &QTimer::timeout, this,
            [this] { fail(u"The server does not answer."_s); });
    connect(&m_pingTimer, &QTimer::timeout, this, &ChatClient::beat);
    connect(&m_settledTimer, &QTimer::timeout, this, [this] { m_backoff.reset(); });
}

ChatClient::~ChatClient()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void ChatClient::open()
{
    if (m_state == State::Closed)
        attempt();
}

void ChatClient::close()
{
    m_retryTimer.stop();
    m_outbox = {};
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->close(QWebSocketProtocol::CloseCodeNormal);
        m_socket->flush();
    }
    dropSocket();
    m_problem.clear();
    m_backoff.reset();
    enter(State::Closed);
}

void ChatClient::retryNow()
{
    if (m_state == State::Waiting)
        attempt();
}

QString ChatClient::newMessageId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

SendOutcome ChatClient::send(const SendMessage &message)
{
    Q_ASSERT(isValidId(message.id));
    if (message.message.trimmed().isEmpty())
        return SendOutcome::Empty;
    if (message.message.toUtf8().size() > m_limits.messageBytes)
        return SendOutcome::TooLarge;
    if (m_outbox.size() >= maxOutgoing)
        return SendOutcome::Full;
    m_outbox.add(message);
    if (!m_synchronised)
        return SendOutcome::Waiting;
    flushOutbox();
    return SendOutcome::Sent;
}

bool ChatClient::stop(const QString &turn)
{
    if (m_state != State::Connected)
        return false;
    m_socket->sendTextMessage(encode(ClientFrame(StopTurn{turn})));
    m_socket->flush();
    return true;
}

void ChatClient::attempt()
{
    m_retryTimer.stop();
    dropSocket();
    m_outbox.forgetWritten();

    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(maxIncomingBytes);
    m_socket->setMaxAllowedIncomingFrameSize(maxIncomingBytes);
    connect(m_socket, &QWebSocket::connected, this, &ChatClient::onConnected);
    connect(m_socket, &QWebSocket::textMessageReceived, this, &ChatClient::onText);
    connect(m_socket, &QWebSocket::textFrameReceived, this, [this] { m_lastHeard.start(); });
    connect(m_socket, &QWebSocket::pong, this, [this] { m_lastHeard.start(); });
    connect(m_socket, &QWebSocket::binaryMessageReceived, this,
            [this] { fail(u"The server sent something that this program cannot read."_s); });
    connect(m_socket, &QWebSocket::disconnected, this, &ChatClient::onSocketEnded);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket, &QWebSocket::errorOccurred, this, &ChatClient::onSocketEnded);
#else
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &ChatClient::onSocketEnded);
#endif

    m_connectTimer.start(m_times.connect);
    enter(State::Connecting);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString(keys::subprotocol)});
    m_socket->open(m_endpoint, options);
}

void ChatClient::onConnected()
{
    m_lastHeard.start();
    m_pingTimer.start(m_times.ping);
    if (m_socket->subprotocol() != keys::subprotocol)
        fail(u"The server does not speak this program's protocol (%1)."_s.arg(keys::subprotocol));
}

void ChatClient::onText(const QString &text)
{
    const Result<ServerFrame, Error> frame = decodeServerFrame(text);
    if (!frame) {
        qCWarning(lcClient) << "Unreadable frame of" << text.size()
                            << "characters:" << frame.error().text;
        fail(u"The server sent something that this program cannot read."_s);
        return;
    }
    follow(*frame);
}

//! A receiver of frameReceived() may close() or send(): the socket is looked at again afterwards.
void ChatClient::follow(const ServerFrame &frame)
{
    const QWebSocket *const socket = m_socket;
    m_outbox.settle(frame);
    if (const auto *hello = std::get_if<SessionHello>(&frame)) {
        m_limits = hello->limits;
        m_connectTimer.stop();
        m_settledTimer.start(m_times.settled);
        m_problem.clear();
        enter(State::Connected);
    }
    if (socket != m_socket)
        return;
    Q_EMIT frameReceived(frame);
    if (socket == m_socket && m_state == State::Connected &&
        std::holds_alternative<Snapshot>(frame)) {
        m_synchronised = true;
        flushOutbox();
    }
}

void ChatClient::flushOutbox()
{
    QList<std::pair<QString, Error>> refused;
    while (Outbox::Entry *entry = m_outbox.nextUnwritten()) {
        const qint64 bytes = entry->message.message.toUtf8().size();
        if (bytes > m_limits.messageBytes) {
            // It was taken while another server's, or no, limit was known.
            refused.append({entry->message.id, tooLarge(bytes, m_limits.messageBytes)});
            m_outbox.remove(QString(entry->message.id));
            continue;
        }
        entry->written = true;
        m_socket->sendTextMessage(encode(ClientFrame(entry->message)));
    }
    m_socket->flush();
    for (const auto &[id, why] : std::as_const(refused))
        Q_EMIT messageRefused(id, why);
}

void ChatClient::beat()
{
    if (std::chrono::milliseconds(m_lastHeard.elapsed()) > m_times.silence)
        fail(u"The connection was lost."_s);
    else
        m_socket->ping();
}

void ChatClient::onSocketEnded()
{
    // Sending again what the server closed the connection for would do so for ever.
    const QStringList tooLong = m_socket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData
                                    ? m_outbox.writtenIds()
                                    : QStringList();
    fail(m_socket->closeCode() == QWebSocketProtocol::CloseCodeGoingAway
             ? u"The server is going down."_s
             : problemOf(*m_socket));
    for (const QString &id : tooLong) {
        if (m_outbox.remove(id))
            Q_EMIT messageRefused(
                id, {ErrorCode::TooLarge, u"The message is too long for the server."_s});
    }
}

void ChatClient::fail(const QString &problem)
{
    dropSocket();
    const std::chrono::milliseconds wait = m_backoff.next();
    m_problem = problem;
    m_nextAttemptAt = QDateTime::currentDateTimeUtc().addDuration(wait);
    m_retryTimer.start(wait);
    qCInfo(lcClient) << problem << "Next attempt in" << wait.count() << "ms";
    enter(State::Waiting);
}

//! The socket may be the sender of the signal that we are in, so it ends from the event loop.
void ChatClient::dropSocket()
{
    m_connectTimer.stop();
    m_pingTimer.stop();
    m_settledTimer.stop();
    m_synchronised = false;
    if (!m_socket)
        return;
    QWebSocket *const socket = std::exchange(m_socket, nullptr);
    socket->disconnect(this);
    QMetaObject::invokeMethod(
        socket,
        [socket] {
            socket->abort();
            socket->deleteLater();
        },
        Qt::QueuedConnection);
}

void ChatClient::enter(State state)
{
    if (state != State::Waiting)
        m_nextAttemptAt = {};
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace runnel
