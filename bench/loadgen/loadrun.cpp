#include "loadgen/loadrun.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <sys/epoll.h>
#include <unistd.h>

namespace runnel::bench {

namespace {

constexpr double nanoseconds = 1e9;

std::int64_t toNanoseconds(Options::Seconds time)
{
    return static_cast<std::int64_t>(time.count() * nanoseconds);
}

std::string messageFor(const Options &options)
{
    std::array<char, 100> text{};
    std::snprintf(text.data(), text.size(), "bench chunks=%d rate=%g size=%d", options.chunks(),
                  options.rate, options.size);
    return text.data();
}

} // namespace

LoadRun::LoadRun(Options options)
    : m_options(std::move(options))
    , m_message(messageFor(m_options))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    const auto count = static_cast<std::size_t>(m_options.chats);
    m_writing.resize(count);
    m_firstSent.resize(count);
    for (int i = 0; i < m_options.chats; ++i)
        m_chats.push_back(std::make_unique<ChatClient>(i, static_cast<ChatObserver &>(*this)));
    m_findings.latencies.reserve(static_cast<std::size_t>(m_options.chats * m_options.rate *
                                                          (m_options.window.count() + 1)));
}

LoadRun::~LoadRun()
{
    close(m_epoll);
}

void LoadRun::chunkReceived(int chat, std::int64_t sent, std::int64_t received)
{
    const auto at = static_cast<std::size_t>(chat);
    const int number = m_chats[at]->chunks() - 1; // counted already
    if (number == 0)
        m_firstSent[at] = sent;
    if (received < m_windowBegin || received >= m_windowEnd)
        return;
    m_findings.latencies.push_back(received - sent);
    const auto due =
        m_firstSent[at] + static_cast<std::int64_t>(number / m_options.rate * nanoseconds);
    m_findings.upstreamLateness.push_back(std::max<std::int64_t>(sent - due, 0));
}

void LoadRun::watch(std::size_t chat, bool add)
{
    const ChatClient &client = *m_chats[chat];
    const bool writing = client.wantsToWrite();
    if (client.descriptor() < 0 || (!add && writing == m_writing[chat]))
        return;
    m_writing[chat] = writing;
    epoll_event event{};
    event.events = EPOLLIN | (writing ? EPOLLOUT : 0u);
    event.data.u64 = chat;
    epoll_ctl(m_epoll, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, client.descriptor(), &event);
}

void LoadRun::turn(std::int64_t deadline)
{
    std::array<epoll_event, 256> events{};
    const std::int64_t left = std::max<std::int64_t>(deadline - monotonicNow(), 0);
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                 static_cast<int>((left + 999'999) / 1'000'000));
    for (int i = 0; i < count; ++i) {
        const auto chat = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
        ChatClient &client = *m_chats[chat];
        if (client.ended())
            continue;
        client.process();
        if (client.ended())
            ++m_ended;
        else
            watch(chat, false);
    }
}

void LoadRun::connectAll()
{
    // A few at a time, as a server's queue of new connections is short.
    constexpr std::size_t atOnce = 64;
    const std::int64_t deadline = monotonicNow() + toNanoseconds(m_options.connecting);
    std::size_t next = 0;
    const auto settled = [](const auto &chat) { return chat->state() >= ChatClient::State::Open; };
    for (;;) {
        const auto begin = m_chats.begin();
        const auto pending =
            next -
            static_cast<std::size_t>(std::count_if(begin, begin + std::ptrdiff_t(next), settled));
        if (monotonicNow() >= deadline || (next == m_chats.size() && pending == 0))
            break;
        for (std::size_t free = atOnce - pending; free > 0 && next < m_chats.size();
             --free, ++next) {
            m_chats[next]->open(m_options.port, m_options.v1);
            if (m_chats[next]->ended())
                ++m_ended;
            else
                watch(next, true);
        }
        turn(std::min(deadline, monotonicNow() + 10'000'000));
    }
    for (const auto &chat : m_chats) {
        if (chat->state() == ChatClient::State::Open) {
            ++m_findings.opened;
        } else if (!chat->ended()) {
            chat->fail("no connection in time");
            ++m_ended;
        }
    }
}

void LoadRun::askAll(std::int64_t begin, std::int64_t end)
{
    const auto count = static_cast<std::int64_t>(m_chats.size());
    for (std::size_t i = 0; i < m_chats.size(); ++i) {
        const std::int64_t due = begin + (end - begin) * static_cast<std::int64_t>(i) / count;
        runUntil(due, false);
        if (m_chats[i]->ended())
            continue;
        m_chats[i]->ask(m_message);
        if (m_chats[i]->ended())
            ++m_ended;
        else
            watch(i, false);
    }
}

void LoadRun::runUntil(std::int64_t deadline, bool untilAllEnded)
{
    while (monotonicNow() < deadline && !(untilAllEnded && m_ended == m_chats.size()))
        turn(deadline);
}

LoadRun::Sample LoadRun::sample() const
{
    Sample sample;
    for (const auto &[name, pid] : m_options.processes)
        sample.cpuSeconds.push_back(static_cast<double>(cpuTimeOf(pid).count()) / nanoseconds);
    sample.cpuSeconds.push_back(static_cast<double>(ownCpuTime().count()) / nanoseconds);
    sample.machine = machineTime();
    sample.at = monotonicNow();
    return sample;
}

void LoadRun::count(const Sample &begin, const Sample &end)
{
    for (std::size_t i = 0; i < end.cpuSeconds.size(); ++i) {
        const bool own = i == m_options.processes.size();
        m_findings.cpuSeconds.emplace_back(own ? "loadgen" : m_options.processes[i].first,
                                           end.cpuSeconds[i] - begin.cpuSeconds[i]);
    }
    m_findings.machine = {end.machine.busy - begin.machine.busy,
                          end.machine.idle - begin.machine.idle,
                          end.machine.stolen - begin.machine.stolen};
    m_findings.windowSeconds = static_cast<double>(end.at - begin.at) / nanoseconds;
    m_findings.chunks = static_cast<std::int64_t>(m_findings.latencies.size());

    for (const auto &chat : m_chats) {
        if (chat->state() == ChatClient::State::Complete) {
            ++m_findings.complete;
            m_findings.lost += std::max(m_options.chunks() - chat->chunks(), 0);
        } else if (chat->state() == ChatClient::State::Failed) {
            ++m_findings.failed;
            if (m_findings.firstError.empty())
                m_findings.firstError = chat->error();
        } else {
            ++m_findings.incomplete;
        }
    }
}

Findings LoadRun::run()
{
    connectAll();
    const std::int64_t start = monotonicNow();
    const std::int64_t asked = start + toNanoseconds(m_options.ramp);
    askAll(start, asked);

    runUntil(asked + toNanoseconds(m_options.warmUp), false);
    const Sample begin = sample();
    m_windowBegin = begin.at;
    runUntil(begin.at + toNanoseconds(m_options.window), false);
    m_windowEnd = monotonicNow();
    const Sample end = sample();

    // The last chat began at the end of the ramp.
    const double answer = m_options.chunks() / m_options.rate;
    runUntil(asked + toNanoseconds(Options::Seconds(answer) + m_options.grace), true);
    count(begin, end);
    return std::move(m_findings);
}

} // namespace runnel::bench
