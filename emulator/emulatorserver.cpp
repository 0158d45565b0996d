#include "emulator/emulatorserver.h"

#include <QTcpSocket>
#include <QTimerEvent>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr int sweepMilliseconds = 1000;
constexpr int listenBacklog = 1024;

ServiceOptions serviceOptions(const EmulatorOptions &options)
{
    return {options.tokensPerSecond, options.seed, options.chunkTimestamps, options.refusedKeys,
            options.ownModel};
}

} // namespace

//! Hands each socket over as it comes: QTcpServer's own list of pending ones would only delay it.
class EmulatorServer::Listener : public QTcpServer
{
public:
    explicit Listener(EmulatorServer &server)
        : m_server(server)
    {
        setListenBacklogSize(listenBacklog);
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<QTcpSocket>();
        if (socket->setSocketDescriptor(descriptor))
            m_server.add(socket.release());
    }

private:
    EmulatorServer &m_server;
};

EmulatorServer::EmulatorServer(EmulatorOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_service(m_options.scenario ? *m_options.scenario : Scenario::builtIn(u"demo"_s),
                serviceOptions(m_options))
    , m_listener(std::make_unique<Listener>(*this))
{}

EmulatorServer::~EmulatorServer()
{
    m_listener->close();
    // They use the clock and the service, which a QObject's own deletion of children would outlive.
    const auto connections = std::exchange(m_connections, {});
    for (EmulatorConnection *connection : connections)
        delete connection;
}

Result<quint16, QString> EmulatorServer::listen(const QHostAddress &host, quint16 port)
{
    if (!m_listener->listen(host, port))
        return Failure{u"Cannot listen on %1:%2: %3"_s.arg(host.toString())
                           .arg(port)
                           .arg(m_listener->errorString())};
    return m_listener->serverPort();
}

quint16 EmulatorServer::port() const
{
    return m_listener->serverPort();
}

QString EmulatorServer::baseUrl() const
{
    QHostAddress host = m_listener->serverAddress();
    const auto is = [&](QHostAddress::SpecialAddress address) { return host == address; };
    if (is(QHostAddress::Any) || is(QHostAddress::AnyIPv4))
        host = QHostAddress::LocalHost;
    else if (is(QHostAddress::AnyIPv6))
        host = QHostAddress::LocalHostIPv6;
    const bool isV6 = host.protocol() == QAbstractSocket::IPv6Protocol;
    return (isV6 ? u"http://[%1]:%2"_s : u"http://%1:%2"_s).arg(host.toString()).arg(port());
}

void EmulatorServer::add(QTcpSocket *socket)
{
    if (m_connections.size() >= size_t(m_options.maxConnections)) {
        delete socket;
        return;
    }
    auto *const connection =
        new EmulatorConnection(socket, m_service, m_clock, m_options.limits, this);
    m_connections.insert(connection);
    connect(connection, &EmulatorConnection::closed, this, &EmulatorServer::remove);
    if (!m_sweep.isActive())
        m_sweep.start(sweepMilliseconds, Qt::CoarseTimer, this);
}

void EmulatorServer::remove(EmulatorConnection *connection)
{
    m_connections.erase(connection);
    connection->deleteLater();
    if (m_connections.empty())
        m_sweep.stop();
}

void EmulatorServer::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_sweep.timerId())
        return;
    const auto now = std::chrono::steady_clock::now();
    // Who is closed leaves the set while it is walked.
    const std::vector<EmulatorConnection *> all(m_connections.begin(), m_connections.end());
    for (EmulatorConnection *connection : all)
        connection->checkDeadline(now);
}

} // namespace runnel::emulator
