#pragma once

#include <chrono>
#include <cstdint>

#include <sys/types.h>

namespace runnel::bench {

//! CPU time that a process, all its threads and its present descendants have used; zero when it is
//! gone. Exact to the scheduler's own clock, not to its tick.
[[nodiscard]] std::chrono::nanoseconds cpuTimeOf(pid_t pid);
[[nodiscard]] std::chrono::nanoseconds ownCpuTime();

//! Resident memory of a process and its present descendants in KiB, as ps shows it; what they share
//! counts for each.
[[nodiscard]] std::int64_t residentKib(pid_t pid);

//! What all cores did since boot, from /proc/stat.
struct MachineTime
{
    double busy = 0;   //!< CPU seconds
    double idle = 0;   //!< CPU seconds, waiting for a disk included
    double stolen = 0; //!< CPU seconds that a hypervisor gave to others
};
[[nodiscard]] MachineTime machineTime();

} // namespace runnel::bench
