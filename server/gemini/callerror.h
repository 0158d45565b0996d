#pragma once

#include "gemini/geminicall.h"
#include "gemini/geminicodec.h"

//! What a call's end means to the person who asked.
namespace runnel {

//! Another status than 200, or no event stream.
[[nodiscard]] GeminiError refusal(const GeminiCallEnd &end,
                                  const GeminiCodec::ErrorContext &context);

//! The network failed.
[[nodiscard]] GeminiError networkFailure(const GeminiCallEnd &end,
                                         const GeminiCodec::ErrorContext &context);

//! No first byte within \a limit.
[[nodiscard]] GeminiError silence(std::chrono::milliseconds limit);

//! The stream ended before its first event.
[[nodiscard]] GeminiError noAnswer();

[[nodiscard]] GeminiError unreadableAnswer();
[[nodiscard]] GeminiError answerTooLong();
[[nodiscard]] GeminiError unusableModelName(const QString &model);

} // namespace runnel
