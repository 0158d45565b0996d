#include "limit/websocket.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>

namespace runnel::bench {

namespace {

using Digest = std::array<std::uint8_t, 20>;

std::uint8_t byteOf(char c)
{
    return static_cast<std::uint8_t>(c);
}

void sha1Block(std::array<std::uint32_t, 5> &hash, std::string_view block)
{
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 64; ++i)
        w[i / 4] = w[i / 4] << 8 | byteOf(block[i]);
    for (std::size_t i = 16; i < 80; ++i)
        w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = hash;
    for (std::size_t i = 0; i < 80; ++i) {
        const auto [mixed, constant] = i < 20   ? std::pair((b & c) | (~b & d), 0x5a827999u)
                                       : i < 40 ? std::pair(b ^ c ^ d, 0x6ed9eba1u)
                                       : i < 60
                                           ? std::pair((b & c) | (b & d) | (c & d), 0x8f1bbcdcu)
                                           : std::pair(b ^ c ^ d, 0xca62c1d6u);
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + w[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    hash = {hash[0] + a, hash[1] + b, hash[2] + c, hash[3] + d, hash[4] + e};
}

//! RFC 3174.
Digest sha1(std::string message)
{
    const std::uint64_t bits = message.size() * 8;
    message += '\x80';
    message.resize((message.size() + 8 + 63) / 64 * 64 - 8);
    for (int shift = 56; shift >= 0; shift -= 8)
        message += static_cast<char>(bits >> shift & 0xff);
    std::array<std::uint32_t, 5> hash{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    for (std::size_t i = 0; i < message.size(); i += 64)
        sha1Block(hash, std::string_view(message).substr(i, 64));
    Digest digest{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        digest[i] = static_cast<std::uint8_t>(hash[i / 4] >> (24 - 8 * (i % 4)) & 0xff);
    return digest;
}

std::string base64(const Digest &bytes)
{
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = i; j < i + 3; ++j)
            group = group << 8 | (j < bytes.size() ? bytes[j] : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j > bytes.size() ? '=' : letters[group >> (18 - 6 * j) & 0x3f];
    }
    return text;
}

} // namespace

std::string acceptKey(std::string_view key)
{
    return base64(sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

std::string handshakeReply(std::string_view head)
{
    std::string lower(head);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::string_view field = "\r\nsec-websocket-key:";
    const auto at = lower.find(field);
    if (!head.starts_with("GET /ws/chat/") || at == std::string::npos)
        return {};
    std::string_view key = head.substr(at + field.size());
    key = key.substr(0, key.find('\r'));
    key.remove_prefix(std::min(key.find_first_not_of(' '), key.size()));
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           acceptKey(key) + "\r\n\r\n";
}

void writeFrame(std::string &frame, std::uint8_t opcode,
                std::initializer_list<std::string_view> parts)
{
    std::size_t size = 0;
    for (const std::string_view part : parts)
        size += part.size();
    frame.clear();
    frame += static_cast<char>(0x80 | opcode);
    frame += static_cast<char>(size < 126 ? size : size < 65536 ? 126 : 127);
    for (int shift = size < 126 ? -8 : size < 65536 ? 8 : 56; shift >= 0; shift -= 8)
        frame += static_cast<char>(size >> shift & 0xff);
    for (const std::string_view part : parts)
        frame += part;
}

std::optional<ClientFrame> readClientFrame(std::string_view bytes, std::size_t longest)
{
    if (bytes.size() < 2)
        return {};
    std::uint64_t size = byteOf(bytes[1]) & 0x7f;
    const std::size_t more = size == 127 ? 8 : size == 126 ? 2 : 0;
    const std::size_t head = 2 + more + 4;
    const bool isWhole = (byteOf(bytes[0]) & 0xf0) == 0x80;
    const bool isMasked = (byteOf(bytes[1]) & 0x80) != 0;
    if (!isWhole || !isMasked)
        return ClientFrame();
    if (bytes.size() < head)
        return {};
    if (more > 0)
        size = 0;
    for (std::size_t i = 0; i < more; ++i)
        size = size << 8 | byteOf(bytes[2 + i]);
    if (size > longest)
        return ClientFrame();
    if (bytes.size() < head + size)
        return {};
    ClientFrame frame{static_cast<std::uint8_t>(byteOf(bytes[0]) & 0x0f),
                      std::string(bytes.substr(head, size)), head + size};
    for (std::size_t i = 0; i < size; ++i)
        frame.payload[i] = static_cast<char>(frame.payload[i] ^ bytes[head - 4 + i % 4]);
    return frame;
}

} // namespace runnel::bench
