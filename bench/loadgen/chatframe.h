#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace runnel::bench {

//! The `type` of a chat frame, found without a JSON parser: the first `"type"` of our frames, and
//! of the peers', is the frame's own.
[[nodiscard]] std::string_view frameType(std::string_view json);

//! Takes the next mark `@<nanoseconds>;` off \a text: when the upstream sent a chunk, by
//! CLOCK_MONOTONIC. A frame that merges chunks has several.
[[nodiscard]] std::optional<std::int64_t> takeStamp(std::string_view &text);

} // namespace runnel::bench
