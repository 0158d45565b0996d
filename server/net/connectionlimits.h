#pragma once

#include <QHash>
#include <QHostAddress>
#include <QList>
#include <QPair>

#include <memory>
#include <optional>

namespace runnel {

//! A place among the open connections; given back when it is destroyed, also after the limits.
class ConnectionLease
{
public:
    ConnectionLease(ConnectionLease &&) noexcept = default;
    ConnectionLease &operator=(ConnectionLease &&) noexcept = default;
    ConnectionLease(const ConnectionLease &) = delete;
    ConnectionLease &operator=(const ConnectionLease &) = delete;
    ~ConnectionLease() = default;

private:
    friend class ConnectionLimits;
    //! Its deleter gives the place back.
    explicit ConnectionLease(std::shared_ptr<void> place)
        : m_place(std::move(place))
    {}

    std::shared_ptr<void> m_place;
};

//! Counts the open connections, in all and by address, against their limits.
class ConnectionLimits
{
public:
    ConnectionLimits(qsizetype total, qsizetype perAddress);

    //! One more connection; nothing when there are too many.
    [[nodiscard]] std::optional<ConnectionLease> enter();

    //! One more connection of that address; nothing when it has too many. All addresses of an IPv6
    //! /64 are one, since one customer holds them all.
    [[nodiscard]] std::optional<ConnectionLease> enterAddress(const QHostAddress &address);

    [[nodiscard]] qsizetype count() const { return m_counts->total; }
    //! Addresses that have a connection now.
    [[nodiscard]] qsizetype addressCount() const { return m_counts->byAddress.size(); }

private:
    struct Counts
    {
        qsizetype total = 0;
        QHash<QHostAddress, qsizetype> byAddress;
    };

    const qsizetype m_total;
    const qsizetype m_perAddress;
    const std::shared_ptr<Counts> m_counts = std::make_shared<Counts>();
};

//! Proxies whose X-Forwarded-For is believed.
class TrustedProxies
{
public:
    using Subnet = QPair<QHostAddress, int>;

    explicit TrustedProxies(QList<Subnet> subnets = {});

    [[nodiscard]] bool contains(const QHostAddress &address) const;

    //! Who really asks: the peer, or when that is a trusted proxy the last hop that it names in
    //! X-Forwarded-For, the one that the proxy itself saw; the hops before it are the client's say.
    //! What is no address there is passed over for the peer.
    [[nodiscard]] QHostAddress clientAddress(const QHostAddress &peer,
                                             const QByteArray &forwardedFor) const;

private:
    QList<Subnet> m_subnets;
};

//! IPv4 addresses that came as `::ffff:a.b.c.d` become plain ones.
[[nodiscard]] QHostAddress plainAddress(const QHostAddress &address);

} // namespace runnel
