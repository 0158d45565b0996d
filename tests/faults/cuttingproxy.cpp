#include "cuttingproxy.h"

#include <QTcpSocket>

#include <algorithm>

#include <sys/socket.h>

namespace runnel::faults {

using namespace std::chrono_literals;

namespace {

constexpr qint64 mostWaiting = 64 * 1024; //!< In one direction, so that whoever sends feels it.
constexpr std::chrono::milliseconds shortestTick = 20ms;

void endSocket(QTcpSocket *socket, bool withReset)
{
    socket->disconnect();
    if (withReset && socket->socketDescriptor() >= 0) {
        const linger now{1, 0};
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
        socket->abort();
    } else {
        socket->disconnectFromHost();
        if (socket->state() != QAbstractSocket::UnconnectedState) {
            // Whoever does not read what is left is not waited for.
            QTimer::singleShot(2s, socket, &QTcpSocket::deleteLater);
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QTcpSocket::deleteLater);
            return;
        }
    }
    socket->deleteLater();
}

} // namespace

CuttingProxy::CuttingProxy(QObject *parent)
    : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, &CuttingProxy::accept);
    connect(&m_tick, &QTimer::timeout, this, &CuttingProxy::pumpAll);
    m_tick.setTimerType(Qt::PreciseTimer);
}

CuttingProxy::~CuttingProxy()
{
    cut(true);
}

void CuttingProxy::accept()
{
    while (QTcpSocket *caller = m_server.nextPendingConnection()) {
        caller->setParent(this);
        if (m_target == 0 || m_isUnplugged) {
            endSocket(caller, true);
            continue;
        }
        const Link link{caller, new QTcpSocket(this)};
        m_links.push_back(link);
        for (QTcpSocket *socket : {link.caller, link.target}) {
            socket->setReadBufferSize(mostWaiting);
            connect(socket, &QTcpSocket::disconnected, this,
                    [this, link, socket] { finish(link, socket); });
            connect(socket, &QTcpSocket::errorOccurred, this,
                    [this, link, socket] { finish(link, socket); });
            connect(socket, &QTcpSocket::readyRead, this, [this] {
                if (!isPaced())
                    pumpAll();
            });
            connect(socket, &QTcpSocket::bytesWritten, this, [this] {
                if (!isPaced())
                    pumpAll();
            });
        }
        connect(link.target, &QTcpSocket::connected, this, [this, link] {
            link.target->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            link.target->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption,
                                         int(mostWaiting));
            pumpAll();
        });
        caller->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        link.target->connectToHost(QHostAddress::LocalHost, m_target);
    }
}

void CuttingProxy::pumpAll()
{
    const qint64 budget = m_bytesPerSecond > 0
                              ? std::max<qint64>(1, m_bytesPerSecond * m_tick.interval() / 1000)
                              : mostWaiting;
    const std::vector<Link> links = m_links; // a pump may end some
    for (const Link &link : links) {
        if (pump(link, Up, budget))
            (void)pump(link, Down, budget);
    }
}

bool CuttingProxy::pump(const Link &link, Way way, qint64 budget)
{
    QTcpSocket *const from = way == Up ? link.caller : link.target;
    QTcpSocket *const to = way == Up ? link.target : link.caller;
    const auto isOurs = [this, &link] {
        return std::ranges::any_of(m_links,
                                   [&link](const Link &l) { return l.caller == link.caller; });
    };
    while (isOurs() && !(way == Down && m_isStalled) && budget > 0) {
        if (to->state() != QAbstractSocket::ConnectedState)
            break;
        qint64 bytes = std::min({from->bytesAvailable(), mostWaiting - to->bytesToWrite(), budget});
        if (bytes <= 0)
            break;
        const bool cuts = m_left[way] >= 0 && bytes >= m_left[way];
        if (cuts)
            bytes = m_left[way];
        to->write(from->read(bytes));
        to->flush();
        budget -= bytes;
        if (m_left[way] >= 0)
            m_left[way] = cuts ? -1 : m_left[way] - bytes;
        if (cuts) {
            if (isOurs())
                end(link, true);
            return false;
        }
    }
    return isOurs();
}

//! One end has gone: the other gets what it had sent before, and then the end.
void CuttingProxy::finish(const Link &link, QTcpSocket *ended)
{
    const bool isUp = ended == link.caller;
    QTcpSocket *const other = isUp ? link.target : link.caller;
    const bool known =
        std::ranges::any_of(m_links, [&link](const Link &l) { return l.caller == link.caller; });
    if (!known)
        return;
    if (other->state() == QAbstractSocket::ConnectedState && ended->bytesAvailable() > 0)
        other->write(ended->readAll());
    end(link, false);
}

void CuttingProxy::end(const Link &link, bool withReset)
{
    std::erase_if(m_links, [&link](const Link &l) { return l.caller == link.caller; });
    endSocket(link.caller, withReset);
    endSocket(link.target, withReset);
}

void CuttingProxy::cut(bool withReset)
{
    const std::vector<Link> links = m_links;
    for (const Link &link : links)
        end(link, withReset);
}

void CuttingProxy::setStalled(bool stalled)
{
    m_isStalled = stalled;
    pumpAll();
}

void CuttingProxy::setBytesPerSecond(int bytes)
{
    m_bytesPerSecond = bytes;
    pace();
}

void CuttingProxy::setDelay(std::chrono::milliseconds every)
{
    m_every = every;
    pace();
}

void CuttingProxy::pace()
{
    if (isPaced()) {
        m_tick.start(std::max(m_every, shortestTick));
        return;
    }
    m_tick.stop();
    pumpAll();
}

void CuttingProxy::setUnplugged(bool unplugged)
{
    m_isUnplugged = unplugged;
    if (unplugged)
        cut(true);
}

void CuttingProxy::heal()
{
    m_left = {-1, -1};
    m_bytesPerSecond = 0;
    m_every = 0ms;
    m_isUnplugged = false;
    m_isStalled = false;
    pace();
}

} // namespace runnel::faults
