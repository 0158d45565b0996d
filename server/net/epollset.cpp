#include "net/epollset.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace runnel {

namespace {

using namespace std::chrono_literals;

// As many events as one system call brings; the kernel goes round, so that nobody starves.
constexpr int batchSize = 256;
constexpr quint64 wakeTag = std::numeric_limits<quint64>::max();

quint64 tagFor(int fd, quint32 generation)
{
    return quint64(generation) << 32 | quint32(fd);
}

timespec toTimespec(std::chrono::nanoseconds time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    timespec spec{};
    spec.tv_sec = seconds.count();
    spec.tv_nsec = (time - seconds).count();
    return spec;
}

//! Rounded up, for a wait that ends early would spin until the deadline.
int toMilliseconds(EpollSet::Timeout timeout)
{
    if (!timeout)
        return -1;
    const auto count = std::chrono::ceil<std::chrono::milliseconds>(*timeout).count();
    return int(std::min<std::int64_t>(count, std::numeric_limits<int>::max()));
}

//! What is left of a timeout after an interruption.
class Countdown
{
public:
    explicit Countdown(EpollSet::Timeout timeout)
        : m_left(timeout)
    {
        if (m_left && *m_left > 0ns)
            m_end = std::chrono::steady_clock::now() + *m_left;
    }

    [[nodiscard]] EpollSet::Timeout left() const { return m_left; }
    void update()
    {
        if (m_left && *m_left > 0ns)
            m_left =
                std::max<std::chrono::nanoseconds>(m_end - std::chrono::steady_clock::now(), 0ns);
    }

private:
    EpollSet::Timeout m_left;
    std::chrono::steady_clock::time_point m_end;
};

} // namespace

EpollSet::EpollSet()
    : m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_events(batchSize)
{
    if (m_wake < 0)
        qFatal("EpollSet: no event descriptor: %s", std::strerror(errno));
    open();
}

EpollSet::~EpollSet()
{
    close(m_epoll);
    close(m_wake);
}

void EpollSet::open()
{
    m_epoll = epoll_create1(EPOLL_CLOEXEC);
    // Edge-triggered, so that nobody needs to read the counter back.
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.u64 = wakeTag;
    if (m_epoll < 0 || epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0)
        qFatal("EpollSet: no epoll descriptor: %s", std::strerror(errno));
}

void EpollSet::reopen()
{
    close(m_epoll);
    open();
    for (std::size_t fd = 0; fd < m_watches.size(); ++fd) {
        Watch &known = m_watches[fd];
        if (known.inKernel != 0) {
            known.inKernel = 0;
            markChanged(int(fd), known);
        }
    }
}

EpollSet::Watch &EpollSet::watch(int fd)
{
    if (std::size_t(fd) >= m_watches.size())
        m_watches.resize(std::size_t(fd) + 1);
    return m_watches[std::size_t(fd)];
}

void EpollSet::markChanged(int fd, Watch &watch)
{
    if (!watch.changed) {
        watch.changed = true;
        m_changed.push_back(fd);
    }
}

void EpollSet::setInterest(int fd, quint32 events)
{
    Watch &known = watch(fd);
    known.wanted = events;
    if (events != 0) {
        markChanged(fd, known);
        return;
    }
    if (known.alwaysReady) {
        known.alwaysReady = false;
        std::erase(m_alwaysReady, fd);
    }
    if (known.inKernel != 0) {
        // Fails with EBADF or ENOENT if it was closed before: then the kernel has forgotten it
        // itself, or, if the file lives on under another number, wait() will find its ghost.
        known.inKernel = 0;
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
    }
}

void EpollSet::distrust(int fd)
{
    Watch &known = watch(fd);
    known.distrusted = true;
    markChanged(fd, known);
}

int EpollSet::control(int operation, int fd, const Watch &watch) const
{
    epoll_event event{};
    event.events = watch.wanted;
    event.data.u64 = tagFor(fd, watch.generation);
    return epoll_ctl(m_epoll, operation, fd, &event) == 0 ? 0 : errno;
}

int EpollSet::tellKernel(int fd, Watch &watch)
{
    if (watch.inKernel != 0) {
        const int error = control(EPOLL_CTL_MOD, fd, watch);
        if (error != ENOENT)
            return error;
        // Closed and opened again since.
    }
    ++watch.generation;
    const int error = control(EPOLL_CTL_ADD, fd, watch);
    return error == EEXIST ? control(EPOLL_CTL_MOD, fd, watch) : error;
}

