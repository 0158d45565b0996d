#pragma once

#include "net/connectionlimits.h"
#include "net/requesthead.h"

#include <QHostAddress>
#include <QStringList>

#include <chrono>

namespace runnel {

//! What FrontServer wants to know; the defaults are those of the settings of the same names.
struct FrontServerConfig
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8000; //!< 0 picks a free one.

    HeadBounds head;
    std::chrono::milliseconds headTimeout{10'000}; //!< From the first byte or none to the last.
    qint64 bodyBytes = 1024 * 1024;
    std::chrono::milliseconds bodyTimeout{30'000};
    //! The one address where POST may have a larger body, and longer to send it; only so many of
    //! those are read at one time, since each is held in memory.
    QByteArray largeBodyPath;
    qint64 largeBodyBytes = 0;
    std::chrono::milliseconds largeBodyTimeout{180'000};
    int largeBodiesAtOnce = 4;
    //! These addresses and those below them show what people said, or when. Reading them, too,
    //! needs an origin that is allowed; where the browser names none, the one that the Host header
    //! makes: a foreign page whose name was made to resolve to this server must not read it (DNS
    //! rebinding).
    QList<QByteArray> privatePaths;
    //! How long a response may wait without the peer taking a byte of it.
    std::chrono::milliseconds stallTimeout{60'000};
    //! How long the rest of a refused request is read and thrown away, so that the refusal is not
    //! lost in a reset.
    std::chrono::milliseconds lingerTimeout{2'000};
    qint64 lingerBytes = 256 * 1024;

    qsizetype maxConnections = 12'000;        //!< MAX_CONNECTIONS; HTTP and WebSocket.
    qsizetype maxConnectionsPerAddress = 200; //!< MAX_CONNECTIONS_PER_ADDRESS
    QStringList corsOrigins;                  //!< CORS_ORIGINS; see OriginPolicy.
    //! TRUSTED_PROXIES: addresses and CIDR ranges; see QHostAddress::parseSubnet.
    QList<TrustedProxies::Subnet> trustedProxies{{QHostAddress(QHostAddress::LocalHost), 8},
                                                 {QHostAddress(QHostAddress::LocalHostIPv6), 128}};
    std::chrono::seconds retryAfter{5}; //!< What 429 and 503 advise.
};

} // namespace runnel
