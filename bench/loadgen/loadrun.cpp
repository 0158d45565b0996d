#include "loadgen/loadrun.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <sys/epoll.h>
#include <unistd.h>

namespace runnel::bench {

namespace {

constexpr double nanoseconds = 1e9;
//! What a server still does after the last connection was made.
constexpr Options::Seconds settling{0.3};
constexpr Options::Seconds speaking{20};

std::int64_t toNanoseconds(Options::Seconds time)
{
    return static_cast<std::int64_t>(time.count() * nanoseconds);
}

std::string messageFor(const Options &options, int chat)
{
    std::array<char, 100> text{};
    std::snprintf(text.data(), text.size(), "bench chunks=%d rate=%g size=%d", options.chunks(chat),
                  options.rate, options.size);
    return text.data();
}

} // namespace

LoadRun::LoadRun(Options options)
    : m_options(std::move(options))
    , m_active(static_cast<std::size_t>(m_options.chats) *
               static_cast<std::size_t>(m_options.watchers))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
    const std::size_t all = m_active + static_cast<std::size_t>(m_options.idle);
    m_writing.resize(all);
    m_firstSent.resize(m_active);
    for (std::size_t i = 0; i < all; ++i) {
        m_clients.push_back(
            std::make_unique<ChatClient>(static_cast<int>(i), static_cast<ChatObserver &>(*this)));
    }
    m_findings.latencies.reserve(static_cast<std::size_t>(
        static_cast<double>(m_active) * m_options.rate * (m_options.window.count() + 1)));
}

LoadRun::~LoadRun()
{
    close(m_epoll);
}

void LoadRun::chunkReceived(int client, std::int64_t sent, std::int64_t received)
{
    const auto at = static_cast<std::size_t>(client);
    if (at >= m_active)
        return;
    const int number = m_clients[at]->chunks() - 1; // counted already
    if (number == 0)
        m_firstSent[at] = sent;
    if (received < m_windowBegin || received >= m_windowEnd)
        return;
    m_findings.latencies.push_back(received - sent);
    const auto due =
        m_firstSent[at] + static_cast<std::int64_t>(number / m_options.rate * nanoseconds);
    m_findings.upstreamLateness.push_back(std::max<std::int64_t>(sent - due, 0));
}

void LoadRun::refusalReceived(int /*client*/, std::int64_t received)
{
    m_findings.refusals.push_back(received - m_spoken);
}

std::string LoadRun::sessionOf(std::size_t client) const
{
    if (client >= m_active)
        return "idle_" + std::to_string(client - m_active);
    return "bench_" + std::to_string(client / static_cast<std::size_t>(m_options.watchers));
}

