#include "loadgen/chatframe.h"

#include <charconv>

namespace runnel::bench {

std::string_view frameType(std::string_view json)
{
    constexpr std::string_view key = "\"type\"";
    auto at = json.find(key);
    if (at == std::string_view::npos)
        return {};
    at = json.find('"', at + key.size());
    if (at == std::string_view::npos)
        return {};
    const auto end = json.find('"', at + 1);
    return end == std::string_view::npos ? std::string_view() : json.substr(at + 1, end - at - 1);
}

std::optional<std::int64_t> takeStamp(std::string_view &text)
{
    for (;;) {
        const auto at = text.find('@');
        if (at == std::string_view::npos) {
            text = {};
            return {};
        }
        text.remove_prefix(at + 1);
        std::int64_t stamp = 0;
        const char *const end = text.data() + text.size();
        const auto number = std::from_chars(text.data(), end, stamp);
        if (number.ec == std::errc() && number.ptr != end && *number.ptr == ';' && stamp > 0) {
            text.remove_prefix(static_cast<std::size_t>(number.ptr - text.data()) + 1);
            return stamp;
        }
    }
}

} // namespace runnel::bench
