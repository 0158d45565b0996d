#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace runnel::bench {

//! One WebSocket frame as a server sends it.
struct Frame
{
    enum Opcode : std::uint8_t {
        Continuation = 0,
        Text = 1,
        Binary = 2,
        Close = 8,
        Ping = 9,
        Pong = 10
    };

    std::uint8_t opcode;
    std::string_view payload; //!< Good until the next call of the reader.
};

//! Cuts a server's bytes into frames (RFC 6455, unmasked). It takes each fragment of a message for
//! a frame of its own, which is all that a load generator needs.
class FrameReader
{
public:
    //! Longer frames are a mistake of the server and end the connection.
    static constexpr std::size_t longestFrame = 1 << 20;

    void append(std::string_view bytes);
    [[nodiscard]] std::optional<Frame> next();
    //! True once the bytes cannot be frames; next() gives nothing more.
    [[nodiscard]] bool broken() const { return m_broken; }

private:
    std::string m_bytes;
    std::size_t m_begin = 0;
    bool m_broken = false;
};

//! A client's frame, masked with \a mask.
[[nodiscard]] std::string maskedFrame(Frame::Opcode opcode, std::string_view payload,
                                      std::uint32_t mask);

} // namespace runnel::bench
