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
//! CORS_ORIGINS): allowed. With an empty list: the origin whose host and port the Host header
//! names, and localhost and 127.0.0.1 on any port. A server bound to loopback alone moreover wants
//! a Host header that names loopback, since a foreign name that resolves to 127.0.0.1 (DNS
//! rebinding) makes a foreign page look like our own.
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
