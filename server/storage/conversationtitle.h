#pragma once

#include <QString>

namespace runnel {

//! A conversation's title as long as nobody gave it one: the first line of its first message, at
//! most 60 characters of it. The page does the same (frontend/js/words.js).
[[nodiscard]] QString titleFrom(const QString &firstMessage);

} // namespace runnel
