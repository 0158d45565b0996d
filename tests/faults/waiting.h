#pragma once

#include <chrono>
#include <functional>

namespace runnel::faults {

//! Lets the event loop run for that long.
void letRun(std::chrono::milliseconds time);

//! Lets the event loop run until \a holds; false when it does not within \a limit.
[[nodiscard]] bool waitUntil(const std::function<bool()> &holds, std::chrono::milliseconds limit);

} // namespace runnel::faults
