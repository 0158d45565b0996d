#include "gemini/managerpool.h"

#include "gemini/geminilog.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QHttp1Configuration>
#endif

#include <algorithm>

namespace runnel {

using std::chrono::steady_clock;

namespace {

//! Leaves it to each socket to ask the application for its proxy, which is where it comes from
//! anyway. A manager that has found out before that there is none reads plain HTTP from sockets
//! without a buffer, and the line with a chunk's size byte by byte: 10 reads and 12 ioctls a chunk
//! (docs/adr/010).
class AskedBySocket : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery & /*query*/) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

} // namespace

ManagerPool::Lease::Lease(ManagerPool &pool, QNetworkAccessManager &manager)
    : m_pool(&pool)
    , m_manager(&manager)
{}

ManagerPool::Lease::~Lease()
{
    giveBack();
}

ManagerPool::Lease::Lease(Lease &&other) noexcept
    : m_pool(std::exchange(other.m_pool, nullptr))
    , m_manager(std::exchange(other.m_manager, nullptr))
{}

ManagerPool::Lease &ManagerPool::Lease::operator=(Lease &&other) noexcept
{
    if (this != &other) {
        giveBack();
        m_pool = std::exchange(other.m_pool, nullptr);
        m_manager = std::exchange(other.m_manager, nullptr);
    }
    return *this;
}

void ManagerPool::Lease::giveBack()
{
    if (m_pool && m_manager)
        m_pool->release(m_manager);
    m_pool = nullptr;
    m_manager = nullptr;
}

ManagerPool::ManagerPool(std::chrono::milliseconds idleTime)
    : m_idleTime(idleTime)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ManagerPool::dropIdle);
}

ManagerPool::~ManagerPool() = default;

ManagerPool::Lease ManagerPool::acquire()
{
    Place &found = place();
    ++found.streams;
    return {*this, *found.manager};
}

void ManagerPool::prepare(QNetworkRequest &request)
{
    // HTTP/2 of Qt 6.4 hangs after GOAWAY and has no back-pressure; nobody has shown yet that a
    // later one is better (docs/adr/010).
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QHttp1Configuration http1;
    http1.setNumberOfConnectionsPerHost(streamsPerManager);
    request.setHttp1Configuration(http1);
#endif
}

//! The fullest manager that has room, so that the others empty and go; else a new one.
ManagerPool::Place &ManagerPool::place()
{
    Place *best = nullptr;
    for (Place &candidate : m_places) {
        const bool hasRoom = candidate.streams < streamsPerManager;
        if (hasRoom && (!best || candidate.streams > best->streams))
            best = &candidate;
    }
    if (best)
        return *best;
    auto manager = std::make_unique<QNetworkAccessManager>();
    manager->setAutoDeleteReplies(false);
    manager->setProxyFactory(new AskedBySocket); // the manager's from now on
    m_places.push_back({std::move(manager), 0, steady_clock::now()});
    qCDebug(lcGemini, "The pool has %d managers", managerCount());
    return m_places.back();
}

void ManagerPool::release(const QNetworkAccessManager *manager)
{
    const auto found = std::ranges::find_if(
        m_places, [manager](const Place &place) { return place.manager.get() == manager; });
    if (found == m_places.end() || --found->streams > 0)
        return;
    found->idleSince = steady_clock::now();
    if (m_places.size() > 1 && !m_timer.isActive())
        m_timer.start(m_idleTime);
}

void ManagerPool::dropIdle()
{
    const auto now = steady_clock::now();
    bool keptOneIdle = false;
    bool someWait = false;
    std::erase_if(m_places, [&](const Place &place) {
        if (place.streams > 0)
            return false;
        if (now - place.idleSince < m_idleTime) {
            someWait = true;
            keptOneIdle = true;
            return false;
        }
        return std::exchange(keptOneIdle, true);
    });
    qCDebug(lcGemini, "The pool has %d managers", managerCount());
    if (someWait && m_places.size() > 1)
        m_timer.start(m_idleTime);
}

} // namespace runnel
