#include "app/singleinstance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QLoggingCategory>
#include <QStandardPaths>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(lcInstance, "runnel.instance", QtInfoMsg)

constexpr QByteArrayView takenAnswer("taken\n");
constexpr QByteArrayView refusedAnswer("refused\n");

} // namespace

InstancePlace InstancePlace::ofThisUser()
{
    // Where there is none Qt would make one in /tmp, and warn at every start, --help too.
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        return {};
    // Qt makes sure that it is the person's own and closed to others, and says so when it is not.
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        return {};
    const QString settings = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    const QByteArray hash =
        QCryptographicHash::hash(settings.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString base =
        QDir(folder).absoluteFilePath(u"runnel-desktop-"_s + QString::fromLatin1(hash));
    return {base + u".lock"_s, base + u".socket"_s};
}

SingleInstance::SingleInstance(InstancePlace place, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(maxConnections);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::onConnections);
}

SingleInstance::~SingleInstance()
{
    m_server.close(); // Before somebody else may hold the lock: it removes the socket's file.
    if (m_lock >= 0)
        ::close(m_lock);
}

bool SingleInstance::tryLock()
{
    if (m_place.lock.isEmpty() || m_lock >= 0)
        return true;
    const int file = ::open(QFile::encodeName(m_place.lock).constData(),
                            O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        qCWarning(lcInstance) << "Cannot find out whether another window runs:"
                              << qt_error_string(errno);
        return true;
    }
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) {
        m_lock = file;
        return true;
    }
    ::close(file);
    return false;
}

bool SingleInstance::listen()
{
    if (m_lock < 0)
        return false;
    QLocalServer::removeServer(m_place.socket); // Of one that was killed.
    if (m_server.listen(m_place.socket))
        return true;
    qCWarning(lcInstance) << "Other starts of the program cannot be heard:"
                          << m_server.errorString();
    return false;
}

void SingleInstance::onConnections()
{
    while (QLocalSocket *const socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        if (m_server.findChildren<QLocalSocket *>(Qt::FindDirectChildrenOnly).size() >
            maxConnections) {
            socket->abort();
            continue;
        }
        socket->setReadBufferSize(maxInstanceMessage);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onBytes(socket); });
        QTimer::singleShot(readLimit, socket, [socket] { socket->abort(); });
        onBytes(socket);
    }
}

void SingleInstance::onBytes(QLocalSocket *socket)
{
    if (!socket->canReadLine()) {
        if (socket->bytesAvailable() >= maxInstanceMessage)
            socket->abort();
        return;
    }
    const QByteArray line = socket->readLine(maxInstanceMessage + 1);
    disconnect(socket, &QLocalSocket::readyRead, this, nullptr);
    const auto command = decodeInstanceCommand(line.chopped(1));
    const QByteArrayView answer = command ? takenAnswer : refusedAnswer;
    socket->write(answer.data(), answer.size());
    socket->disconnectFromServer();
    if (command)
        Q_EMIT commandReceived(*command);
    else
        qCInfo(lcInstance) << "A message of another start was refused:" << command.error().text;
}

InstanceMessenger::InstanceMessenger(InstancePlace place, SingleInstance &instance, QObject *parent)
    : QObject(parent)
    , m_place(std::move(place))
    , m_instance(instance)
{
    m_limit.setSingleShot(true);
    m_later.setSingleShot(true);
    m_later.setInterval(50ms);
    connect(&m_limit, &QTimer::timeout, this, [this] { end(Outcome::Silent); });
    connect(&m_later, &QTimer::timeout, this, &InstanceMessenger::attempt);
    connect(&m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(m_message); });
    connect(&m_socket, &QLocalSocket::readyRead, this, &InstanceMessenger::onAnswer);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &InstanceMessenger::tryLater);
    connect(&m_socket, &QLocalSocket::disconnected, this, &InstanceMessenger::tryLater);
}

void InstanceMessenger::pass(const InstanceCommand &command)
{
    const auto message = encodeInstanceCommand(command);
    if (!message) {
        QMetaObject::invokeMethod(
            this, [this] { end(Outcome::Refused); }, Qt::QueuedConnection);
        return;
    }
    m_message = *message;
    m_limit.start(limit);
    m_later.start();
    // From the event loop: who waits for finished() has yet to start it.
    QMetaObject::invokeMethod(this, &InstanceMessenger::attempt, Qt::QueuedConnection);
}

void InstanceMessenger::attempt()
{
    if (m_ended || m_socket.state() != QLocalSocket::UnconnectedState)
        return;
    m_later.stop();
    if (m_instance.tryLock())
        end(Outcome::Gone);
    else
        m_socket.connectToServer(m_place.socket);
}

void InstanceMessenger::onAnswer()
{
    if (!m_socket.canReadLine()) {
        if (m_socket.bytesAvailable() > refusedAnswer.size())
            end(Outcome::Refused);
        return;
    }
    end(m_socket.readLine(maxInstanceMessage) == takenAnswer ? Outcome::Taken : Outcome::Refused);
}

//! It has not begun to listen yet, it ended, or it had too much to do.
void InstanceMessenger::tryLater()
{
    if (!m_ended)
        m_later.start();
}

void InstanceMessenger::end(Outcome outcome)
{
    if (std::exchange(m_ended, true))
        return;
    m_limit.stop();
    m_later.stop();
    m_socket.abort();
    Q_EMIT finished(outcome);
}

} // namespace runnel
