#include "loadgen/options.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>

namespace runnel::bench {

namespace {

constexpr const char *usage =
    "usage: runnel-loadgen --port P [--chats N] [--rate CHUNKS_PER_SECOND] [--size BYTES]\n"
    "    [--ramp S] [--warm-up S] [--window S] [--grace S] [--connecting S] [--v1]\n"
    "    [--cpu NAME=PID]...\n"
    "Opens N chats at ws://127.0.0.1:P/ws/chat/bench_i, asks each for a benchmark answer and\n"
    "prints what came, and when, as one JSON object.\n";

template <typename Number>
bool parseNumber(std::string_view text, Number low, Number high, Number &number)
{
    Number value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size() || value < low ||
        value > high)
        return false;
    number = value;
    return true;
}

bool parseSeconds(std::string_view text, Options::Seconds &seconds)
{
    double value = 0;
    if (!parseNumber(text, 0.0, 600.0, value))
        return false;
    seconds = Options::Seconds(value);
    return true;
}

bool parseProcess(std::string_view text, Options &options)
{
    const auto equals = text.find('=');
    pid_t pid = 0;
    if (equals == std::string_view::npos || equals == 0 ||
        !parseNumber(text.substr(equals + 1), 1, 1 << 22, pid))
        return false;
    options.processes.emplace_back(text.substr(0, equals), pid);
    return true;
}

bool setOption(Options &options, std::string_view name, std::string_view value)
{
    if (name == "--port")
        return parseNumber<std::uint16_t>(value, 1, 65535, options.port);
    if (name == "--chats")
        return parseNumber(value, 1, 20'000, options.chats);
    if (name == "--rate")
        return parseNumber(value, 0.1, 10'000.0, options.rate);
    if (name == "--size")
        return parseNumber(value, 1, 65536, options.size);
    if (name == "--ramp")
        return parseSeconds(value, options.ramp);
    if (name == "--warm-up")
        return parseSeconds(value, options.warmUp);
    if (name == "--window")
        return parseSeconds(value, options.window);
    if (name == "--grace")
        return parseSeconds(value, options.grace);
    if (name == "--connecting")
        return parseSeconds(value, options.connecting);
    return name == "--cpu" && parseProcess(value, options);
}

} // namespace

int Options::chunks() const
{
    return static_cast<int>(std::ceil((ramp + warmUp + window + Seconds(1)).count() * rate));
}

std::variant<Options, std::string> parseOptions(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--v1") {
            options.v1 = true;
            continue;
        }
        if (i + 1 == argc || !setOption(options, name, argv[i + 1]))
            return "runnel-loadgen: bad option " + std::string(name) + "\n" + usage;
        ++i;
    }
    if (options.port == 0)
        return std::string(usage);
    return options;
}

} // namespace runnel::bench
