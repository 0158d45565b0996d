#include "net/originpolicy.h"

#include <QHostAddress>
#include <QUrl>

namespace runnel {

namespace {

//! An origin in parts; the port is the scheme's own where none is named.
struct Origin
{
    QByteArray scheme;
    QByteArray host; //!< Lower case; IPv6 in brackets.
    int port = -1;
};

int defaultPort(const QByteArray &scheme)
{
    if (scheme == "https")
        return 443;
    return scheme == "http" ? 80 : -1;
}

//! "host:port" with the host in lower case; \a port where none is named. Empty host when it is
//! none.
std::pair<QByteArray, int> splitAuthority(const QByteArray &authority, int port)
{
    const qsizetype bracket = authority.lastIndexOf(']');
    const qsizetype colon = authority.lastIndexOf(':');
    if (colon <= bracket)
        return {authority.toLower(), port};
    bool ok = false;
    const int named = authority.sliced(colon + 1).toUShort(&ok);
    return ok ? std::pair{authority.first(colon).toLower(), named} : std::pair{QByteArray(), -1};
}

//! Nothing for "null" and for what is no origin.
std::optional<Origin> parseOrigin(const QByteArray &text)
{
    const qsizetype slashes = text.indexOf("://");
    if (slashes <= 0 || text.indexOf('/', slashes + 3) >= 0)
        return std::nullopt;
    Origin origin;
    origin.scheme = text.first(slashes).toLower();
    std::tie(origin.host, origin.port) =
        splitAuthority(text.sliced(slashes + 3), defaultPort(origin.scheme));
    return origin.host.isEmpty() ? std::nullopt : std::optional(origin);
}

//! One spelling for origins that mean the same, with and without their scheme's own port.
QByteArray canonical(const Origin &origin)
{
    return origin.scheme + "://" + origin.host + ':' + QByteArray::number(origin.port);
}

bool isLoopbackName(const QByteArray &host)
{
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

//! Whether a browser can only have got there by meaning that very machine: a name of the net can be
//! made to resolve to any address by its owner (DNS rebinding), an address and localhost can't.
bool cannotBeRebound(const QByteArray &host)
{
    QHostAddress address;
    const bool bracketed = host.startsWith('[') && host.endsWith(']');
    return host == "localhost" || address.setAddress(QString::fromLatin1(
                                      bracketed ? host.sliced(1, host.size() - 2) : host));
}

} // namespace

OriginPolicy::OriginPolicy(const QStringList &allowed, bool loopbackOnly)
    : m_loopbackOnly(loopbackOnly)
{
    for (const QString &origin : allowed) {
        if (origin == QLatin1String("*"))
            m_any = true;
        else if (const std::optional<Origin> parsed = parseOrigin(origin.toLatin1()))
            m_allowed.append(canonical(*parsed));
    }
}

OriginPolicy::Verdict OriginPolicy::check(const std::optional<QByteArray> &origin,
                                          const QByteArray &host) const
{
    if (!origin)
        return Verdict::NoOrigin;
    const std::optional<Origin> from = parseOrigin(*origin);
    if (from) {
        const auto [name, port] = splitAuthority(host, defaultPort(from->scheme));
        const bool anyNameIsOurs = m_allowed.isEmpty() && !m_loopbackOnly;
        const bool hostIsOurs = anyNameIsOurs || cannotBeRebound(name);
        if (hostIsOurs && !name.isEmpty() && from->host == name && from->port == port)
            return Verdict::SameOrigin;
    }
    if (m_any || (from && m_allowed.contains(canonical(*from))))
        return Verdict::CrossOrigin;
    const bool isWeb = from && (from->scheme == "http" || from->scheme == "https");
    if (m_allowed.isEmpty() && isWeb && isLoopbackName(from->host))
        return Verdict::CrossOrigin;
    return Verdict::Refused;
}

QString OriginPolicy::refusalText(const QByteArray &origin)
{
    return QStringLiteral("Pages of the origin %1 may not use this server. Add it to the setting "
                          "CORS_ORIGINS to allow it.")
        .arg(QString::fromLatin1(origin.left(128)));
}

std::optional<QString> OriginPolicy::problemOf(const QString &origin)
{
    if (origin == QLatin1String("*"))
        return std::nullopt;
    const std::optional<Origin> parsed = parseOrigin(origin.toLatin1());
    const QUrl url(origin, QUrl::StrictMode);
    if (!parsed || !url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() ||
        url.hasQuery() || url.hasFragment()) {
        return QStringLiteral("\"%1\" is not an origin; it must be like https://chat.example.org "
                              "or http://localhost:3000 without a path, or *")
            .arg(origin);
    }
    return std::nullopt;
}

} // namespace runnel
