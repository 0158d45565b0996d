#pragma once

#include "loadgen/chatclient.h"
#include "loadgen/options.h"
#include "loadgen/resources.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace runnel::bench {

//! What a run has seen. Latencies are in nanoseconds and unsorted. Counts are of connections, that
//! is of chats where each has one watcher.
struct Findings
{
    //! Resident KiB before the first connection, with the idle ones, and at the window's end.
    using Memory = std::array<std::int64_t, 3>;

    int opened = 0;
    int complete = 0;
    int failed = 0;        //!< Refused, closed or answered by an error.
    int incomplete = 0;    //!< Neither complete nor failed when the time was up.
    std::int64_t lost = 0; //!< Chunks missing in answers that were complete.
    int idleOpened = 0;
    int idleFailed = 0; //!< Refused, or closed before the end.
    std::string firstError;

    double windowSeconds = 0;
    std::int64_t chunks = 0;             //!< Received within the window.
    std::vector<std::int64_t> latencies; //!< Of those.
    //! How much later than due the upstream sent them, by its own stamps.
    std::vector<std::int64_t> upstreamLateness;
    std::vector<std::pair<std::string, double>> cpuSeconds; //!< Within the window.
    MachineTime machine;                                    //!< Within the window.
    std::vector<std::pair<std::string, Memory>> memory;

    //! When all idle ones spoke: the time from the first word sent to each one's answer.
    std::vector<std::int64_t> refusals;
    std::vector<std::pair<std::string, double>> speakCpuSeconds;
};

//! Opens the connections, asks, reads, and ends in bounded time whatever the server does. The
//! upstream sets the pace: no chat waits for another, and a late chunk delays none.
class LoadRun : private ChatObserver
{
public:
    explicit LoadRun(Options options);
    ~LoadRun() override;

    [[nodiscard]] Findings run();

private:
    using Seconds = Options::Seconds;

    struct Sample
    {
        std::int64_t at = 0;
        std::vector<double> cpuSeconds;
        MachineTime machine;
    };

    void chunkReceived(int client, std::int64_t sent, std::int64_t received) override;
    void refusalReceived(int client, std::int64_t received) override;

    //! Brings the counts and epoll up to date after something was done with a client.
    void changed(std::size_t client, ChatClient::State before);
    void watch(std::size_t client, bool add);
    //! Handles what is ready until \a deadline at the latest.
    void turn(std::int64_t deadline);
    void connect(std::size_t begin, std::size_t end);
    void askAll(std::int64_t start);
    void runUntil(std::int64_t deadline, bool untilAllEnded);
    void speak();
    [[nodiscard]] std::string sessionOf(std::size_t client) const;
    [[nodiscard]] Sample sample() const;
    [[nodiscard]] std::vector<std::pair<std::string, double>> cpuBetween(const Sample &begin,
                                                                         const Sample &end) const;
    void sampleMemory(std::size_t when);
    void count(const Sample &begin, const Sample &end);

    const Options m_options;
    const std::size_t m_active; //!< The clients before this one watch chats, the others are idle.
    int m_epoll = -1;
    std::vector<std::unique_ptr<ChatClient>> m_clients;
    std::vector<bool> m_writing;
    std::vector<std::int64_t> m_firstSent;
    std::size_t m_settled = 0; //!< Of all clients.
    std::size_t m_ended = 0;   //!< Of the active ones.
    std::int64_t m_windowBegin = INT64_MAX;
    std::int64_t m_windowEnd = INT64_MAX;
    std::int64_t m_spoken = 0;
    Findings m_findings;
};

} // namespace runnel::bench
