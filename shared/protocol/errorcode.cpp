#include "protocol/errorcode.h"

#include <algorithm>
#include <array>
#include <utility>

namespace runnel {

namespace {

using Entry = std::pair<ErrorCode, QLatin1String>;

constexpr std::array codes{
    Entry{ErrorCode::BadFrame, QLatin1String("bad_frame")},
    Entry{ErrorCode::UnknownAgent, QLatin1String("unknown_agent")},
    Entry{ErrorCode::UnknownMessage, QLatin1String("unknown_message")},
    Entry{ErrorCode::TooLarge, QLatin1String("too_large")},
    Entry{ErrorCode::QueueFull, QLatin1String("queue_full")},
    Entry{ErrorCode::RateLimited, QLatin1String("rate_limited")},
    Entry{ErrorCode::Unauthorized, QLatin1String("unauthorized")},
    Entry{ErrorCode::Forbidden, QLatin1String("forbidden")},
    Entry{ErrorCode::BadApiKey, QLatin1String("bad_api_key")},
    Entry{ErrorCode::QuotaExhausted, QLatin1String("quota_exhausted")},
    Entry{ErrorCode::ModelNotFound, QLatin1String("model_not_found")},
    Entry{ErrorCode::ModelOverloaded, QLatin1String("model_overloaded")},
    Entry{ErrorCode::ModelUnreachable, QLatin1String("model_unreachable")},
    Entry{ErrorCode::ModelError, QLatin1String("model_error")},
    Entry{ErrorCode::Blocked, QLatin1String("blocked")},
    Entry{ErrorCode::Interrupted, QLatin1String("interrupted")},
    Entry{ErrorCode::ToolFailed, QLatin1String("tool_failed")},
    Entry{ErrorCode::StorageFailed, QLatin1String("storage_failed")},
    Entry{ErrorCode::Internal, QLatin1String("internal")},
};

} // namespace

QLatin1String toWire(ErrorCode code)
{
    const auto found = std::ranges::find(codes, code, &Entry::first);
    return found == codes.end() ? QLatin1String("internal") : found->second;
}

std::optional<ErrorCode> errorCodeFromWire(QStringView name)
{
    for (const auto &[code, wire] : codes) {
        if (name == wire)
            return code;
    }
    return std::nullopt;
}

} // namespace runnel
