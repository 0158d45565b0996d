#pragma once

#include <QByteArray>

#include <chrono>

namespace runnel {

class TraceBook;
class TurnTrace;

//! Now by the wall clock that traces begin by; microseconds since 1970.
[[nodiscard]] std::chrono::microseconds wallClock();

//! `GET /api/traces`: newest first.
[[nodiscard]] QByteArray traceListJson(const TraceBook &book);

//! `GET /api/traces/{session}/{turn}`: times in nanoseconds since the turn began.
[[nodiscard]] QByteArray traceJson(const TurnTrace &trace);

//! The same in the Trace Event Format, which ui.perfetto.dev opens. Times are
//! microseconds since the first thing that happened.
[[nodiscard]] QByteArray chromeTraceJson(const TurnTrace &trace);

} // namespace runnel
