#pragma once

#include "emulator/scenario.h"

#include <QByteArray>

namespace runnel::emulator {

//! A scenario from its JSON. \a folder is where the Markdown files that it names are. The error
//! names the place in the file, not the file.
[[nodiscard]] Result<Scenario, QString> parseScenario(const QByteArray &json,
                                                      const QString &folder);

} // namespace runnel::emulator
