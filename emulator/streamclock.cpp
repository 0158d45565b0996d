#include "emulator/streamclock.h"

#include <QTimerEvent>

namespace runnel::emulator {

namespace {

//! After so long the event loop gets its turn, whoever still waits: the clock may share its thread
//! with a whole server.
constexpr std::chrono::milliseconds longestTurn(5);

} // namespace

size_t StreamClock::acquire(Sleeper *sleeper)
{
    if (m_free.empty()) {
        m_slots.push_back({sleeper, 0});
        return m_slots.size() - 1;
    }
    const size_t slot = m_free.back();
    m_free.pop_back();
    m_slots[slot].sleeper = sleeper;
    return slot;
}

void StreamClock::release(size_t slot)
{
    cancel(slot);
    m_slots[slot].sleeper = nullptr;
    m_free.push_back(slot);
}

void StreamClock::wakeAt(size_t slot, Time due)
{
    m_wishes.push({due, slot, ++m_slots[slot].version});
    if (!m_isWaking && due < m_armedFor)
        rearm();
}

void StreamClock::cancel(size_t slot)
{
    ++m_slots[slot].version;
}

bool StreamClock::isStale(const Wish &wish) const
{
    return m_slots[wish.slot].version != wish.version;
}

void StreamClock::rearm()
{
    while (!m_wishes.empty() && isStale(m_wishes.top()))
        m_wishes.pop();
    if (m_wishes.empty()) {
        m_armedFor = Time::max();
        m_timer.stop();
        return;
    }
    m_armedFor = m_wishes.top().due;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(m_armedFor - std::chrono::steady_clock::now());
    m_timer.start(int(std::clamp<qint64>(left.count(), 0, 60'000)), Qt::PreciseTimer, this);
}

void StreamClock::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_isWaking = true;
    const Time begin = std::chrono::steady_clock::now();
    Time now = begin;
    while (!m_wishes.empty() && m_wishes.top().due <= now && now - begin < longestTurn) {
        const Wish wish = m_wishes.top();
        m_wishes.pop();
        if (isStale(wish))
            continue;
        ++m_slots[wish.slot].version;
        m_slots[wish.slot].sleeper->wake();
        now = std::chrono::steady_clock::now();
    }
    m_isWaking = false;
    rearm();
}

} // namespace runnel::emulator
