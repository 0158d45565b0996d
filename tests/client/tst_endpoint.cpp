#include "client/backoff.h"
#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serverBecomesEndpoint_data()
    {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("endpoint");
        QTest::newRow("http") << u"http://127.0.0.1:8000"_s << u"ws://127.0.0.1:8000/ws/chat/s1"_s;
        QTest::newRow("https") << u"https://chat.example.org"_s
                               << u"wss://chat.example.org/ws/chat/s1"_s;
        QTest::newRow("ws") << u"ws://localhost:80/"_s << u"ws://localhost:80/ws/chat/s1"_s;
        QTest::newRow("wss behind a prefix")
            << u"wss://example.org/ai/"_s << u"wss://example.org/ai/ws/chat/s1"_s;
        QTest::newRow("no scheme is http")
            << u"localhost:8000"_s << u"ws://localhost:8000/ws/chat/s1"_s;
        QTest::newRow("spaces around, query and fragment go")
            << u" http://h:1/?a=b#c "_s << u"ws://h:1/ws/chat/s1"_s;
        QTest::newRow("IPv6") << u"http://[::1]:8000"_s << u"ws://[::1]:8000/ws/chat/s1"_s;
    }
    void serverBecomesEndpoint()
    {
        QFETCH(QString, server);
        const auto url = parseServerUrl(server);
        QVERIFY2(bool(url), qPrintable(url ? QString() : url.error().text));
        QTEST(chatEndpoint(*url, u"s1"_s).toString(), "endpoint");
    }

    void otherThingsAreRefusedInWords_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a file") << u"file:///etc/passwd"_s;
        QTest::newRow("another protocol") << u"ftp://example.org"_s;
        QTest::newRow("no host") << u"http://"_s;
        QTest::newRow("a port that is none") << u"http://h:99999"_s;
    }
    void otherThingsAreRefusedInWords()
    {
        QFETCH(QString, server);
        const auto url = parseServerUrl(server);
        QVERIFY(!url);
        QVERIFY(url.error().text.contains(u"http://127.0.0.1:8000"));
    }

    void sessionIdsAreValidAndDiffer()
    {
        const QString one = newSessionId();
        QCOMPARE(one.size(), 32);
        QVERIFY(isValidId(one));
        QVERIFY(one != newSessionId());
    }

    void backoffDoublesToItsCapAndJitters()
    {
        double random = 0;
        Backoff backoff({100ms, 1000ms}, [&random] { return random; });
        QCOMPARE(backoff.next(), 100ms);
        random = 0.5;
        QCOMPARE(backoff.next(), 150ms);
        random = 0;
        QCOMPARE(backoff.next(), 400ms);
        QCOMPARE(backoff.next(), 800ms);
        QCOMPARE(backoff.next(), 1000ms);
        QCOMPARE(backoff.next(), 1000ms);
        backoff.reset();
        QCOMPARE(backoff.next(), 100ms);
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
