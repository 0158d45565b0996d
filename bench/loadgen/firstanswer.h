#pragma once

#include "loadgen/options.h"

#include <cstdint>
#include <string>

namespace runnel::bench {

//! When a server that is being started was there for its first client, by CLOCK_MONOTONIC.
struct FirstAnswer
{
    std::int64_t listening = 0; //!< A connection was accepted.
    std::int64_t chunk = 0;     //!< The first chunk of an answer was read.
    std::string error;
};

//! Dials every millisecond until somebody listens, then asks.
[[nodiscard]] FirstAnswer awaitFirstAnswer(const Options &options);

[[nodiscard]] std::string toJson(const FirstAnswer &answer);

} // namespace runnel::bench
