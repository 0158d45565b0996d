#pragma once

#include <QAbstractEventDispatcher>
#include <QMultiHash>

#include <chrono>
#include <optional>
#include <set>
#include <unordered_map>

namespace runnel {

//! The timers of one event dispatcher, ordered by when they are due. Adding, removing and firing
//! cost O(log n), whatever the number of timers. It reads no clock: every function is given the
//! time, which must not run backwards. Not thread-safe.
class TimerQueue
{
public:
    using Clock = std::chrono::steady_clock;
    using Time = Clock::time_point;

    //! A timer whose event is to be sent now.
    struct Due
    {
        int id;
        QObject *object;
        quint64 registration; //!< Tells this timer from a later one that was given the same id.
    };

    //! One walk over the timers that are due. It ends even if timers are due again at once.
    struct Pass
    {
        Time now;
        quint64 firstNewSerial;
    };

    //! \a id must not be in use. \a interval is in milliseconds, 0 or more; 0 is due in each pass.
    void add(int id, qint64 interval, Qt::TimerType type, QObject *object, Time now);
    //! False if there is no such timer.
    bool remove(int id);
    //! False if \a object has no timer.
    bool removeAll(QObject *object);

    [[nodiscard]] QList<QAbstractEventDispatcher::TimerInfo> timersOf(QObject *object) const;
    //! Until the timer is due, rounded up to milliseconds; zero when it is overdue.
    [[nodiscard]] std::optional<std::chrono::milliseconds> remaining(int id, Time now) const;

    //! When the next event has to be sent. A timer whose event is being sent does not count: its
    //! event does not come again in a nested event loop.
    [[nodiscard]] std::optional<Time> nextDeadline() const;

    [[nodiscard]] Pass startPass(Time now) const { return {now, m_nextSerial}; }
    //! The next timer of this pass, armed again for its next turn. Call delivered() after its
    //! event was sent, even if the timer was removed or replaced meanwhile.
    [[nodiscard]] std::optional<Due> takeDue(const Pass &pass);
    void delivered(const Due &due);

private:
    using Milliseconds = std::chrono::milliseconds;

    struct Key
    {
        Time deadline;
        quint64 serial; //!< Timers due at the same instant fire in the order they were armed.
        int id;

        bool operator<(const Key &other) const
        {
            return deadline != other.deadline ? deadline < other.deadline : serial < other.serial;
        }
    };

    struct Timer
    {
        Key key;
        Time nominal; //!< The deadline before it was rounded, so that roundings do not add up.
        Milliseconds interval;
        QObject *object;
        quint64 registration;
        Qt::TimerType type;
        bool delivering;
    };

    [[nodiscard]] static Time deadlineFor(Time nominal, Milliseconds interval, Qt::TimerType type);
    void rearm(Timer &timer, Time now);

    std::unordered_map<int, Timer> m_timers;
    std::set<Key> m_order;
    QMultiHash<QObject *, int> m_idsByObject;
    quint64 m_nextSerial = 1;
};

} // namespace runnel
