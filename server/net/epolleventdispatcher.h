#pragma once

#include "net/epollset.h"
#include "net/timerqueue.h"

#include <QAbstractEventDispatcher>
#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <vector>

namespace runnel {

//! An event dispatcher whose cost does not grow with the number of open sockets. Qt's own walk over
//! every socket notifier in each turn of the event loop; see
//! docs/adr/030-epoll-event-dispatcher.md.
//!
//! Usage, before the application object is made:
//! \code
//! QCoreApplication::setEventDispatcher(new EpollEventDispatcher);
//! QCoreApplication app(argc, argv);
//! \endcode
//! or, before a thread is started: `thread.setEventDispatcher(new EpollEventDispatcher)`.
//! Both take ownership: the application object deletes it as its child, the thread when it ends. It
//! must be on the heap and have no parent.
//!
//! For programs without a window system: it delivers socket notifiers, timers and posted events.
//! QEventLoop's flags act as with Qt's own (ExcludeUserInputEvents has nothing to exclude).
//! wakeUp() and interrupt() are thread-safe, all else belongs to the dispatcher's thread.
//! Precise timers are never early and as exact as the kernel; coarse ones are never early and at
//! most 5 %, but no more than 32 ms, late; very coarse ones wait for a whole second of the clock.
//! If the process has no descriptors left to make it, the program ends with a message (qFatal).
class EpollEventDispatcher : public QAbstractEventDispatcher
{
    Q_OBJECT

public:
    explicit EpollEventDispatcher(QObject *parent = nullptr);
    ~EpollEventDispatcher() override;

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    using QAbstractEventDispatcher::registerTimer;
    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType,
                       QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    //! What is registered for one descriptor, by QSocketNotifier::Type.
    struct Notifiers
    {
        std::array<QSocketNotifier *, 3> byType{};
        quint8 ready = 0; //!< One bit a type: has to be told, and has not been yet.
        bool queued = false;
    };

    [[nodiscard]] bool isOwnThread(const QObject *object, const char *what) const;
    [[nodiscard]] quint32 interestIn(int fd) const;
    void applyInterests();
    void wait(bool mayWait, bool withTimers, bool withNotifiers);
    void noteReady(const EpollSet::Ready &ready);
    [[nodiscard]] QSocketNotifier *takeReady(int fd);
    int activateNotifiers();
    int activateTimers();

    EpollSet m_epoll;
    TimerQueue m_timers;
    std::vector<Notifiers> m_notifiers; //!< By descriptor.
    // Shared with nested event loops, which go on where the outer one has stopped.
    std::vector<int> m_ready;
    std::size_t m_nextReady = 0;
    int m_depth = 0;

    std::atomic<bool> m_wakeUpPending = false;
    std::atomic<bool> m_waiting = false;
    std::atomic<bool> m_interrupted = false;
};

} // namespace runnel
