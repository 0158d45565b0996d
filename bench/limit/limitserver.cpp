#include "limit/limitserver.h"

#include "limit/websocket.h"

#include <array>
#include <cerrno>

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace runnel::bench {

namespace {

constexpr std::uint8_t textFrame = 1;
constexpr std::uint8_t closeFrame = 8;
constexpr std::uint8_t pingFrame = 9;
constexpr std::uint8_t pongFrame = 10;

constexpr std::size_t longestMessage = 64 * 1024;
//! What may wait for a client that does not read; then it goes.
constexpr std::size_t mostUnsent = 256 * 1024;

int newSocket()
{
    return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

void sendWithoutDelay(int descriptor)
{
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

LimitServer::LimitServer(sockaddr_in upstream, std::string apiKey)
    : m_upstream(upstream)
    , m_apiKey(std::move(apiKey))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_buffer(std::size_t(64) * 1024)
{}

LimitServer::~LimitServer()
{
    ::close(m_listener);
    ::close(m_epoll); // chats that are open go with the process
}

std::uint16_t LimitServer::listen(std::uint16_t port)
{
    m_listener = newSocket();
    const int on = 1;
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto *const plain = reinterpret_cast<sockaddr *>(&address);
    socklen_t size = sizeof address;
    epoll_event event{};
    event.events = EPOLLIN; // and no address: that is the listener
    if (bind(m_listener, plain, size) != 0 || ::listen(m_listener, 4096) != 0 ||
        getsockname(m_listener, plain, &size) != 0 ||
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_listener, &event) != 0)
        return 0;
    return ntohs(address.sin_port);
}

void LimitServer::run()
{
    for (;;)
        turn(-1);
}

void LimitServer::turn(int milliseconds)
{
    std::array<epoll_event, 256> events{};
    const int count =
        epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), milliseconds);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<std::size_t>(i)];
        if (event.data.ptr == nullptr)
            accept();
        else
            process(*static_cast<Peer *>(event.data.ptr), event.events);
    }
    m_over.clear();
}

void LimitServer::accept()
{
    for (;;) {
        const int descriptor = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0)
            return;
        sendWithoutDelay(descriptor);
        auto *const chat = new Chat; // epoll has it, until close()
        chat->client.chat = chat->model.chat = chat;
        chat->client.descriptor = descriptor;
        watch(chat->client, true);
    }
}

void LimitServer::watch(Peer &peer, bool isNew)
{
    peer.isWriting = !peer.unsent.empty();
    epoll_event event{};
    event.events = EPOLLIN | (peer.isWriting ? EPOLLOUT : 0u);
    event.data.ptr = &peer;
    epoll_ctl(m_epoll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, peer.descriptor, &event);
}

void LimitServer::process(Peer &peer, std::uint32_t events)
{
    // An earlier event of the same turn may have ended this one.
    if (peer.descriptor < 0)
        return;
    if ((events & EPOLLOUT) != 0)
        send(peer, {});
    if ((events & ~EPOLLOUT) != 0 && peer.descriptor >= 0)
        receive(peer);
}

