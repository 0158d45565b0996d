#pragma once

#include <QStringView>

namespace runnel::emulator {

//! A plausible tokenizer: about four characters a token, never cutting a surrogate pair, the same
//! on every machine. It is not Gemini's own, whose vocabulary is not public.

//! Length in UTF-16 units of the token that begins at \a text's begin; 0 only for an empty text.
[[nodiscard]] qsizetype tokenLength(QStringView text);

//! Number of tokens of \a text.
[[nodiscard]] int countTokens(QStringView text);

} // namespace runnel::emulator
