#pragma once

#include "loadgen/framereader.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace runnel::bench {

//! Gets what a chat receives. Times are nanoseconds of CLOCK_MONOTONIC.
class ChatObserver
{
public:
    virtual ~ChatObserver() = default;

    //! A chunk that the upstream sent at \a sent was read at \a received.
    virtual void chunkReceived(int chat, std::int64_t sent, std::int64_t received) = 0;
};

//! One chat: a WebSocket that asks once and reads the answer. Sockets are raw and non-blocking;
//! somebody else waits for them.
class ChatClient
{
public:
    enum class State { Idle, Connecting, Upgrading, Open, Asked, Complete, Failed };

    ChatClient(int number, ChatObserver &observer);
    ~ChatClient();
    ChatClient(const ChatClient &) = delete;
    ChatClient &operator=(const ChatClient &) = delete;

    void open(std::uint16_t port, bool v1);
    void ask(std::string_view message);
    //! The socket is readable or writable.
    void process();
    void fail(std::string_view why);

    [[nodiscard]] int descriptor() const { return m_fd; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool wantsToWrite() const;
    [[nodiscard]] bool ended() const { return m_state >= State::Complete; }
    [[nodiscard]] int chunks() const { return m_chunks; }
    //! Why it failed.
    [[nodiscard]] const std::string &error() const { return m_error; }

private:
    void close();
    void send(std::string_view bytes);
    void flush();
    void receive();
    void readHead(std::string_view bytes);
    void readFrames(std::int64_t now);
    void readText(std::string_view text, std::int64_t now);

    const int m_number;
    ChatObserver &m_observer;
    int m_fd = -1;
    State m_state = State::Idle;
    std::string m_head;
    std::string m_unsent;
    FrameReader m_frames;
    int m_chunks = 0;
    std::string m_error;
};

//! Nanoseconds of CLOCK_MONOTONIC, as the upstream stamps them.
[[nodiscard]] std::int64_t monotonicNow();

} // namespace runnel::bench
