#include "net/originpolicy.h"

#include <QTest>

using namespace runnel;
using Verdict = OriginPolicy::Verdict;

class TestOriginPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void originsAreJudged_data()
    {
        QTest::addColumn<QStringList>("allowed");
        QTest::addColumn<bool>("loopbackOnly");
        QTest::addColumn<QByteArray>("origin"); // Null: no header.
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<Verdict>("wanted");
        const QStringList none;
        const QStringList list{QStringLiteral("https://Chat.example.org"),
                               QStringLiteral("http://localhost:3000")};
        const QStringList any{QStringLiteral("*")};
        const auto row = [](const char *name, const QStringList &allowed, bool loopback,
                            const QByteArray &origin, const QByteArray &host, Verdict wanted) {
            QTest::newRow(name) << allowed << loopback << origin << host << wanted;
        };
        row("a native client", none, true, {}, "127.0.0.1:8000", Verdict::NoOrigin);
        row("a native client by another name", none, true, {}, "evil.org", Verdict::NoOrigin);
        row("the own page", none, true, "http://127.0.0.1:8000", "127.0.0.1:8000",
            Verdict::SameOrigin);
        row("the own page by IPv6", none, true, "http://[::1]:8000", "[::1]:8000",
            Verdict::SameOrigin);
        row("the own page in capitals", none, false, "http://Chat.Example.org", "chat.example.ORG",
            Verdict::SameOrigin);
        row("the own page behind TLS", none, false, "https://chat.example.org",
            "chat.example.org:443", Verdict::SameOrigin);
        row("another port of the own host", none, false, "http://chat.example.org:81",
            "chat.example.org", Verdict::Refused);
        row("a page of localhost", none, true, "http://localhost:5173", "127.0.0.1:8000",
            Verdict::CrossOrigin);
        row("a foreign page", none, true, "https://evil.org", "127.0.0.1:8000", Verdict::Refused);
        row("a foreign name that resolves to us", none, true, "http://evil.org:8000",
            "evil.org:8000", Verdict::Refused);
        row("the same when served to the world", none, false, "http://evil.org:8000",
            "evil.org:8000", Verdict::SameOrigin);
        row("a name that begins like ours", none, true, "http://localhost.evil.org",
            "127.0.0.1:8000", Verdict::Refused);
        row("a sandboxed page", none, true, "null", "127.0.0.1:8000", Verdict::Refused);
        row("an extension", none, true, "chrome-extension://localhost", "127.0.0.1:8000",
            Verdict::Refused);
        row("an empty origin", none, true, "", "127.0.0.1:8000", Verdict::Refused);
        row("a listed page", list, false, "https://chat.example.org", "api.example.org",
            Verdict::CrossOrigin);
        row("a listed page by a local proxy", list, true, "https://chat.example.org",
            "chat.example.org", Verdict::CrossOrigin);
        row("localhost that is not listed", list, false, "http://localhost:5173", "api.example.org",
            Verdict::Refused);
        row("the own page needs no list", list, true, "http://localhost:8000", "localhost:8000",
            Verdict::SameOrigin);
        row("a name that the list does not have, resolving to us", list, false,
            "http://evil.org:8000", "evil.org:8000", Verdict::Refused);
        row("the own page by its address, whatever the list", list, false, "http://192.0.2.7",
            "192.0.2.7", Verdict::SameOrigin);
        row("the own page by its IPv6 address", list, true, "http://[2001:db8::1]:8000",
            "[2001:db8::1]:8000", Verdict::SameOrigin);
        row("a listed page whose port goes without saying",
            {QStringLiteral("https://chat.example.org:443")}, false, "https://chat.example.org",
            "api.example.org", Verdict::CrossOrigin);
        // As docker-compose.yml sets it: bound to all addresses of a container.
        const QStringList ownMachine{QStringLiteral("http://localhost")};
        row("Compose's page", ownMachine, false, "http://localhost", "localhost",
            Verdict::SameOrigin);
        row("Compose's page on another port", ownMachine, false, "http://localhost:8080",
            "localhost:8080", Verdict::SameOrigin);
        row("Compose's page by loopback", ownMachine, false, "http://127.0.0.1:8080",
            "127.0.0.1:8080", Verdict::SameOrigin);
        row("Compose's page by loopback of IPv6", ownMachine, false, "http://[::1]:8080",
            "[::1]:8080", Verdict::SameOrigin);
        row("Compose's page by the machine's address", ownMachine, false, "http://192.0.2.7",
            "192.0.2.7", Verdict::SameOrigin);
        row("a foreign name that resolves to Compose's page", ownMachine, false,
            "http://evil.example", "evil.example", Verdict::Refused);
        row("a foreign page that asks Compose's", ownMachine, false, "http://evil.example",
            "localhost", Verdict::Refused);
        row("anyone when all are allowed", any, true, "https://evil.org", "127.0.0.1:8000",
            Verdict::CrossOrigin);
    }
    void originsAreJudged()
    {
        QFETCH(QStringList, allowed);
        QFETCH(bool, loopbackOnly);
        QFETCH(QByteArray, origin);
        QFETCH(QByteArray, host);
        QFETCH(Verdict, wanted);
        const OriginPolicy policy(allowed, loopbackOnly);
        QCOMPARE(policy.check(origin.isNull() ? std::nullopt : std::optional(origin), host),
                 wanted);
    }

    void theRefusalNamesTheSetting()
    {
        const QString text = OriginPolicy::refusalText("https://evil.org");
        QVERIFY(text.contains(QStringLiteral("https://evil.org")));
        QVERIFY(text.contains(QStringLiteral("CORS_ORIGINS")));
    }

    void settingsAreChecked_data()
    {
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("good");
        QTest::newRow("a page") << QStringLiteral("https://chat.example.org") << true;
        QTest::newRow("a page with a port") << QStringLiteral("http://localhost:3000") << true;
        QTest::newRow("all") << QStringLiteral("*") << true;
        QTest::newRow("a name alone") << QStringLiteral("chat.example.org") << false;
        QTest::newRow("with a slash") << QStringLiteral("https://chat.example.org/") << false;
        QTest::newRow("with a wrong port") << QStringLiteral("http://a:port") << false;
        QTest::newRow("nothing") << QString() << false;
    }
    void settingsAreChecked()
    {
        QFETCH(QString, origin);
        QFETCH(bool, good);
        const auto problem = OriginPolicy::problemOf(origin);
        QCOMPARE(!problem, good);
        if (problem)
            QVERIFY(problem->contains(origin));
    }
};

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "tst_originpolicy.moc"
