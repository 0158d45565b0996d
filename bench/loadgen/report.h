#pragma once

#include "loadgen/loadrun.h"

#include <string>
#include <string_view>
#include <vector>

namespace runnel::bench {

//! The findings as one line of JSON.
[[nodiscard]] std::string toJson(const Options &options, Findings findings);

[[nodiscard]] std::string quotedJson(std::string_view text);

//! The value below which \a share (0 … 1) of \a sorted lies; 0 if there is none.
[[nodiscard]] double percentile(const std::vector<std::int64_t> &sorted, double share);

} // namespace runnel::bench
