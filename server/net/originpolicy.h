#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace runnel {

//! Which pages may talk to this server. A browser names the page's origin in the header `Origin`;
//! without this check any page that a person visits could chat with a server on their machine.
//!
//! No Origin header: not a browser's page; allowed. An origin of the list (the setting
//! CORS_ORIGINS): allowed. The origin whose host and port the Host header names: allowed where that
//! host is an address or localhost, and by any name while the list is empty and the server is not
//! bound to loopback alone. Any other name must be in the list, since whoever owns a name can let
//! it resolve to this server (DNS rebinding) and so make a foreign page look like our own. With an
//! empty list moreover localhost and 127.0.0.1 on any port.
class OriginPolicy
{
public:
    enum class Verdict {
        NoOrigin,    //!< There is none to check.
        SameOrigin,  //!< The server's own page.
        CrossOrigin, //!< Another page that is allowed: its answers need CORS headers.
        Refused,
    };

    //! \a allowed has exact origins such as "https://chat.example.org", or "*" for all.
    explicit OriginPolicy(const QStringList &allowed = {}, bool loopbackOnly = false);

    //! \a origin is the header's value, nothing when it is missing; \a host the Host header's.
    [[nodiscard]] Verdict check(const std::optional<QByteArray> &origin,
                                const QByteArray &host) const;

    //! Why \a origin is refused and what to set.
    [[nodiscard]] static QString refusalText(const QByteArray &origin);

    //! Nothing when \a origin can be an entry of the list, else what is wrong with it.
    [[nodiscard]] static std::optional<QString> problemOf(const QString &origin);

private:
    QList<QByteArray> m_allowed;
    bool m_any = false;
    bool m_loopbackOnly = false;
};

} // namespace runnel
