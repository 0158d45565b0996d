#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include <sys/epoll.h>

namespace runnel {

//! A level-triggered epoll instance that knows what it was asked for.
//!
//! Changes cost nothing until apply(): a write notifier that goes on and off within one turn of the
//! event loop makes no system call. Only the removal of a descriptor is done at once, because it
//! may be closed, and its number given away, right after.
//!
//! One thread uses it; wake() may be called from any.
class EpollSet
{
public:
    struct Ready
    {
        int fd;
        quint32 events; //!< EPOLLIN, EPOLLOUT, EPOLLPRI, EPOLLHUP, EPOLLERR
    };

    struct Refused
    {
        int fd;
        int error; //!< An errno: EBADF for a closed descriptor, ENOSPC, ENOMEM.
    };

    //! Without an end: wait until something happens.
    using Timeout = std::optional<std::chrono::nanoseconds>;

    EpollSet();
    ~EpollSet();
    Q_DISABLE_COPY_MOVE(EpollSet)

    //! Watches \a fd for \a events (EPOLLIN, EPOLLOUT, EPOLLPRI); 0 stops watching it.
    void setInterest(int fd, quint32 events);
    //! \a fd may be another file than the one that was given to setInterest() before.
    void distrust(int fd);

    //! Tells the kernel what has changed. What it refuses is forgotten and returned.
    [[nodiscard]] std::vector<Refused> apply();

    //! What became ready within \a timeout, or nothing; the result is good until the next wait.
    //! Descriptors that epoll does not take because they are never busy (plain files) are always
    //! among it. Signals do not shorten the wait.
    [[nodiscard]] std::span<const Ready> wait(Timeout timeout);
    //! Waits for wake() only, whatever the descriptors do.
    void waitForWake(Timeout timeout);
    //! Ends a wait that is under way or, at the latest, the next one.
    void wake();

private:
    struct Watch
    {
        quint32 wanted = 0;
        quint32 inKernel = 0;
        quint32 generation = 0; //!< Tells events of this descriptor from those of an earlier one.
        bool changed = false;
        bool distrusted = false;
        bool alwaysReady = false;
    };

    [[nodiscard]] Watch &watch(int fd);
    void markChanged(int fd, Watch &watch);
    [[nodiscard]] int control(int operation, int fd, const Watch &watch) const;
    [[nodiscard]] int tellKernel(int fd, Watch &watch);
    [[nodiscard]] int waitKernel(Timeout timeout);
    [[nodiscard]] bool isGhost(const epoll_event &event) const;
    void open();
    void reopen();

    int m_epoll = -1;
    int m_wake = -1;
    bool m_hasNanoseconds = true;
    std::vector<Watch> m_watches; //!< By descriptor.
    std::vector<int> m_changed;
    std::vector<int> m_alwaysReady;
    std::vector<epoll_event> m_events;
    std::vector<Ready> m_ready;
};

} // namespace runnel
