#pragma once

#include <QString>

namespace runnel {

//! Asks the server on that address for /api/health/ready, as a container's health check does; runs
//! the event loop for at most 3 s. 0 when it is ready, else 1 with a line on standard error.
[[nodiscard]] int checkHealth(const QString &host, quint16 port);

} // namespace runnel
