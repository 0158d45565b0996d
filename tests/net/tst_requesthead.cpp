#include "net/requesthead.h"
#include "net/requestpath.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

constexpr int good = 0;
constexpr int incomplete = -1;

//! The verdict in short: good, incomplete, or the status of the refusal.
int verdictOf(const HeadResult &result)
{
    if (std::holds_alternative<HeadIncomplete>(result))
        return incomplete;
    const auto *refusal = std::get_if<Refusal>(&result);
    return refusal ? refusal->status : good;
}

QByteArray manyFields(int count)
{
    QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < count - 1; ++i)
        head.append("x: y\r\n");
    return head.append("\r\n");
}

//! A good head of exactly that many bytes.
QByteArray headOfSize(qsizetype size)
{
    QByteArray head = "GET / HTTP/1.1\r\nHost: a\r\nx: ";
    return head.append(QByteArray(size - head.size() - 4, 'y')).append("\r\n\r\n");
}

} // namespace

class TestRequestHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headsAreJudged_data() { rows(); }
    void headsAreJudged()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, wanted);
        const HeadResult result = parseRequestHead(bytes);
        QCOMPARE(verdictOf(result), wanted);
        if (const auto *refusal = std::get_if<Refusal>(&result)) {
            QVERIFY(!refusal->detail.isEmpty());
            QVERIFY(!refusal->code.isEmpty());
        }
    }

    //! Fed byte by byte, the answer stays "incomplete" until it is the one that the whole gets.
    void everyCutWaitsOrSaysTheSame_data() { rows(); }
    void everyCutWaitsOrSaysTheSame()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, wanted);
        bool decided = false;
        // Of the huge ones each cut around the limits and some between, not all 16,384.
        const qsizetype step = bytes.size() > 4096 ? 97 : 1;
        for (qsizetype cut = 0; cut <= bytes.size();
             cut += cut > 16'300 && cut < 16'500 ? 1 : step) {
            const int verdict = verdictOf(parseRequestHead(QByteArrayView(bytes).first(cut)));
            if (decided || verdict != incomplete) {
                decided = true;
                QCOMPARE(verdict, wanted);
            }
        }
    }

    void theHeadEndsWhereTheBodyBegins()
    {
        const QByteArray head = "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\n";
        const auto result = parseRequestHead(QByteArray(head + "bodyGET / HTTP/1.1\r\n\r\n"));
        const auto *parsed = std::get_if<RequestHead>(&result);
        QVERIFY(parsed);
        QCOMPARE(parsed->size, head.size());
        QCOMPARE(parsed->contentLength, std::optional<qint64>(4));
        QCOMPARE(parsed->method, QByteArrayLiteral("POST"));
        QVERIFY(!parsed->isSafe());
    }

    void fieldsAreFoundInAnyCase()
    {
        const auto result =
            parseRequestHead("GET /ws/chat/s-1?after=7&x=?y HTTP/1.1\r\nhOsT: [::1]:8000\r\n"
                             "connection: keep-alive\r\nCONNECTION:\t Upgrade \r\nUpgrade: "
                             "WebSocket\r\nEmpty:\r\n\r\n");
        const auto *head = std::get_if<RequestHead>(&result);
        QVERIFY(head);
        QCOMPARE(head->path(), QByteArrayLiteral("/ws/chat/s-1"));
        QCOMPARE(head->query(), QByteArrayLiteral("after=7&x=?y"));
        QCOMPARE(head->host, QByteArrayLiteral("[::1]:8000"));
        QCOMPARE(head->value("Connection"),
                 std::optional(QByteArrayLiteral("keep-alive, Upgrade")));
        QCOMPARE(head->value("empty"), std::optional(QByteArrayLiteral("")));
        QVERIFY(!head->value("absent"));
        QVERIFY(head->asksForWebSocket());
        QVERIFY(!head->contentLength);
    }

    void aNumberTooLargeForUsIsStillALength()
    {
        const auto result = parseRequestHead(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n");
        const auto *head = std::get_if<RequestHead>(&result);
        QVERIFY(head);
        QCOMPARE(head->contentLength, std::optional(std::numeric_limits<qint64>::max()));
    }

private:
    static void rows()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("wanted");
        const auto row = [](const char *name, const QByteArray &bytes, int wanted) {
            QTest::newRow(name) << bytes << wanted;
        };
        row("a plain GET", "GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n", good);
        row("bytes beyond ASCII in a value", "GET / HTTP/1.1\r\nHost: a\r\nx: \xc3\xa4\r\n\r\n",
            good);
        row("HTTP/1.0 without a host", "GET / HTTP/1.0\r\n\r\n", good);
        row("as many header lines as may be", manyFields(100), good);
        row("as many bytes as may be", headOfSize(16 * 1024), good);
        row("a body behind it", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}", good);
        row("nothing", "", incomplete);
        row("half a head", "GET / HTTP/1.1\r\nHost: a\r\n", incomplete);
        row("one header line too many", manyFields(101), 431);
        row("10,000 headers", manyFields(10'000), 431);
        row("one byte too many", headOfSize(16 * 1024 + 1), 431);
        row("an endless line", "GET /" + QByteArray(20'000, 'a'), 431);
        row("garbage", "\x01\x02\xff\xfe garbage\r\n\r\n", 400);
        row("a TLS handshake", QByteArray::fromHex("16030100c8010000c40303"), 400);
        row("an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("a bare line feed", "GET / HTTP/1.1\nHost: a\n\n", 400);
        row("a bare line feed among the headers", "GET / HTTP/1.1\r\nHost: a\nx: y\r\n\r\n", 400);
        row("a carriage return in a value", "GET / HTTP/1.1\r\nHost: a\r\nx: y\rz\r\n\r\n", 400);
        row("NUL in a value", QByteArray("GET / HTTP/1.1\r\nHost: a\r\nx: \0\r\n\r\n", 34), 400);
        row("two blanks in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("a blank in the path", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("a path that is not ASCII", "GET /\xc3\xa4 HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("no version", "GET /\r\nHost: a\r\n\r\n", 400);
        row("HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        row("HTTP/0.9 with a version", "GET / HTTP/0.9\r\n\r\n", 505);
        row("an unknown method", "BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
        row("an absolute address", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
        row("no host", "GET / HTTP/1.1\r\nAccept: */*\r\n\r\n", 400);
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        row("a host that breaks out of a policy", "GET / HTTP/1.1\r\nHost: a; script-src *\r\n\r\n",
            400);
        row("a folded header", "GET / HTTP/1.1\r\nHost: a\r\nx: y\r\n z\r\n\r\n", 400);
        row("a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("a header without a name", "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", 400);
        row("a header without a colon", "GET / HTTP/1.1\r\nHost: a\r\nxy\r\n\r\n", 400);
        row("two lengths",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
            "Content-Length: 1\r\n\r\n",
            400);
        row("a signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\n", 400);
        row("an empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400);
    }

    void addressesEndAtASlash_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("root");
        QTest::addColumn<bool>("below");
        QTest::newRow("itself") << QByteArray("/api/x") << QByteArray("/api/x") << true;
        QTest::newRow("below") << QByteArray("/api/x/1") << QByteArray("/api/x") << true;
        QTest::newRow("a neighbour") << QByteArray("/api/xy") << QByteArray("/api/x") << false;
        QTest::newRow("above") << QByteArray("/api") << QByteArray("/api/x") << false;
        QTest::newRow("no root") << QByteArray("/api") << QByteArray() << false;
    }
    void addressesEndAtASlash()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, root);
        QTEST(isAtOrBelow(path, root), "below");
    }
};

QTEST_GUILESS_MAIN(TestRequestHead)
#include "tst_requesthead.moc"
