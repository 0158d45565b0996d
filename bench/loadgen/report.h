#pragma once

#include "loadgen/loadrun.h"

#include <string>

namespace runnel::bench {

//! The findings as one line of JSON.
[[nodiscard]] std::string toJson(const Options &options, Findings findings);

//! The value below which \a share (0 … 1) of \a sorted lies; 0 if there is none.
[[nodiscard]] double percentile(const std::vector<std::int64_t> &sorted, double share);

} // namespace runnel::bench
