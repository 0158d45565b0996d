#include "app/deeplink.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestDeepLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linksAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("conversation");
        QTest::addColumn<QString>("ask");
        const auto row = [](const char *name, const QString &text, const QString &server,
                            const QString &conversation = {}, const QString &ask = {}) {
            QTest::newRow(name) << text << server << conversation << ask;
        };
        row("without a host the window is raised", u"runnel:"_s, {});
        row("with slashes alone too", u"runnel://"_s, {});
        row("a host is spoken to by https", u"runnel://chat.example.org"_s,
            u"https://chat.example.org"_s);
        row("host and scheme are one, however they are written", u"RUNNEL://Chat.Example.org/"_s,
            u"https://chat.example.org"_s);
        row("a port, a path and a conversation", u"runnel://chat.example.org:8443/ai/?c=s_1-A"_s,
            u"https://chat.example.org:8443/ai"_s, u"s_1-A"_s);
        row("the default port is none", u"runnel://chat.example.org:443"_s,
            u"https://chat.example.org"_s);
        row("this computer is spoken to by http", u"runnel://localhost:8000/?c=x"_s,
            u"http://localhost:8000"_s, u"x"_s);
        row("this computer by its address", u"runnel://127.0.0.1:8000"_s,
            u"http://127.0.0.1:8000"_s);
        row("this computer by IPv6", u"runnel://[::1]:8000"_s, u"http://[::1]:8000"_s);
        row("another address is no loopback", u"runnel://10.0.0.5:8000"_s,
            u"https://10.0.0.5:8000"_s);
        row("a name that only begins like one neither", u"runnel://localhost.example.org"_s,
            u"https://localhost.example.org"_s);
        row("a text with everything in it",
            u"runnel://a.example/?ask=2%2B2%20%26%3D%20%C3%A9%0A1"_s, u"https://a.example"_s, {},
            u"2+2 &= \u00e9\n1"_s);
        row("a plus is a plus", u"runnel://a.example/?ask=a+b"_s, u"https://a.example"_s, {},
            u"a+b"_s);
        row("a conversation and a text", u"runnel://a.example/?c=s&ask=hi"_s,
            u"https://a.example"_s, u"s"_s, u"hi"_s);
    }
    void linksAreRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, server);
        QFETCH(QString, conversation);
        QFETCH(QString, ask);
        const auto link = parseDeepLink(text);
        QVERIFY2(bool(link), link ? "" : qPrintable(link.error().text));
        QCOMPARE(link->server, QUrl(server));
        QCOMPARE(link->conversation, conversation);
        QCOMPARE(link->ask, ask);
        QVERIFY(!link->isKnown);
    }

    void othersAreRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a word") << u"hello"_s;
        QTest::newRow("a page") << u"https://chat.example.org"_s;
        QTest::newRow("a script") << u"javascript:alert(1)"_s;
        QTest::newRow("a file") << u"runnel:///etc/passwd"_s;
        QTest::newRow("a path without a host") << u"runnel:etc"_s;
        QTest::newRow("a text without a host") << u"runnel:?ask=hi"_s;
        QTest::newRow("a user") << u"runnel://me@a.example"_s;
        QTest::newRow("a password") << u"runnel://me:secret@a.example"_s;
        QTest::newRow("a host that hides in a user") << u"runnel://bank.example%40a.example"_s;
        QTest::newRow("a fragment") << u"runnel://a.example/#x"_s;
        QTest::newRow("a port that is none") << u"runnel://a.example:65536"_s;
        QTest::newRow("port 0") << u"runnel://a.example:0"_s;
        QTest::newRow("an unknown key") << u"runnel://a.example/?send=1"_s;
        QTest::newRow("a conversation twice") << u"runnel://a.example/?c=a&c=b"_s;
        QTest::newRow("an empty conversation") << u"runnel://a.example/?c="_s;
        QTest::newRow("a conversation that leaves its place") << u"runnel://a.example/?c=..%2Fx"_s;
        QTest::newRow("an empty text") << u"runnel://a.example/?ask=%20%0A"_s;
        QTest::newRow("a text with a NUL") << u"runnel://a.example/?ask=a%00b"_s;
        QTest::newRow("a text with an escape") << u"runnel://a.example/?ask=a%1B%5B2Jb"_s;
        QTest::newRow("a text that turns its direction")
            << u"runnel://a.example/?ask=a%E2%80%AEb"_s;
        QTest::newRow("a space in the host") << u"runnel://a b/"_s;
        QTest::newRow("too long") << u"runnel://a.example/?ask="_s + QString(2048, u'a');
    }
    void othersAreRefusedWithASentence()
    {
        QFETCH(QString, text);
        const auto link = parseDeepLink(text);
        QVERIFY(!link);
        const QString sentence = link.error().text;
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
        QVERIFY2(sentence.size() < 240, qPrintable(sentence));
        QVERIFY(!sentence.contains(u"secret"));
    }

    void theLongestIsTaken()
    {
        const QString head = u"runnel://a.example/?ask="_s;
        const QString text = head + QString(DeepLink::maxLength - head.size(), u'a');
        QVERIFY(bool(parseDeepLink(text)));
        QVERIFY(!parseDeepLink(text + u'a'));
    }
};

QTEST_GUILESS_MAIN(TestDeepLink)
#include "tst_deeplink.moc"
