#pragma once

#include "net/refusal.h"

#include <QByteArray>
#include <QList>

namespace runnel {

//! The Content-Security-Policy of every page. \a host is the request's Host header: a page may open
//! a WebSocket there (not every browser counts it as 'self'). Without unsafe-inline and
//! unsafe-eval.
[[nodiscard]] QByteArray contentSecurityPolicy(const QByteArray &host);

//! What every response carries unless it says otherwise itself.
[[nodiscard]] QList<HeaderField> securityHeaders(const QByteArray &host);

} // namespace runnel
