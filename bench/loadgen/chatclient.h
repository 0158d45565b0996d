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
    virtual void chunkReceived(int client, std::int64_t sent, std::int64_t received) = 0;
    //! What was provoked came.
    virtual void refusalReceived(int client, std::int64_t received) = 0;
};

//! Where the server, or a proxy before it, listens.
struct Endpoint
{
    std::string host = "127.0.0.1"; //!< An IPv4 address in numbers.
    std::uint16_t port = 0;
};

//! One connection: a WebSocket that asks once, or not at all, and reads what comes. Sockets are raw
//! and non-blocking; somebody else waits for them.
class ChatClient
{
public:
    enum class State { Idle, Connecting, Upgrading, Open, Asked, Complete, Failed };

    ChatClient(int number, ChatObserver &observer);
    ~ChatClient();
    ChatClient(const ChatClient &) = delete;
    ChatClient &operator=(const ChatClient &) = delete;

    void open(const Endpoint &server, std::string_view session, bool v1);
    void ask(std::string_view message);
    //! Asks an agent that no server has: a frame that the server reads, looks up in the session and
    //! answers at once with an error.
    void provoke();
    //! The socket is readable or writable.
    void process();
    void fail(std::string_view why);

    [[nodiscard]] int descriptor() const { return m_fd; }
    [[nodiscard]] State state() const { return m_state; }
    //! The server has the connection, or it failed.
    [[nodiscard]] bool settled() const { return m_state >= State::Open; }
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
    bool m_provoked = false;
    std::string m_error;
};

//! Nanoseconds of CLOCK_MONOTONIC, as the upstream stamps them.
[[nodiscard]] std::int64_t monotonicNow();

} // namespace runnel::bench
