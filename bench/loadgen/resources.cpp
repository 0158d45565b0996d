#include "loadgen/resources.h"

#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace runnel::bench {

namespace {

std::chrono::nanoseconds read(clockid_t clock)
{
    timespec time{};
    if (clock_gettime(clock, &time) != 0)
        return {};
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

std::vector<pid_t> childrenOf(pid_t pid)
{
    std::vector<pid_t> found;
    std::error_code gone;
    const std::filesystem::path tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const auto &task : std::filesystem::directory_iterator(tasks, gone)) {
        std::ifstream children(task.path() / "children");
        for (pid_t child = 0; children >> child;)
            found.push_back(child);
    }
    return found;
}

} // namespace

std::chrono::nanoseconds cpuTimeOf(pid_t pid)
{
    clockid_t clock{};
    std::chrono::nanoseconds sum{};
    if (clock_getcpuclockid(pid, &clock) != 0)
        return sum;
    sum = read(clock);
    for (const pid_t child : childrenOf(pid))
        sum += cpuTimeOf(child);
    return sum;
}

std::int64_t residentKib(pid_t pid)
{
    // In pages: the size of all that is mapped, then what of it is in memory.
    std::ifstream statm("/proc/" + std::to_string(pid) + "/statm");
    std::int64_t mapped = 0;
    std::int64_t resident = 0;
    statm >> mapped >> resident;
    std::int64_t sum = resident * (sysconf(_SC_PAGESIZE) / 1024);
    for (const pid_t child : childrenOf(pid))
        sum += residentKib(child);
    return sum;
}

std::chrono::nanoseconds ownCpuTime()
{
    return read(CLOCK_PROCESS_CPUTIME_ID);
}

MachineTime machineTime()
{
    std::ifstream stat("/proc/stat");
    std::string cpu;
    // user nice system idle iowait irq softirq steal
    std::array<double, 8> ticks{};
    stat >> cpu;
    for (double &value : ticks)
        stat >> value;
    const auto hertz = static_cast<double>(sysconf(_SC_CLK_TCK));
    MachineTime time;
    time.idle = (ticks[3] + ticks[4]) / hertz;
    time.stolen = ticks[7] / hertz;
    time.busy = (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / hertz;
    return time;
}

} // namespace runnel::bench
