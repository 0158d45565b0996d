#include "client/chatclient.h"

#include "client/connectionproblem.h"
#include "protocol/codec.h"
#include "protocol/keys.h"

#include <QLocale>
#include <QLoggingCategory>
#include <QSslError>
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
            ChatClient::tr("The message is too long: it has %1, and the server takes at most %2.")
                .arg(QLocale().formattedDataSize(bytes), QLocale().formattedDataSize(limit))};
}

//! The text of it that a person wrote, of what has some.
const QString *textOf(const ClientFrame &frame)
{
    if (const auto *message = std::get_if<SendMessage>(&frame))
        return &message->message;
    if (const auto *edit = std::get_if<EditMessage>(&frame))
        return &edit->message;
    return nullptr;
}

qint64 bytesOf(const ClientFrame &frame)
{
    const QString *const text = textOf(frame);
    return text ? text->toUtf8().size() : 0;
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
            [this] { fail(tr("The server does not answer.")); });
    connect(&m_pingTimer, &QTimer::timeout, this, &ChatClient::beat);
    connect(&m_settledTimer, &QTimer::timeout, this, [this] { m_backoff.reset(); });
}

ChatClient::~ChatClient()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void ChatClient::goOnFrom(const SessionHello &hello, Seq seq)
{
    if (!hello.epoch.isEmpty() && m_place.begin(seq, hello.epoch))
        m_limits = hello.limits;
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
    m_place.forget();
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
    return put(message, message.id);
}

SendOutcome ChatClient::edit(const EditMessage &edit)
{
    return put(edit, edit.id);
}

SendOutcome ChatClient::regenerate(const RegenerateAnswer &regenerate)
{
    return put(regenerate, regenerate.id);
}

SendOutcome ChatClient::continueAnswer(const ContinueAnswer &goOn)
{
    return put(goOn, goOn.id);
}

SendOutcome ChatClient::put(const ClientFrame &frame, const QString &id)
{
    Q_ASSERT(isValidId(id));
    if (const QString *const text = textOf(frame); text && text->trimmed().isEmpty())
        return SendOutcome::Empty;
    if (bytesOf(frame) > m_limits.messageBytes)
        return SendOutcome::TooLarge;
    if (m_outbox.size() >= maxOutgoing)
        return SendOutcome::Full;
    m_outbox.add(frame, id);
    if (!m_place.isSynchronised())
        return SendOutcome::Waiting;
    flushOutbox();
    return SendOutcome::Sent;
}

bool ChatClient::withdraw(const QString &id)
{
    return !m_outbox.isWritten(id) && m_outbox.remove(id);
}

bool ChatClient::stop(const QString &turn)
{
    return say(StopTurn{turn});
}

bool ChatClient::select(const QString &messageId)
{
    return say(SelectBranch{messageId});
}

bool ChatClient::decide(const QString &call, Decision decision)
{
    // Before it has seen what the server has, the call may be of another log.
    return m_place.isSynchronised() && say(DecideToolCall{call, decision});
}

bool ChatClient::say(const ClientFrame &frame)
{
    if (m_state != State::Connected)
        return false;
    QWebSocket *const socket = m_socket;
    socket->sendTextMessage(encode(frame));
    if (socket == m_socket) // else the writing failed
        socket->flush();
    return socket == m_socket;
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
            [this] { startAnew(tr("The server sent something that this program cannot read.")); });
    m_tlsProblem.clear();
    connect(m_socket, &QWebSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_tlsProblem = explainTlsErrors(m_endpoint, errors);
    });
    connect(m_socket, &QWebSocket::disconnected, this, &ChatClient::onSocketEnded);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(m_socket, &QWebSocket::errorOccurred, this, &ChatClient::onSocketEnded);
#else
    connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this,
            &ChatClient::onSocketEnded);
#endif

    m_connectTimer.start(m_times.connect);
    const QWebSocket *const socket = m_socket;
    enter(State::Connecting);
    if (socket != m_socket)
        return; // who was told of it closed
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QString(keys::subprotocol)});
    m_socket->open(m_place.address(m_endpoint), options);
}

void ChatClient::onConnected()
{
    m_lastHeard.start();
    m_pingTimer.start(m_times.ping);
    if (m_socket->subprotocol() != keys::subprotocol)
        fail(tr("The server does not speak this program's protocol (%1).").arg(keys::subprotocol));
}

