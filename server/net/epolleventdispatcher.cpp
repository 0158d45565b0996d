#include "net/epolleventdispatcher.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QThread>

#include <cstring>
#include <limits>

namespace runnel {

namespace {

Q_LOGGING_CATEGORY(lcDispatcher, "runnel.net.dispatcher", QtWarningMsg)

struct Kind
{
    const char *name;
    quint32 interest;
    quint32 activatedBy; //!< A hang-up or an error is told to whoever listens, as Qt does.
};

// By QSocketNotifier::Type.
constexpr std::array<Kind, 3> kinds{{
    {"Read", EPOLLIN, EPOLLIN | EPOLLHUP | EPOLLERR},
    {"Write", EPOLLOUT, EPOLLOUT | EPOLLHUP | EPOLLERR},
    {"Exception", EPOLLPRI, EPOLLPRI | EPOLLHUP | EPOLLERR},
}};

quint8 bitOf(std::size_t type)
{
    return quint8(1u << type);
}

} // namespace

EpollEventDispatcher::EpollEventDispatcher(QObject *parent)
    : QAbstractEventDispatcher(parent)
{}

EpollEventDispatcher::~EpollEventDispatcher() = default;

bool EpollEventDispatcher::isOwnThread(const QObject *object, const char *what) const
{
    if (object->thread() == thread() && thread() == QThread::currentThread())
        return true;
    qCWarning(lcDispatcher, "%s cannot be started or stopped from another thread", what);
    return false;
}

bool EpollEventDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    ++m_depth;
    const bool interruptedBefore = m_interrupted.exchange(false);
    // Before the posted events are sent: what is posted from here on sets it again.
    bool active = m_wakeUpPending.exchange(false);
    Q_EMIT awake();
    QCoreApplication::sendPostedEvents();

    const bool mayWait = flags.testFlag(QEventLoop::WaitForMoreEvents) && !active &&
                         !m_wakeUpPending && !m_interrupted;
    if (mayWait)
        Q_EMIT aboutToBlock();

    if (m_interrupted) {
        active = false;
    } else {
        const bool withTimers = !flags.testFlag(QEventLoop::X11ExcludeTimers);
        const bool withNotifiers = !flags.testFlag(QEventLoop::ExcludeSocketNotifiers);
        wait(mayWait, withTimers, withNotifiers);
        active |= m_wakeUpPending.exchange(false);
        if (withNotifiers)
            active |= activateNotifiers() > 0;
        if (withTimers)
            active |= activateTimers() > 0;
    }

    // An event handler that asks the outer loop to end and then processes events itself must not
    // make the outer loop go to sleep.
    if (--m_depth > 0 && interruptedBefore)
        m_interrupted = true;
    return active;
}

void EpollEventDispatcher::wait(bool mayWait, bool withTimers, bool withNotifiers)
{
    if (withNotifiers)
        applyInterests();

    EpollSet::Timeout timeout = std::chrono::nanoseconds(0);
    // A nested loop finds here what the outer one has still to activate.
    const bool unfinished = withNotifiers && m_nextReady < m_ready.size();
    if (mayWait && !unfinished) {
        timeout.reset();
        if (withTimers) {
            if (const auto deadline = m_timers.nextDeadline())
                timeout =
                    std::max(*deadline - TimerQueue::Clock::now(), std::chrono::nanoseconds(0));
        }
        // Either wakeUp() sees that we wait and writes, or we see its mark and do not wait. That
        // saves the system call for every event that is posted while we are busy.
        m_waiting = true;
        if (m_wakeUpPending)
            timeout = std::chrono::nanoseconds(0);
    }

    if (withNotifiers) {
        for (const EpollSet::Ready &ready : m_epoll.wait(timeout))
            noteReady(ready);
    } else {
        m_epoll.waitForWake(timeout);
    }
    m_waiting = false;
}

void EpollEventDispatcher::wakeUp()
{
    if (!m_wakeUpPending.exchange(true) && m_waiting)
        m_epoll.wake();
}

void EpollEventDispatcher::interrupt()
{
    m_interrupted = true;
    wakeUp();
}

// Socket notifiers

void EpollEventDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const auto type = std::size_t(notifier->type());
    if (fd < 0 || !isOwnThread(notifier, "Socket notifiers"))
        return;
    if (std::size_t(fd) >= m_notifiers.size())
        m_notifiers.resize(std::size_t(fd) + 1);

    Notifiers &known = m_notifiers[std::size_t(fd)];
    if (known.byType[type] && known.byType[type] != notifier) {
        // Somebody closed the socket of the old notifier and did not tell it.
        qCWarning(lcDispatcher, "Multiple socket notifiers for same socket %d and type %s", fd,
                  kinds[type].name);
        known.ready = 0;
        m_epoll.distrust(fd);
    }
    known.byType[type] = notifier;
    m_epoll.setInterest(fd, interestIn(fd));
}

void EpollEventDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const int fd = int(notifier->socket());
    const auto type = std::size_t(notifier->type());
    if (fd < 0 || std::size_t(fd) >= m_notifiers.size() ||
        !isOwnThread(notifier, "Socket notifiers"))
        return;
    Notifiers &known = m_notifiers[std::size_t(fd)];
    if (known.byType[type] != notifier)
        return;
    known.byType[type] = nullptr;
    known.ready &= quint8(~bitOf(type));
    m_epoll.setInterest(fd, interestIn(fd));
}

quint32 EpollEventDispatcher::interestIn(int fd) const
{
    quint32 events = 0;
    const Notifiers &known = m_notifiers[std::size_t(fd)];
    for (std::size_t type = 0; type < kinds.size(); ++type) {
        if (known.byType[type])
            events |= kinds[type].interest;
    }
    return events;
}

void EpollEventDispatcher::applyInterests()
{
    for (const EpollSet::Refused &refused : m_epoll.apply()) {
        const auto notifiers = m_notifiers[std::size_t(refused.fd)].byType;
        for (std::size_t type = 0; type < notifiers.size(); ++type) {
            if (!notifiers[type])
                continue;
            qCWarning(lcDispatcher, "Invalid socket %d with type %s, disabling: %s", refused.fd,
                      kinds[type].name, std::strerror(refused.error));
            notifiers[type]->setEnabled(false);
        }
    }
}

void EpollEventDispatcher::noteReady(const EpollSet::Ready &ready)
{
    Notifiers &known = m_notifiers[std::size_t(ready.fd)];
    for (std::size_t type = 0; type < kinds.size(); ++type) {
        if (known.byType[type] && (ready.events & kinds[type].activatedBy) != 0)
            known.ready |= bitOf(type);
    }
    if (known.ready != 0 && !known.queued) {
        known.queued = true;
        m_ready.push_back(ready.fd);
    }
}

QSocketNotifier *EpollEventDispatcher::takeReady(int fd)
{
    Notifiers &known = m_notifiers[std::size_t(fd)];
    for (std::size_t type = 0; type < kinds.size(); ++type) {
        if ((known.ready & bitOf(type)) != 0) {
            known.ready &= quint8(~bitOf(type));
            return known.byType[type];
        }
    }
    return nullptr;
}

int EpollEventDispatcher::activateNotifiers()
{
    // Whatever an event handler does (delete any notifier, run an event loop that ends up here
    // again), each round reads the state anew and keeps no reference over the call.
    int count = 0;
    while (m_nextReady < m_ready.size()) {
        const int fd = m_ready[m_nextReady];
        if (QSocketNotifier *notifier = takeReady(fd)) {
            QEvent event(QEvent::SockAct);
            QCoreApplication::sendEvent(notifier, &event);
            ++count;
        } else {
            m_notifiers[std::size_t(fd)].queued = false;
            ++m_nextReady;
        }
    }
    m_ready.clear();
    m_nextReady = 0;
    return count;
}

// Timers

void EpollEventDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                                         QObject *object)
{
    if (timerId < 1 || interval < 0 || !object) {
        qCWarning(lcDispatcher, "A timer needs an id, an interval of 0 or more and an object");
        return;
    }
    if (isOwnThread(object, "Timers"))
        m_timers.add(timerId, interval, timerType, object, TimerQueue::Clock::now());
}

bool EpollEventDispatcher::unregisterTimer(int timerId)
{
    return m_timers.remove(timerId);
}

bool EpollEventDispatcher::unregisterTimers(QObject *object)
{
    return m_timers.removeAll(object);
}

QList<QAbstractEventDispatcher::TimerInfo>
EpollEventDispatcher::registeredTimers(QObject *object) const
{
    return m_timers.timersOf(object);
}

int EpollEventDispatcher::remainingTime(int timerId)
{
    const auto left = m_timers.remaining(timerId, TimerQueue::Clock::now());
    if (!left)
        return -1;
    return int(std::min<qint64>(left->count(), std::numeric_limits<int>::max()));
}

int EpollEventDispatcher::activateTimers()
{
    int count = 0;
    if (!m_timers.nextDeadline())
        return count;
    const TimerQueue::Pass pass = m_timers.startPass(TimerQueue::Clock::now());
    while (const auto due = m_timers.takeDue(pass)) {
        QTimerEvent event(due->id);
        QCoreApplication::sendEvent(due->object, &event);
        m_timers.delivered(*due);
        ++count;
    }
    return count;
}

} // namespace runnel
