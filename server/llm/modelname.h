#pragma once

#include <QString>

namespace runnel {

//! Whether \a model can stand in a request's path and change nothing in it:
//! `[A-Za-z0-9][A-Za-z0-9._@-]{0,127}`, with or without Gemini's own prefix "models/". Settings and
//! agents are checked by it where they are read, and the provider checks it once more.
[[nodiscard]] bool isModelName(QStringView model);

} // namespace runnel