std::vector<EpollSet::Refused> EpollSet::apply()
{
    std::vector<Refused> refused;
    for (const int fd : m_changed) {
        Watch &known = watch(fd);
        const bool distrusted = std::exchange(known.distrusted, false);
        known.changed = false;
        if (known.wanted == 0 || (known.wanted == known.inKernel && !distrusted))
            continue;
        const int error = tellKernel(fd, known);
        known.inKernel = error == 0 ? known.wanted : 0;
        const bool plainFile = error == EPERM;
        if (plainFile && !known.alwaysReady)
            m_alwaysReady.push_back(fd);
        else if (!plainFile && known.alwaysReady)
            std::erase(m_alwaysReady, fd);
        known.alwaysReady = plainFile;
        if (error != 0 && !plainFile) {
            known.wanted = 0;
            refused.push_back({fd, error});
        }
    }
    m_changed.clear();
    return refused;
}

std::span<const EpollSet::Ready> EpollSet::wait(Timeout timeout)
{
    m_ready.clear();
    if (!m_alwaysReady.empty())
        timeout = 0ns;

    const int count = waitKernel(timeout);
    bool ghosts = false;
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = m_events[std::size_t(i)];
        if (event.data.u64 == wakeTag)
            continue;
        if (isGhost(event))
            ghosts = true;
        else
            m_ready.push_back({int(event.data.u64 & 0xffffffffu), event.events});
    }
    for (const int fd : m_alwaysReady)
        m_ready.push_back({fd, watch(fd).wanted & (EPOLLIN | EPOLLOUT)});
    if (ghosts)
        reopen();
    return m_ready;
}

//! A descriptor that was closed before it was taken out of the set, while its file lives on under
//! another number (dup, a child process), goes on reporting events, and there is no way to take it
//! out. Left alone it would keep the loop spinning.
bool EpollSet::isGhost(const epoll_event &event) const
{
    const auto fd = std::size_t(event.data.u64 & 0xffffffffu);
    const auto generation = quint32(event.data.u64 >> 32);
    return m_watches[fd].inKernel == 0 || m_watches[fd].generation != generation;
}

int EpollSet::waitKernel(Timeout timeout)
{
    Countdown countdown(timeout);
    for (;;) {
        int count = -1;
        const Timeout left = countdown.left();
#ifdef SYS_epoll_pwait2
        // Whole milliseconds would make a precise timer up to one late.
        const bool nanoseconds = m_hasNanoseconds && left && *left > 0ns;
        if (nanoseconds) {
            const timespec spec = toTimespec(*left);
            count = int(syscall(SYS_epoll_pwait2, m_epoll, m_events.data(), batchSize, &spec,
                                nullptr, std::size_t(0)));
            // Linux before 5.11, or a container's filter that does not know the call.
            if (count < 0 && (errno == ENOSYS || errno == EPERM)) {
                m_hasNanoseconds = false;
                continue;
            }
        } else
#endif
            count = epoll_wait(m_epoll, m_events.data(), batchSize, toMilliseconds(left));
        if (count >= 0)
            return count;
        if (errno != EINTR)
            qFatal("EpollSet: cannot wait: %s", std::strerror(errno));
        countdown.update();
    }
}

void EpollSet::waitForWake(Timeout timeout)
{
    Countdown countdown(timeout);
    for (;;) {
        pollfd wake{m_wake, POLLIN, 0};
        timespec spec{};
        if (countdown.left())
            spec = toTimespec(*countdown.left());
        const int count = ppoll(&wake, 1, countdown.left() ? &spec : nullptr, nullptr);
        if (count > 0) {
            quint64 counter = 0;
            [[maybe_unused]] const ssize_t got = read(m_wake, &counter, sizeof counter);
        }
        if (count >= 0)
            return;
        if (errno != EINTR)
            qFatal("EpollSet: cannot wait: %s", std::strerror(errno));
        countdown.update();
    }
}

void EpollSet::wake()
{
    // It fails only when the counter is full, and then the waiter is awake anyway.
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = write(m_wake, &one, sizeof one);
}

} // namespace runnel
