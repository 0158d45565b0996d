#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace runnel::bench {

//! What a server answers to a client's Sec-WebSocket-Key (RFC 6455, 4.2.2).
[[nodiscard]] std::string acceptKey(std::string_view key);

//! The reply to the head of a request (with its blank line); an empty one is no WebSocket's.
[[nodiscard]] std::string handshakeReply(std::string_view head);

//! Writes a whole, unmasked frame over what is in \a frame, with the capacity that it has.
void writeFrame(std::string &frame, std::uint8_t opcode,
                std::initializer_list<std::string_view> parts);

struct ClientFrame
{
    std::uint8_t opcode = 0;
    std::string payload;  //!< Unmasked.
    std::size_t size = 0; //!< Of the frame as it came; 0: these bytes begin none that we take.
};

//! The first frame in \a bytes; none while it is not there as a whole. Fragments and frames of
//! more than \a longest bytes are not taken.
[[nodiscard]] std::optional<ClientFrame> readClientFrame(std::string_view bytes,
                                                         std::size_t longest);

} // namespace runnel::bench