void LimitServer::receive(Peer &peer)
{
    Chat &chat = *peer.chat;
    const ssize_t got = recv(peer.descriptor, m_buffer.data(), m_buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    const std::string_view bytes(m_buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (&peer == &chat.model) {
        readAnswer(chat, bytes);
    } else if (bytes.empty()) {
        close(chat);
    } else {
        chat.received += bytes;
        readClient(chat);
    }
}

void LimitServer::readClient(Chat &chat)
{
    if (!chat.isOpen) {
        const auto end = chat.received.find("\r\n\r\n");
        if (end == std::string::npos && chat.received.size() < AnswerReader::longestHead)
            return;
        const std::string reply =
            end == std::string::npos ? std::string() : handshakeReply(chat.received);
        if (reply.empty()) {
            close(chat);
            return;
        }
        chat.isOpen = true;
        chat.received.erase(0, end + 4);
        send(chat.client, reply);
    }
    while (!chat.isOver) {
        const auto frame = readClientFrame(chat.received, longestMessage);
        if (!frame)
            return;
        if (frame->size == 0) {
            close(chat);
            return;
        }
        chat.received.erase(0, frame->size);
        readFrame(chat, frame->opcode, frame->payload);
    }
}

void LimitServer::readFrame(Chat &chat, std::uint8_t opcode, const std::string &payload)
{
    if (opcode == pingFrame) {
        sendFrame(chat, pongFrame, {payload});
    } else if (opcode == closeFrame) {
        sendFrame(chat, closeFrame, {payload});
        close(chat);
    } else if (opcode == textFrame) {
        std::string_view forMessage = payload;
        std::string_view forAgent = payload;
        const std::string_view message = takeString(forMessage, "message");
        const std::string_view agent = takeString(forAgent, "agent");
        if (!agent.empty() && agent != "default") {
            sendFrame(chat, textFrame,
                      {R"({"type":"error","error":"Agent ')", agent,
                       R"(' not found. Available: default","code":"unknown_agent"})"});
        } else if (chat.model.descriptor >= 0) {
            sendFrame(chat, textFrame,
                      {R"({"type":"error","error":"One at a time.","code":"queue_full"})"});
        } else {
            ask(chat, message);
        }
    }
}

void LimitServer::ask(Chat &chat, std::string_view message)
{
    chat.answer = AnswerReader();
    chat.model.descriptor = newSocket();
    sendWithoutDelay(chat.model.descriptor);
    const int connected = connect(
        chat.model.descriptor, reinterpret_cast<const sockaddr *>(&m_upstream), sizeof m_upstream);
    if (connected != 0 && errno != EINPROGRESS) {
        readAnswer(chat, {});
        return;
    }
    // The message is still escaped, as it came.
    const std::string body =
        R"({"contents":[{"role":"user","parts":[{"text":")" + std::string(message) + R"("}]}]})";
    chat.model.unsent =
        "POST /v1beta/models/gemini-flash-latest:streamGenerateContent?alt=sse HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\nContent-Type: application/json\r\nx-goog-api-key: " +
        m_apiKey + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    watch(chat.model, true);
}

void LimitServer::readAnswer(Chat &chat, std::string_view bytes)
{
    chat.answer.read(bytes, [&](std::string_view text) {
        sendFrame(chat, textFrame,
                  {R"({"type":"chunk","content":")", text, R"(","agent":"default"})"});
    });
    if (chat.isOver)
        return;
    if (chat.answer.ended()) {
        closeModel(chat);
        sendFrame(chat, textFrame, {R"({"type":"complete","agent":"default"})"});
    } else if (bytes.empty() || chat.answer.broken()) {
        closeModel(chat);
        sendFrame(chat, textFrame,
                  {R"({"type":"error","error":"No answer.","code":"model_error"})"});
    }
}

void LimitServer::sendFrame(Chat &chat, std::uint8_t opcode,
                            std::initializer_list<std::string_view> parts)
{
    writeFrame(m_frame, opcode, parts);
    send(chat.client, m_frame);
}

void LimitServer::send(Peer &peer, std::string_view bytes)
{
    if (peer.descriptor < 0)
        return;
    if (!peer.unsent.empty()) {
        peer.unsent += bytes;
        bytes = peer.unsent;
    }
    const ssize_t sent = ::send(peer.descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    const bool failed = sent < 0 && errno != EAGAIN && errno != EINTR;
    const std::size_t done = sent > 0 ? static_cast<std::size_t>(sent) : 0;
    if (failed || bytes.size() - done > mostUnsent) {
        if (&peer == &peer.chat->model)
            readAnswer(*peer.chat, {});
        else
            close(*peer.chat);
        return;
    }
    if (peer.unsent.empty())
        peer.unsent = bytes.substr(done);
    else
        peer.unsent.erase(0, done);
    if (peer.isWriting == peer.unsent.empty())
        watch(peer, false);
}

void LimitServer::closeModel(Chat &chat)
{
    if (chat.model.descriptor >= 0)
        ::close(chat.model.descriptor);
    chat.model.descriptor = -1;
    chat.model.unsent.clear();
}

void LimitServer::close(Chat &chat)
{
    if (chat.isOver)
        return;
    chat.isOver = true;
    closeModel(chat);
    ::close(chat.client.descriptor);
    chat.client.descriptor = -1;
    m_over.emplace_back(&chat);
}

} // namespace runnel::bench
