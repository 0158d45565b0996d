#pragma once

#include "limit/answerreader.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <netinet/in.h>

namespace runnel::bench {

//! One thread, one epoll: WebSockets that speak the workshop's frames (v0), an HTTP request for
//! each question, and for each event of the answer a frame, written at once. It keeps nothing, and
//! it knows of HTTP and JSON what the emulator sends.
class LimitServer
{
public:
    LimitServer(sockaddr_in upstream, std::string apiKey);
    ~LimitServer();
    LimitServer(const LimitServer &) = delete;
    LimitServer &operator=(const LimitServer &) = delete;

    //! On 127.0.0.1; gives the port, or 0.
    [[nodiscard]] std::uint16_t listen(std::uint16_t port);
    void run();
    //! What is ready within \a milliseconds.
    void turn(int milliseconds);

private:
    struct Chat;

    //! One end of a chat; epoll knows it by its address.
    struct Peer
    {
        Chat *chat = nullptr;
        int descriptor = -1;
        bool isWriting = false;
        std::string unsent;
    };

    struct Chat
    {
        Peer client;
        Peer model;
        std::string received; //!< From the client: of a head or a frame that is not whole yet.
        bool isOpen = false;
        bool isOver = false;
        AnswerReader answer;
    };

    void accept();
    void process(Peer &peer, std::uint32_t events);
    void receive(Peer &peer);
    void readClient(Chat &chat);
    void readFrame(Chat &chat, std::uint8_t opcode, const std::string &payload);
    void ask(Chat &chat, std::string_view message);
    void readAnswer(Chat &chat, std::string_view bytes);
    void sendFrame(Chat &chat, std::uint8_t opcode, std::initializer_list<std::string_view> parts);
    void send(Peer &peer, std::string_view bytes);
    void watch(Peer &peer, bool isNew);
    void closeModel(Chat &chat);
    void close(Chat &chat);

    const sockaddr_in m_upstream;
    const std::string m_apiKey;
    int m_epoll = -1;
    int m_listener = -1;
    std::string m_frame;
    std::vector<char> m_buffer;
    std::vector<std::unique_ptr<Chat>> m_over; //!< Until no event of this turn can mean them.
};

} // namespace runnel::bench
