#include "net/timerqueue.h"

#include <algorithm>
#include <bit>

namespace runnel {

namespace {

using std::chrono::milliseconds;

// Longer intervals would overflow the clock; 34 years are as good as for ever.
constexpr milliseconds longestInterval{std::int64_t(1) << 40};

// Coarse timers may be 5 % late, as Qt promises. Rounding them up to a common grid lets one wake-up
// serve many. The grid stays fine, because thousands of 20 s pings that fell on the same instant
// would hold up every answer that streams at that moment.
constexpr milliseconds coarsestGrid{32};
constexpr int coarseParts = 20;
constexpr milliseconds veryCoarseGrid{1000};

milliseconds gridFor(milliseconds interval, Qt::TimerType type)
{
    if (type == Qt::PreciseTimer)
        return milliseconds(1);
    if (type == Qt::VeryCoarseTimer && interval >= veryCoarseGrid)
        return veryCoarseGrid;
    const auto slack = quint64((interval / coarseParts).count());
    return std::min(milliseconds(std::bit_floor(slack)), coarsestGrid);
}

} // namespace

TimerQueue::Time TimerQueue::deadlineFor(Time nominal, Milliseconds interval, Qt::TimerType type)
{
    const milliseconds grid = gridFor(interval, type);
    if (grid.count() <= 1)
        return nominal;
    const auto sinceEpoch = std::chrono::ceil<milliseconds>(nominal.time_since_epoch());
    return Time((sinceEpoch + grid - milliseconds(1)) / grid * grid);
}

void TimerQueue::add(int id, qint64 interval, Qt::TimerType type, QObject *object, Time now)
{
    const Milliseconds bounded =
        std::clamp(Milliseconds(interval), Milliseconds(0), longestInterval);
    const Time nominal = now + bounded;
    const Key key{deadlineFor(nominal, bounded, type), m_nextSerial++, id};
    m_timers.insert_or_assign(id, Timer{key, nominal, bounded, object, key.serial, type, false});
    m_order.insert(key);
    m_idsByObject.insert(object, id);
}

bool TimerQueue::remove(int id)
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return false;
    m_order.erase(timer->second.key);
    m_idsByObject.remove(timer->second.object, id);
    m_timers.erase(timer);
    return true;
}

bool TimerQueue::removeAll(QObject *object)
{
    const QList<int> ids = m_idsByObject.values(object);
    for (const int id : ids)
        remove(id);
    return !ids.isEmpty();
}

QList<QAbstractEventDispatcher::TimerInfo> TimerQueue::timersOf(QObject *object) const
{
    QList<QAbstractEventDispatcher::TimerInfo> infos;
    const auto [begin, end] = m_idsByObject.equal_range(object);
    for (auto id = begin; id != end; ++id) {
        const Timer &timer = m_timers.at(*id);
        infos.append({*id, int(timer.interval.count()), timer.type});
    }
    return infos;
}

std::optional<milliseconds> TimerQueue::remaining(int id, Time now) const
{
    const auto timer = m_timers.find(id);
    if (timer == m_timers.end())
        return {};
    const auto left = timer->second.key.deadline - now;
    return std::max(std::chrono::ceil<milliseconds>(left), milliseconds(0));
}

std::optional<TimerQueue::Time> TimerQueue::nextDeadline() const
{
    // Only as many timers are passed over as there are event loops nested in timer events.
    for (const Key &key : m_order) {
        if (!m_timers.at(key.id).delivering)
            return key.deadline;
    }
    return {};
}

std::optional<TimerQueue::Due> TimerQueue::takeDue(const Pass &pass)
{
    while (!m_order.empty()) {
        const Key first = *m_order.begin();
        // What this pass has armed again, and what its events have added, stands behind all that
        // was due when it began.
        if (first.deadline > pass.now || first.serial >= pass.firstNewSerial)
            return {};
        Timer &timer = m_timers.at(first.id);
        rearm(timer, pass.now);
        if (timer.delivering)
            continue;
        timer.delivering = true;
        return Due{first.id, timer.object, timer.registration};
    }
    return {};
}

void TimerQueue::delivered(const Due &due)
{
    const auto timer = m_timers.find(due.id);
    if (timer != m_timers.end() && timer->second.registration == due.registration)
        timer->second.delivering = false;
}

void TimerQueue::rearm(Timer &timer, Time now)
{
    // A timer that is a whole interval late skips the turns that it missed.
    timer.nominal += timer.interval;
    if (timer.nominal < now)
        timer.nominal = now + timer.interval;

    auto node = m_order.extract(timer.key); // Moving the node saves an allocation a tick.
    timer.key.deadline = deadlineFor(timer.nominal, timer.interval, timer.type);
    timer.key.serial = m_nextSerial++;
    node.value() = timer.key;
    m_order.insert(std::move(node));
}

} // namespace runnel
