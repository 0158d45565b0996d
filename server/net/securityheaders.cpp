#include "net/securityheaders.h"

namespace runnel {

QByteArray contentSecurityPolicy(const QByteArray &host)
{
    QByteArray connect = "'self'";
    if (!host.isEmpty())
        connect += " ws://" + host + " wss://" + host;
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
           "font-src 'self'; connect-src " +
           connect +
           "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";
}

QList<HeaderField> securityHeaders(const QByteArray &host)
{
    return {
        {"Content-Security-Policy", contentSecurityPolicy(host)},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
    };
}

} // namespace runnel
