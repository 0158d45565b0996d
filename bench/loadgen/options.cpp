#include "loadgen/options.h"

#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>

namespace runnel::bench {

namespace {

constexpr const char *usage =
    "usage: runnel-loadgen --port P [--host IPV4] [--v1]\n"
    "    [--chats N] [--watchers N] [--idle N] [--speak]\n"
    "    [--rate CHUNKS_PER_SECOND] [--size BYTES]\n"
    "    [--ramp S] [--warm-up S] [--window S] [--grace S] [--connecting S]\n"
    "    [--process NAME=PID]...\n"
    "  Opens the chats ws://HOST:P/ws/chat/bench_i, each with some watchers, beside idle ones, "
    "asks\n"
    "  each for a benchmark answer and prints what came, and when, as one JSON object. --speak: "
    "the\n"
    "  idle ones all send something at the end.\n"
    "usage: runnel-loadgen --first --port P [--host IPV4] [--v1] [--connecting S]\n"
    "  Dials until somebody listens there, asks, and prints when both happened.\n";

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

bool setFlag(Options &options, std::string_view name)
{
    bool *const flag = name == "--v1"      ? &options.v1
                       : name == "--speak" ? &options.speak
                       : name == "--first" ? &options.first
                                           : nullptr;
    if (flag != nullptr)
        *flag = true;
    return flag != nullptr;
}

bool setOption(Options &options, std::string_view name, std::string_view value)
{
    if (name == "--port")
        return parseNumber<std::uint16_t>(value, 1, 65535, options.server.port);
    if (name == "--host") {
        options.server.host = value;
        return true;
    }
    if (name == "--chats")
        return parseNumber(value, 1, 20'000, options.chats);
    if (name == "--watchers")
        return parseNumber(value, 1, 10'000, options.watchers);
    if (name == "--idle")
        return parseNumber(value, 0, 25'000, options.idle);
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
    return name == "--process" && parseProcess(value, options);
}

} // namespace

Options::Seconds Options::startOf(int chat) const
{
    return ramp * chat / chats;
}

int Options::chunks(int chat) const
{
    const Seconds end = ramp + warmUp + window + Seconds(0.3);
    return static_cast<int>(std::ceil((end - startOf(chat)).count() * rate));
}

std::variant<Options, std::string> parseOptions(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (setFlag(options, name))
            continue;
        if (i + 1 == argc || !setOption(options, name, argv[i + 1]))
            return "runnel-loadgen: bad option " + std::string(name) + "\n" + usage;
        ++i;
    }
    if (options.server.port == 0)
        return std::string(usage);
    return options;
}

} // namespace runnel::bench