void LoadRun::watch(std::size_t client, bool add)
{
    const bool writing = m_clients[client]->wantsToWrite();
    const int descriptor = m_clients[client]->descriptor();
    if (descriptor < 0 || (!add && writing == m_writing[client]))
        return;
    m_writing[client] = writing;
    epoll_event event{};
    event.events = EPOLLIN | (writing ? EPOLLOUT : 0u);
    event.data.u64 = client;
    epoll_ctl(m_epoll, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

void LoadRun::changed(std::size_t client, ChatClient::State before)
{
    const ChatClient &now = *m_clients[client];
    m_settled += before < ChatClient::State::Open && now.settled() ? 1 : 0;
    if (!now.ended())
        watch(client, before == ChatClient::State::Idle);
    else if (before < ChatClient::State::Complete && client < m_active)
        ++m_ended;
}

void LoadRun::turn(std::int64_t deadline)
{
    std::array<epoll_event, 256> events{};
    const std::int64_t left = std::max<std::int64_t>(deadline - monotonicNow(), 0);
    const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()),
                                 static_cast<int>((left + 999'999) / 1'000'000));
    for (int i = 0; i < count; ++i) {
        const auto at = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
        ChatClient &client = *m_clients[at];
        if (client.ended())
            continue;
        const auto before = client.state();
        client.process();
        changed(at, before);
    }
}

void LoadRun::connect(std::size_t begin, std::size_t end)
{
    // A few at a time, as a server's queue of new connections is short.
    constexpr std::size_t atOnce = 64;
    const std::int64_t deadline = monotonicNow() + toNanoseconds(m_options.connecting);
    const std::size_t settledBefore = m_settled;
    std::size_t next = begin;
    const auto pending = [&] { return next - begin - (m_settled - settledBefore); };
    while (monotonicNow() < deadline && (next < end || pending() > 0)) {
        for (; next < end && pending() < atOnce; ++next) {
            const auto before = m_clients[next]->state();
            m_clients[next]->open(m_options.server, sessionOf(next), m_options.v1);
            changed(next, before);
        }
        turn(std::min(deadline, monotonicNow() + 10'000'000));
    }
    for (std::size_t i = begin; i < end; ++i) {
        const auto before = m_clients[i]->state();
        if (!m_clients[i]->settled()) {
            m_clients[i]->fail("no connection in time");
            changed(i, before);
        }
    }
}

void LoadRun::askAll(std::int64_t start)
{
    for (int chat = 0; chat < m_options.chats; ++chat) {
        runUntil(start + toNanoseconds(m_options.startOf(chat)), false);
        const auto first =
            static_cast<std::size_t>(chat) * static_cast<std::size_t>(m_options.watchers);
        const auto before = m_clients[first]->state();
        m_clients[first]->ask(messageFor(m_options, chat));
        changed(first, before);
    }
}

void LoadRun::runUntil(std::int64_t deadline, bool untilAllEnded)
{
    while (monotonicNow() < deadline && !(untilAllEnded && m_ended == m_active))
        turn(deadline);
}

void LoadRun::speak()
{
    constexpr std::size_t sentAtOnce = 64;
    const Sample begin = sample();
    m_spoken = begin.at;
    std::size_t asked = 0;
    for (std::size_t i = m_active; i < m_clients.size(); ++i) {
        const auto before = m_clients[i]->state();
        asked += before == ChatClient::State::Open ? 1 : 0;
        m_clients[i]->provoke();
        changed(i, before);
        if (i % sentAtOnce == 0)
            turn(0); // what is there already, so that an answer is not older than it was
    }
    const std::int64_t deadline = m_spoken + toNanoseconds(speaking);
    while (m_findings.refusals.size() < asked && monotonicNow() < deadline)
        turn(std::min(deadline, monotonicNow() + 100'000'000));
    m_findings.speakCpuSeconds = cpuBetween(begin, sample());
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

std::vector<std::pair<std::string, double>> LoadRun::cpuBetween(const Sample &begin,
                                                                const Sample &end) const
{
    std::vector<std::pair<std::string, double>> used;
    for (std::size_t i = 0; i < end.cpuSeconds.size(); ++i) {
        const bool own = i == m_options.processes.size();
        used.emplace_back(own ? "loadgen" : m_options.processes[i].first,
                          end.cpuSeconds[i] - begin.cpuSeconds[i]);
    }
    return used;
}

void LoadRun::sampleMemory(std::size_t when)
{
    m_findings.memory.resize(m_options.processes.size());
    for (std::size_t i = 0; i < m_options.processes.size(); ++i) {
        m_findings.memory[i].first = m_options.processes[i].first;
        m_findings.memory[i].second.at(when) = residentKib(m_options.processes[i].second);
    }
}

void LoadRun::count(const Sample &begin, const Sample &end)
{
    m_findings.cpuSeconds = cpuBetween(begin, end);
    m_findings.machine = {end.machine.busy - begin.machine.busy,
                          end.machine.idle - begin.machine.idle,
                          end.machine.stolen - begin.machine.stolen};
    m_findings.windowSeconds = static_cast<double>(end.at - begin.at) / nanoseconds;
    m_findings.chunks = static_cast<std::int64_t>(m_findings.latencies.size());

    for (std::size_t i = 0; i < m_clients.size(); ++i) {
        const ChatClient &client = *m_clients[i];
        const auto state = client.state();
        if (state == ChatClient::State::Failed && m_findings.firstError.empty())
            m_findings.firstError = client.error();
        if (i >= m_active) {
            m_findings.idleFailed += state == ChatClient::State::Failed ? 1 : 0;
        } else if (state == ChatClient::State::Complete) {
            ++m_findings.complete;
            const int asked = m_options.chunks(static_cast<int>(i) / m_options.watchers);
            m_findings.lost += std::max(asked - client.chunks(), 0);
        } else if (state == ChatClient::State::Failed) {
            ++m_findings.failed;
        } else {
            ++m_findings.incomplete;
        }
    }
}

Findings LoadRun::run()
{
    const auto opened = [this](std::size_t begin, std::size_t end) {
        const auto at = [this](std::size_t i) { return m_clients.begin() + std::ptrdiff_t(i); };
        return static_cast<int>(std::count_if(at(begin), at(end), [](const auto &client) {
            return client->state() == ChatClient::State::Open;
        }));
    };
    sampleMemory(0);
    if (m_clients.size() > m_active) {
        connect(m_active, m_clients.size());
        runUntil(monotonicNow() + toNanoseconds(settling), false);
    }
    m_findings.idleOpened = opened(m_active, m_clients.size());
    sampleMemory(1);
    connect(0, m_active);
    m_findings.opened = opened(0, m_active);

    const std::int64_t start = monotonicNow();
    const std::int64_t asked = start + toNanoseconds(m_options.ramp);
    askAll(start);
    runUntil(asked + toNanoseconds(m_options.warmUp), false);
    const Sample begin = sample();
    m_windowBegin = begin.at;
    runUntil(begin.at + toNanoseconds(m_options.window), false);
    m_windowEnd = monotonicNow();
    const Sample end = sample();
    sampleMemory(2);

    // The last chat began at the end of the ramp, and what it got lasts as long as that.
    const Seconds last(m_options.chunks(m_options.chats) / m_options.rate);
    runUntil(asked + toNanoseconds(last + m_options.grace), true);
    if (m_options.speak)
        speak();
    count(begin, end);
    return std::move(m_findings);
}

} // namespace runnel::bench
