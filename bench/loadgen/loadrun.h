#pragma once

#include "loadgen/chatclient.h"
#include "loadgen/cputime.h"
#include "loadgen/options.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace runnel::bench {

//! What a run has seen. Latencies are in nanoseconds and unsorted.
struct Findings
{
    int opened = 0;
    int complete = 0;
    int failed = 0;        //!< Refused, closed or answered by an error.
    int incomplete = 0;    //!< Neither complete nor failed when the time was up.
    std::int64_t lost = 0; //!< Chunks missing in answers that were complete.
    std::string firstError;

    double windowSeconds = 0;
    std::int64_t chunks = 0;             //!< Received within the window.
    std::vector<std::int64_t> latencies; //!< Of those.
    //! How much later than due the upstream sent them, by its own stamps.
    std::vector<std::int64_t> upstreamLateness;
    std::vector<std::pair<std::string, double>> cpuSeconds; //!< Within the window.
    MachineTime machine;                                    //!< Within the window.
};

//! Opens the chats, asks, reads, and ends in bounded time whatever the server does. The upstream
//! sets the pace: no chat waits for another, and a late chunk delays none.
class LoadRun : private ChatObserver
{
public:
    explicit LoadRun(Options options);
    ~LoadRun() override;

    [[nodiscard]] Findings run();

private:
    struct Sample
    {
        std::int64_t at = 0;
        std::vector<double> cpuSeconds;
        MachineTime machine;
    };

    void chunkReceived(int chat, std::int64_t sent, std::int64_t received) override;
    void watch(std::size_t chat, bool add);
    //! Handles what is ready until \a deadline at the latest.
    void turn(std::int64_t deadline);
    void connectAll();
    void askAll(std::int64_t begin, std::int64_t end);
    void runUntil(std::int64_t deadline, bool untilAllEnded);
    [[nodiscard]] Sample sample() const;
    void count(const Sample &begin, const Sample &end);

    const Options m_options;
    const std::string m_message;
    int m_epoll = -1;
    std::vector<std::unique_ptr<ChatClient>> m_chats;
    std::vector<bool> m_writing;
    std::vector<std::int64_t> m_firstSent;
    std::size_t m_ended = 0;
    std::int64_t m_windowBegin = INT64_MAX;
    std::int64_t m_windowEnd = INT64_MAX;
    Findings m_findings;
};

} // namespace runnel::bench
