#include "net/connectionlimits.h"

#include <QTest>

using namespace runnel;

namespace {

QHostAddress address(const char *text)
{
    return QHostAddress(QString::fromLatin1(text));
}

} // namespace

class TestConnectionLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTotalIsBounded()
    {
        ConnectionLimits limits(2, 10);
        auto first = limits.enter();
        const auto second = limits.enter();
        QVERIFY(first && second);
        QVERIFY(!limits.enter());
        QCOMPARE(limits.count(), 2);
        first.reset();
        QVERIFY(limits.enter());
        QCOMPARE(limits.count(), 1);
    }

    void eachAddressIsBoundedAndForgotten()
    {
        ConnectionLimits limits(100, 2);
        {
            auto first = limits.enterAddress(address("192.0.2.1"));
            const auto second = limits.enterAddress(address("::ffff:192.0.2.1"));
            QVERIFY(first && second);
            QVERIFY(!limits.enterAddress(address("192.0.2.1")));
            const auto other = limits.enterAddress(address("192.0.2.2"));
            QVERIFY(other);
            first.reset();
            QVERIFY(limits.enterAddress(address("192.0.2.1")));
            QCOMPARE(limits.addressCount(), 2);
        }
        QCOMPARE(limits.addressCount(), 0);
    }

    void aPlaceMayOutliveTheLimits()
    {
        std::optional<ConnectionLimits> limits(std::in_place, 1, 1);
        auto place = limits->enterAddress(address("192.0.2.1"));
        const ConnectionLease moved = std::move(*place);
        place.reset();
        QCOMPARE(limits->addressCount(), 1);
        limits.reset();
    }

    void aNetworkOfIpv6IsOneCustomer()
    {
        ConnectionLimits limits(100, 1);
        const auto first = limits.enterAddress(address("2001:db8:1:2::1"));
        QVERIFY(first);
        QVERIFY(!limits.enterAddress(address("2001:db8:1:2:ffff::9")));
        QVERIFY(limits.enterAddress(address("2001:db8:1:3::1")));
    }

    void onlyTrustedProxiesAreBelieved_data()
    {
        QTest::addColumn<QByteArray>("peer");
        QTest::addColumn<QByteArray>("forwardedFor");
        QTest::addColumn<QByteArray>("client");
        const auto row = [](const char *name, const char *peer, const char *header,
                            const char *client) {
            QTest::newRow(name) << QByteArray(peer) << QByteArray(header) << QByteArray(client);
        };
        row("a stranger's say", "192.0.2.1", "198.51.100.7", "192.0.2.1");
        row("a proxy's say", "10.1.2.3", "198.51.100.7", "198.51.100.7");
        row("a proxy's say after the client's own", "10.1.2.3", "1.1.1.1, 198.51.100.7",
            "198.51.100.7");
        row("a proxy by an IPv4 address in IPv6", "::ffff:10.1.2.3", "198.51.100.7",
            "198.51.100.7");
        row("a proxy that says nothing", "10.1.2.3", "", "10.1.2.3");
        row("a proxy that says nonsense", "10.1.2.3", "unknown", "10.1.2.3");
        row("a client by IPv6", "10.1.2.3", "2001:db8::1", "2001:db8::1");
        row("outside of the proxies' network", "10.2.0.1", "198.51.100.7", "10.2.0.1");
    }
    void onlyTrustedProxiesAreBelieved()
    {
        QFETCH(QByteArray, peer);
        QFETCH(QByteArray, forwardedFor);
        QFETCH(QByteArray, client);
        const TrustedProxies proxies({QHostAddress::parseSubnet(QStringLiteral("10.1.0.0/16"))});
        QCOMPARE(proxies.clientAddress(address(peer.constData()), forwardedFor),
                 address(client.constData()));
    }
};

QTEST_GUILESS_MAIN(TestConnectionLimits)
#include "tst_connectionlimits.moc"
