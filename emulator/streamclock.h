#pragma once

#include <QBasicTimer>
#include <QObject>

#include <chrono>
#include <queue>
#include <vector>

namespace runnel::emulator {

//! One timer for any number of streams: a QTimer each costs a search in Qt's list of timers for
//! every event of every stream. Lives on one thread.
class StreamClock : public QObject
{
    Q_OBJECT

public:
    using Time = std::chrono::steady_clock::time_point;

    //! Who wants to be woken. Must release its slot before it goes.
    class Sleeper
    {
    public:
        virtual void wake() = 0;

    protected:
        Sleeper() = default;
        ~Sleeper() = default;
        Q_DISABLE_COPY_MOVE(Sleeper)
    };

    using QObject::QObject;

    [[nodiscard]] size_t acquire(Sleeper *sleeper);
    void release(size_t slot);

    //! Wakes the slot's owner once, at \a due or up to a millisecond later; takes the place of what
    //! was wanted before.
    void wakeAt(size_t slot, Time due);
    void cancel(size_t slot);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Slot
    {
        Sleeper *sleeper = nullptr;
        quint32 version = 0; //!< Changes with each wish, so that old ones are known in the queue.
    };
    struct Wish
    {
        Time due;
        size_t slot = 0;
        quint32 version = 0;

        friend bool operator>(const Wish &a, const Wish &b) { return a.due > b.due; }
    };

    [[nodiscard]] bool isStale(const Wish &wish) const;
    void rearm();

    std::vector<Slot> m_slots;
    std::vector<size_t> m_free;
    std::priority_queue<Wish, std::vector<Wish>, std::greater<>> m_wishes;
    QBasicTimer m_timer;
    Time m_armedFor = Time::max();
    bool m_isWaking = false;
};

} // namespace runnel::emulator
