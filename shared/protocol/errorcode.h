#pragma once

#include <QLatin1String>
#include <QString>

#include <optional>

namespace runnel {

//! What went wrong, for programs. The wire names stand in errorcode.cpp and in docs/protocol.md.
enum class ErrorCode {
    BadFrame,
    UnknownAgent,
    UnknownMessage,
    TooLarge,
    QueueFull,
    RateLimited,
    Unauthorized,
    Forbidden,
    BadApiKey,
    QuotaExhausted,
    ModelNotFound,
    ModelOverloaded,
    ModelUnreachable,
    ModelError,
    Blocked,
    Interrupted,
    ToolFailed,
    StorageFailed,
    Internal,
};

[[nodiscard]] QLatin1String toWire(ErrorCode code);

//! The code of that wire name; nothing for one that this version does not know.
[[nodiscard]] std::optional<ErrorCode> errorCodeFromWire(QStringView name);

//! An error as it travels inside the house: a code for programs and a sentence for people.
//! The sentence says what happened and what to do; it never holds a secret and never poses as
//! content.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString text;

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace runnel
