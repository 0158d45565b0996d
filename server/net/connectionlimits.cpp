#include "net/connectionlimits.h"

#include "net/requesthead.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace runnel {

namespace {

//! What connections of one customer have in common.
QHostAddress keyOf(const QHostAddress &address)
{
    const QHostAddress plain = plainAddress(address);
    if (plain.protocol() != QAbstractSocket::IPv6Protocol)
        return plain;
    Q_IPV6ADDR bytes = plain.toIPv6Address();
    std::memset(&bytes.c[8], 0, 8);
    return QHostAddress(bytes);
}

} // namespace

ConnectionLimits::ConnectionLimits(qsizetype total, qsizetype perAddress)
    : m_total(total)
    , m_perAddress(perAddress)
{}

std::optional<ConnectionLease> ConnectionLimits::enter()
{
    if (m_counts->total >= m_total)
        return std::nullopt;
    ++m_counts->total;
    return ConnectionLease(
        std::shared_ptr<void>(nullptr, [counts = m_counts](void *) { --counts->total; }));
}

std::optional<ConnectionLease> ConnectionLimits::enterAddress(const QHostAddress &address)
{
    const QHostAddress key = keyOf(address);
    qsizetype &now = m_counts->byAddress[key];
    if (now >= m_perAddress)
        return std::nullopt;
    ++now;
    return ConnectionLease(std::shared_ptr<void>(nullptr, [counts = m_counts, key](void *) {
        if (--counts->byAddress[key] == 0)
            counts->byAddress.remove(key);
    }));
}

TrustedProxies::TrustedProxies(QList<Subnet> subnets)
    : m_subnets(std::move(subnets))
{}

bool TrustedProxies::contains(const QHostAddress &address) const
{
    const QHostAddress plain = plainAddress(address);
    return std::ranges::any_of(m_subnets, [&plain](const Subnet &subnet) {
        return plain.protocol() == subnet.first.protocol() && plain.isInSubnet(subnet);
    });
}

QHostAddress TrustedProxies::clientAddress(const QHostAddress &peer,
                                           const QByteArray &forwardedFor) const
{
    const QHostAddress plain = plainAddress(peer);
    if (!contains(plain))
        return plain;
    const QList<QByteArray> hops = splitList(forwardedFor);
    if (hops.isEmpty())
        return plain;
    const QHostAddress named(QString::fromLatin1(hops.last()));
    return named.isNull() ? plain : plainAddress(named);
}

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4);
    return isV4 && address.protocol() == QAbstractSocket::IPv6Protocol ? QHostAddress(v4) : address;
}

} // namespace runnel
