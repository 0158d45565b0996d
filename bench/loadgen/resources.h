#pragma once

#include <chrono>
#include <vector>

#include <sys/types.h>

namespace runnel::bench {

//! CPU time that a process, all its threads and its present descendants have used; zero when it is
//! gone. Exact to the scheduler's own clock, not to its tick.
[[nodiscard]] std::chrono::nanoseconds cpuTimeOf(pid_t pid);
[[nodiscard]] std::chrono::nanoseconds ownCpuTime();

//! What all cores did since boot, from /proc/stat.
struct MachineTime
{
    double busy = 0;   //!< CPU seconds
    double idle = 0;   //!< CPU seconds, waiting for a disk included
    double stolen = 0; //!< CPU seconds that a hypervisor gave to others
};
[[nodiscard]] MachineTime machineTime();

} // namespace runnel::bench