void ChatClient::onText(const QString &text)
{
    const Result<ServerFrame, Error> frame = decodeServerFrame(text);
    if (!frame) {
        qCWarning(lcClient) << "Unreadable frame of" << text.size()
                            << "characters:" << frame.error().text;
        startAnew(tr("The server sent something that this program cannot read."));
        return;
    }
    follow(*frame);
}

//! A receiver of frameReceived() may close() or send(): the socket is looked at again afterwards.
void ChatClient::follow(const ServerFrame &frame)
{
    const QWebSocket *const socket = m_socket;
    if (!comesNext(frame))
        return;
    m_outbox.settle(frame);
    if (const auto *hello = std::get_if<SessionHello>(&frame); hello && !greet(*hello))
        return;
    if (socket != m_socket)
        return;
    m_place.take(frame);
    Q_EMIT frameReceived(frame);
    if (socket == m_socket && m_state == State::Connected && m_place.catchUp(frame))
        flushOutbox();
}

//! False for a frame of the log that was handed out before, and after a gap, which ends the
//! connection.
bool ChatClient::comesNext(const ServerFrame &frame)
{
    const LogPlace::Arrival arrival = m_place.look(frame);
    const QString lost = tr("A part of the conversation got lost on the way.");
    if (arrival == LogPlace::Arrival::Gap)
        fail(lost);
    else if (arrival == LogPlace::Arrival::GapAgain)
        startAnew(lost);
    return arrival == LogPlace::Arrival::Next;
}

//! False when the server goes on from a place where this client is not.
bool ChatClient::greet(const SessionHello &hello)
{
    if (!m_place.canGoOn(hello)) {
        startAnew(tr("The server does not know how far this program is."));
        return false;
    }
    m_limits = hello.limits;
    m_connectTimer.stop();
    m_settledTimer.start(m_times.settled);
    m_problem.clear();
    enter(State::Connected);
    return true;
}

//! As fail(), and the next connection begins with a snapshot: going on would break in the same way.
void ChatClient::startAnew(const QString &problem)
{
    m_place.forget();
    fail(problem);
}

//! Writing may fail, and that drops the socket at once: the rest is for the next one, and what is
//! too long is refused all the same.
void ChatClient::flushOutbox()
{
    QWebSocket *const socket = m_socket;
    QList<std::pair<QString, Error>> refused;
    while (Outbox::Entry *entry = socket == m_socket ? m_outbox.nextUnwritten() : nullptr) {
        const qint64 bytes = bytesOf(entry->frame);
        if (bytes > m_limits.messageBytes) {
            // It was taken while another server's, or no, limit was known.
            refused.append({entry->id, tooLarge(bytes, m_limits.messageBytes)});
            m_outbox.remove(QString(entry->id));
            continue;
        }
        entry->written = true;
        socket->sendTextMessage(encode(entry->frame));
    }
    if (socket == m_socket)
        socket->flush();
    for (const auto &[id, why] : std::as_const(refused))
        Q_EMIT messageRefused(id, why);
}

void ChatClient::beat()
{
    if (std::chrono::milliseconds(m_lastHeard.elapsed()) > m_times.silence)
        fail(tr("The connection was lost."));
    else
        m_socket->ping();
}

void ChatClient::onSocketEnded()
{
    // Too much for us is too much on the next connection too, where it may be less in a snapshot.
    if (m_socket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData)
        m_place.forget();
    // Sending again what the server closed the connection for would do so for ever.
    const QStringList tooLong = m_socket->closeCode() == QWebSocketProtocol::CloseCodeTooMuchData
                                    ? m_outbox.writtenIds()
                                    : QStringList();
    fail(problemOf(*m_socket));
    for (const QString &id : tooLong) {
        if (m_outbox.remove(id))
            Q_EMIT messageRefused(
                id, {ErrorCode::TooLarge, tr("The message is too long for the server.")});
    }
}

//! What the end of \a socket says to a person.
QString ChatClient::problemOf(const QWebSocket &socket) const
{
    if (socket.closeCode() == QWebSocketProtocol::CloseCodeGoingAway)
        return tr("The server is going down.");
    if (m_state != State::Connecting)
        return tr("The connection was lost.");
    return m_tlsProblem.isEmpty()
               ? explainSocketError(m_endpoint, socket.error(), socket.errorString())
               : m_tlsProblem;
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
    m_place.leave();
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
