#include "loadgen/report.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string_view>
#include <utility>

namespace runnel::bench {

namespace {

//! Of nanoseconds, in microseconds.
void writePercentiles(std::ostream &out, std::string_view name, std::vector<std::int64_t> values)
{
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) { return percentile(values, share) / 1000; };
    out << ',' << quotedJson(name) << ":{\"p50\":" << at(0.5) << ",\"p90\":" << at(0.9)
        << ",\"p99\":" << at(0.99) << ",\"p999\":" << at(0.999) << ",\"max\":" << at(1) << '}';
}

void writeSeconds(std::ostream &out, std::string_view name,
                  const std::vector<std::pair<std::string, double>> &values)
{
    out << ',' << quotedJson(name) << ":{";
    const char *separator = "";
    for (const auto &[process, seconds] : values) {
        out << separator << quotedJson(process) << ':' << seconds;
        separator = ",";
    }
    out << '}';
}

} // namespace

std::string quotedJson(std::string_view text)
{
    std::string json(1, '"');
    for (const char c : text) {
        if (c == '"' || c == '\\')
            json += '\\';
        json += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    json += '"';
    return json;
}

double percentile(const std::vector<std::int64_t> &sorted, double share)
{
    if (sorted.empty())
        return 0;
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return static_cast<double>(sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1]);
}

std::string toJson(const Options &options, Findings findings)
{
    std::ostringstream out;
    out << "{\"chats\":" << options.chats << ",\"watchers\":" << options.watchers
        << ",\"idle\":" << options.idle << ",\"idle_opened\":" << findings.idleOpened
        << ",\"idle_failed\":" << findings.idleFailed << ",\"rate\":" << options.rate
        << ",\"opened\":" << findings.opened << ",\"complete\":" << findings.complete
        << ",\"failed\":" << findings.failed << ",\"incomplete\":" << findings.incomplete
        << ",\"lost_chunks\":" << findings.lost
        << ",\"first_error\":" << quotedJson(findings.firstError)
        << ",\"window_seconds\":" << findings.windowSeconds << ",\"chunks\":" << findings.chunks;
    writePercentiles(out, "latency_us", std::move(findings.latencies));
    writePercentiles(out, "upstream_late_us", std::move(findings.upstreamLateness));
    writeSeconds(out, "cpu_seconds", findings.cpuSeconds);
    out << ",\"memory_kib\":{";
    const char *separator = "";
    for (const auto &[name, kib] : findings.memory) {
        out << separator << quotedJson(name) << ":{\"before\":" << kib[0] << ",\"idle\":" << kib[1]
            << ",\"running\":" << kib[2] << '}';
        separator = ",";
    }
    out << '}';
    if (options.speak) {
        out << ",\"speak\":{\"answered\":" << findings.refusals.size();
        writePercentiles(out, "us", std::move(findings.refusals));
        writeSeconds(out, "cpu_seconds", findings.speakCpuSeconds);
        out << '}';
    }
    out << ",\"machine\":{\"busy\":" << findings.machine.busy
        << ",\"idle\":" << findings.machine.idle << ",\"stolen\":" << findings.machine.stolen
        << "}}";
    return out.str();
}

} // namespace runnel::bench
