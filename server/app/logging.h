#pragma once

#include "app/settings.h"

namespace runnel {

//! Sends every Qt log message to standard error, one line each, in that form and from that level
//! on. Text: `2026-11-23T06:10:32.123Z info sessions Session abc: …`. JSON: an object with at,
//! level, category, message. Control characters in a message are written as escapes, so that no
//! text can forge a line.
void installLogging(LogLevel level, LogFormat format);

} // namespace runnel
