#include "emulator/httpreader.h"

#include <QTest>

using namespace runnel;
using namespace runnel::emulator;
using namespace Qt::StringLiterals;

namespace {

QByteArray describe(const HttpRequest &request)
{
    return request.method + ' ' + request.path + ' ' + request.query.toString().toUtf8() + " [" +
           request.body + "] " + (request.keepAlive ? "keep" : "close");
}

//! Feeds the pieces and describes every request that comes out, and the refusal if there is one.
QByteArrayList readAll(const QList<QByteArray> &pieces, const HttpLimits &limits = {})
{
    HttpReader reader(limits);
    QByteArrayList seen;
    for (const QByteArray &piece : pieces) {
        reader.feed(piece);
        while (reader.state() == HttpReader::State::Complete)
            seen.append(describe(reader.takeRequest()));
    }
    if (reader.state() == HttpReader::State::Refused)
        seen.append("refused " + QByteArray::number(reader.refusal().status));
    else if (reader.isPartial())
        seen.append("partial");
    return seen;
}

} // namespace

class TestHttpReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreReadHoweverTheyAreCut_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("wanted");

        QTest::newRow("a GET with a query")
            << "GET /v1beta/models?pageSize=3&x=a%20b HTTP/1.1\r\nHost: x\r\n\r\n"_ba
            << QByteArrayList{"GET /v1beta/models pageSize=3&x=a b [] keep"};
        QTest::newRow("a POST with a length")
            << "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"_ba
            << QByteArrayList{"POST /a  [hello] keep"};
        QTest::newRow("a POST in chunks, with an extension and a trailer")
            << "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n"_ba
            << QByteArrayList{"POST /a  [hello!] keep"};
        QTest::newRow("two requests in a row")
            << "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /b HTTP/1.1\r\n\r\n"_ba
            << QByteArrayList{"POST /a  [hi] keep", "GET /b  [] keep"};
        QTest::newRow("empty lines before a request")
            << "\r\nGET / HTTP/1.1\r\n\r\n"_ba << QByteArrayList{"GET /  [] keep"};
        QTest::newRow("a connection to be closed")
            << "GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n"_ba
            << QByteArrayList{"GET /  [] close"};
        QTest::newRow("HTTP/1.0 closes")
            << "GET / HTTP/1.0\r\n\r\n"_ba << QByteArrayList{"GET /  [] close"};
        QTest::newRow("HTTP/1.0 that wants to stay")
            << "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"_ba
            << QByteArrayList{"GET /  [] keep"};
        QTest::newRow("an absolute target")
            << "GET http://host/a HTTP/1.1\r\n\r\n"_ba << QByteArrayList{"GET /a  [] keep"};
        QTest::newRow("a percent-encoded path") << "GET /models/a%3Ab HTTP/1.1\r\n\r\n"_ba
                                                << QByteArrayList{"GET /models/a:b  [] keep"};
        QTest::newRow("an unfinished head")
            << "GET / HTTP/1.1\r\nHost"_ba << QByteArrayList{"partial"};
        QTest::newRow("an unfinished body")
            << "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab"_ba << QByteArrayList{"partial"};
        const QByteArrayList bad{"refused 400"};
        QTest::newRow("no HTTP at all") << "hello\r\n\r\n"_ba << bad;
        QTest::newRow("HTTP/2") << "GET / HTTP/2\r\n\r\n"_ba << QByteArrayList{"refused 505"};
        QTest::newRow("a blank before the colon") << "GET / HTTP/1.1\r\nA : b\r\n\r\n"_ba << bad;
        QTest::newRow("a folded header") << "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"_ba << bad;
        QTest::newRow("a length and chunks")
            << "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"_ba
            << bad;
        QTest::newRow("two lengths")
            << "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n"_ba << bad;
        QTest::newRow("a negative length")
            << "POST / HTTP/1.1\r\nContent-Length: -2\r\n\r\n"_ba << bad;
        QTest::newRow("a length beyond all numbers")
            << "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n"_ba
            << QByteArrayList{"refused 413"};
        QTest::newRow("a chunk that is no number")
            << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"_ba << bad;
        QTest::newRow("a chunk longer than its size")
            << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"_ba << bad;
        QTest::newRow("an unknown transfer encoding")
            << "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"_ba
            << QByteArrayList{"refused 501"};
        QTest::newRow("a control character in the target")
            << "GET /\x01 HTTP/1.1\r\n\r\n"_ba << bad;
    }
    void requestsAreReadHoweverTheyAreCut()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, wanted);
        QCOMPARE(readAll({bytes}), wanted);
        QList<QByteArray> single;
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            single.append(bytes.mid(at, 1));
            const QByteArrayList seen = readAll({bytes.left(at), bytes.mid(at)});
            QVERIFY2(seen == wanted, qPrintable(u"cut at %1: %2"_s.arg(at).arg(
                                         QString::fromUtf8(seen.join(" | ")))));
        }
        QCOMPARE(readAll(single), wanted);
    }

    void boundsHold()
    {
        const HttpLimits small{.headBytes = 100, .headers = 3, .bodyBytes = 10};
        const QByteArray start = "POST / HTTP/1.1\r\n";
        QCOMPARE(readAll({start + "A: " + QByteArray(200, 'a')}, small),
                 QByteArrayList{"refused 431"});
        QCOMPARE(readAll({start + "A: " + QByteArray(90, 'a') + "\r\n\r\n"}, small),
                 QByteArrayList{"refused 431"});
        QCOMPARE(readAll({start + "A: b\r\nB: b\r\nC: b\r\nD: b\r\n\r\n"}, small),
                 QByteArrayList{"refused 431"});
        QCOMPARE(readAll({start + "Content-Length: 11\r\n\r\n"}, small),
                 QByteArrayList{"refused 413"});
        const QByteArray chunked = start + "Transfer-Encoding: chunked\r\n\r\n";
        QCOMPARE(readAll({chunked + "6\r\nabcdef\r\n6\r\n"}, small), QByteArrayList{"refused 413"});
        QCOMPARE(readAll({chunked + QByteArray(2000, '0')}, small), QByteArrayList{"refused 400"});
        QCOMPARE(readAll({chunked + "0\r\nA: " + QByteArray(200, 'a')}, small),
                 QByteArrayList{"refused 431"});
    }

    void expectationIsToldOnce()
    {
        HttpReader reader;
        reader.feed("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QVERIFY(reader.takeExpectation());
        QVERIFY(!reader.takeExpectation());
        reader.feed("ab");
        QCOMPARE(reader.state(), HttpReader::State::Complete);
    }
};

QTEST_GUILESS_MAIN(TestHttpReader)
#include "tst_httpreader.moc"
