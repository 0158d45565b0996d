#pragma once

#include <QString>

namespace runnel {

//! The folder `share/runnel/NAME` beside the running binary's own, as the build tree and an install
//! tree both have it: `bin/runnel-server` and `share/runnel/agents`. A null string when there is
//! none.
[[nodiscard]] QString dataDir(const QString &name);

} // namespace runnel
