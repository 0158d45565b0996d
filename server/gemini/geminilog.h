#pragma once

#include <QLoggingCategory>

namespace runnel {

//! `runnel.gemini`: states and numbers; never a message's text, never the key.
Q_DECLARE_LOGGING_CATEGORY(lcGemini)

} // namespace runnel
