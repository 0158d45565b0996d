#include "loadgen/chatclient.h"

#include "loadgen/chatframe.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace runnel::bench {

namespace {

constexpr std::size_t longestHead = 16 * 1024;
constexpr std::uint32_t mask = 0x5ca1ab1e; // any will do for a server on the same machine

} // namespace

std::int64_t monotonicNow()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * std::int64_t(1'000'000'000) + time.tv_nsec;
}

ChatClient::ChatClient(int number, ChatObserver &observer)
    : m_number(number)
    , m_observer(observer)
{}

ChatClient::~ChatClient()
{
    close();
}

void ChatClient::close()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
}

void ChatClient::fail(std::string_view why)
{
    if (ended())
        return;
    close();
    m_error = why;
    m_state = State::Failed;
}

void ChatClient::open(const Endpoint &server, std::string_view session, bool v1)
{
    m_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_fd < 0) {
        fail(std::strerror(errno));
        return;
    }
    const int on = 1;
    setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server.port);
    if (inet_pton(AF_INET, server.host.c_str(), &address.sin_addr) != 1) {
        fail("the host is no IPv4 address");
        return;
    }
    const int connected =
        connect(m_fd, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    if (connected != 0 && errno != EINPROGRESS) {
        fail(std::strerror(errno));
        return;
    }
    m_state = State::Connecting;
    const std::string host = server.host + ':' + std::to_string(server.port);
    m_unsent = "GET /ws/chat/" + std::string(session) + " HTTP/1.1\r\nHost: " + host +
               "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: http://" +
               host + "\r\n" + (v1 ? "Sec-WebSocket-Protocol: runnel.v1\r\n" : "") + "\r\n";
}

void ChatClient::ask(std::string_view message)
{
    if (m_state != State::Open)
        return;
    m_state = State::Asked;
    const std::string json = "{\"message\":\"" + std::string(message) + "\",\"agent\":\"default\"}";
    send(maskedFrame(Frame::Text, json, mask));
}

void ChatClient::provoke()
{
    if (m_state != State::Open)
        return;
    m_provoked = true;
    send(maskedFrame(Frame::Text, R"({"message":"Hello","agent":"nobody"})", mask));
}

bool ChatClient::wantsToWrite() const
{
    return m_state == State::Connecting || !m_unsent.empty();
}

void ChatClient::send(std::string_view bytes)
{
    m_unsent.append(bytes);
    flush();
}

void ChatClient::flush()
{
    if (m_unsent.empty() || m_fd < 0)
        return;
    const ssize_t sent = ::send(m_fd, m_unsent.data(), m_unsent.size(), MSG_NOSIGNAL);
    if (sent > 0)
        m_unsent.erase(0, static_cast<std::size_t>(sent));
    else if (errno != EAGAIN && errno != EINTR)
        fail(std::strerror(errno));
}

void ChatClient::process()
{
    if (m_state == State::Connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) {
            fail(std::strerror(error));
            return;
        }
        m_state = State::Upgrading;
    }
    flush();
    receive();
}

void ChatClient::receive()
{
    std::array<char, 16 * 1024> buffer{};
    if (m_fd < 0)
        return;
    const ssize_t got = recv(m_fd, buffer.data(), buffer.size(), 0);
    const std::int64_t now = monotonicNow();
    if (got < 0) {
        if (errno != EAGAIN && errno != EINTR)
            fail(std::strerror(errno));
        return;
    }
    if (got == 0) {
        fail("the server closed the connection");
        return;
    }
    const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
    if (m_state == State::Upgrading)
        readHead(bytes);
    else
        m_frames.append(bytes);
    readFrames(now);
}

void ChatClient::readHead(std::string_view bytes)
{
    m_head.append(bytes);
    const auto end = m_head.find("\r\n\r\n");
    if (end == std::string::npos) {
        if (m_head.size() > longestHead)
            fail("the server's reply has no end");
        return;
    }
    if (!m_head.starts_with("HTTP/1.1 101")) {
        fail("refused: " + m_head.substr(0, m_head.find('\r')));
        return;
    }
    m_state = State::Open;
    m_frames.append(std::string_view(m_head).substr(end + 4));
    m_head.clear();
}

void ChatClient::readFrames(std::int64_t now)
{
    while (!ended()) {
        const auto frame = m_frames.next();
        if (!frame)
            break;
        if (frame->opcode == Frame::Text)
            readText(frame->payload, now);
        else if (frame->opcode == Frame::Ping)
            send(maskedFrame(Frame::Pong, frame->payload, mask));
        else if (frame->opcode == Frame::Close)
            fail("the server sent a close frame");
    }
    if (m_frames.broken())
        fail("the server sent no frame");
}

void ChatClient::readText(std::string_view text, std::int64_t now)
{
    const std::string_view type = frameType(text);
    if (type == "chunk") {
        std::string_view rest = text;
        while (const auto sent = takeStamp(rest)) {
            ++m_chunks;
            m_observer.chunkReceived(m_number, *sent, now);
        }
    } else if (type == "complete") {
        m_state = State::Complete;
        close();
    } else if (type == "error" && m_provoked) {
        m_provoked = false;
        m_observer.refusalReceived(m_number, now);
    } else if (type == "error" || text.find("\"error\"") != std::string_view::npos) {
        fail(text.substr(0, 300));
    }
}

} // namespace runnel::bench
