#include "llm/sseparser.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

struct Parsed
{
    QList<SseEvent> events;
    bool failed = false;

    friend bool operator==(const Parsed &, const Parsed &) = default;
};

void takeAll(SseParser &parser, Parsed &parsed)
{
    for (;;) {
        const auto next = parser.next();
        if (!next) {
            parsed.failed = true;
            return;
        }
        if (!*next)
            return;
        parsed.events.append(**next);
    }
}

Parsed parse(const QList<QByteArrayView> &pieces, qsizetype maxEventBytes = 1024)
{
    SseParser parser(maxEventBytes);
    Parsed parsed;
    for (const QByteArrayView &piece : pieces) {
        parser.feed(piece);
        takeAll(parser, parsed);
    }
    parser.finish();
    takeAll(parser, parsed);
    return parsed;
}

SseEvent ev(const QByteArray &data)
{
    return {{}, data, {}, true};
}

} // namespace

class TestSseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamsAreReadTheSameWhereverTheyAreCut_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QList<SseEvent>>("events");

        QTest::newRow("Gemini's framing with CRLF")
            << "data: {\"a\":1}\r\n\r\ndata: {\"b\":\"\xf0\x9f\x98\x80\"}\r\n\r\n"_ba
            << QList{ev("{\"a\":1}"), ev("{\"b\":\"\xf0\x9f\x98\x80\"}")};
        QTest::newRow("LF") << "data: 1\n\ndata: 2\n\n"_ba << QList{ev("1"), ev("2")};
        QTest::newRow("CR") << "data: 1\r\rdata: 2\r\r"_ba << QList{ev("1"), ev("2")};
        QTest::newRow("mixed line ends")
            << "data: 1\r\n\ndata: 2\n\r\ndata: 3\r\n\r"_ba << QList{ev("1"), ev("2"), ev("3")};
        QTest::newRow("a byte order mark at the start is passed over") << "\xef\xbb\xbf"
                                                                          "data: 1\n\n"_ba
                                                                       << QList{ev("1")};
        QTest::newRow("a byte order mark later is not") << "data: 1\n\n\xef\xbb\xbf"
                                                           "data: 2\n\n"_ba
                                                        << QList{ev("1"), SseEvent{{},
                                                                                   {},
                                                                                   "\xef\xbb\xbf"
                                                                                   "data: 2",
                                                                                   true}};
        QTest::newRow("several data lines are joined")
            << "data: a\ndata:b\ndata:\ndata:  c\n\n"_ba << QList{ev("a\nb\n\n c")};
        QTest::newRow("comments are ignored")
            << ": keep-alive\n\n:\r\ndata: 1\n: in between\ndata: 2\n\n"_ba << QList{ev("1\n2")};
        QTest::newRow("a field without a colon") << "data\n\n"_ba << QList{ev("")};
        QTest::newRow("a type belongs to its event")
            << "event: error\ndata: 1\n\ndata: 2\n\n"_ba
            << QList{SseEvent{"error", "1", {}, true}, ev("2")};
        QTest::newRow("a type without data is no event")
            << "event: ping\n\n"_ba << QList<SseEvent>{};
        QTest::newRow("id and retry mean nothing")
            << "id: 7\nretry: 10\ndata: 1\n\n"_ba << QList{ev("1")};
        QTest::newRow("bare JSON between the events is kept apart")
            << "data: 1\n\n{\"error\":\n {}}\n\n"_ba
            << QList{ev("1"), SseEvent{{}, {}, "{\"error\":\n {}}", true}};
        QTest::newRow("an event that is not closed is marked")
            << "data: 1\n\ndata: 2\n"_ba << QList{ev("1"), SseEvent{{}, "2", {}, false}};
        QTest::newRow("a line that is not closed is marked")
            << "data: 1\r\n\r\ndata: 2"_ba << QList{ev("1"), SseEvent{{}, "2", {}, false}};
        QTest::newRow("NUL is a byte like any other")
            << QByteArray("data: a\0b\n\n", 11) << QList{ev(QByteArray("a\0b", 3))};
        QTest::newRow("nothing") << ""_ba << QList<SseEvent>{};
        QTest::newRow("only empty lines") << "\n\r\n\r\r\n"_ba << QList<SseEvent>{};
    }

    void streamsAreReadTheSameWhereverTheyAreCut()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QList<SseEvent>, events);
        const Parsed wanted{events, false};

        QVERIFY(parse({stream}) == wanted);
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            QVERIFY2(parse({QByteArrayView(stream).first(cut),
                            QByteArrayView(stream).sliced(cut)}) == wanted,
                     qPrintable(u"cut at %1"_s.arg(cut)));
        }
        QList<QByteArrayView> bytes;
        for (qsizetype i = 0; i < stream.size(); ++i)
            bytes.append(QByteArrayView(stream).sliced(i, 1));
        QVERIFY(parse(bytes) == wanted);
    }

    void anEventOverTheBoundIsAnErrorWhereverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::newRow("one long line") << "data: 1\n\ndata: 2345678901234567890\n\n"_ba;
        QTest::newRow("a long comment") << "data: 1\n\n: 2345678901234567890\n\n"_ba;
        QTest::newRow("many lines") << "data: 1\n\ndata: 234567\ndata: 234567\ndata: 234567\n\n"_ba;
        QTest::newRow("many stray lines") << "data: 1\n\nstray\nstray\nstray\nstray\n\n"_ba;
        QTest::newRow("a line without an end") << "data: 1\n\ndata: 2345678901234567890"_ba;
        QTest::newRow("a long type") << "data: 1\n\nevent: 123456789\ndata: 12345\n\n"_ba;
    }

    void anEventOverTheBoundIsAnErrorWhereverItIsCut()
    {
        QFETCH(QByteArray, stream);
        constexpr qsizetype bound = 18;
        const Parsed wanted{{ev("1")}, true};
        QVERIFY(parse({stream}, bound) == wanted);
        for (qsizetype cut = 0; cut <= stream.size(); ++cut) {
            QVERIFY2(parse({QByteArrayView(stream).first(cut), QByteArrayView(stream).sliced(cut)},
                           bound) == wanted,
                     qPrintable(u"cut at %1"_s.arg(cut)));
        }
        QVERIFY(!parse({stream}, 1024).failed);
    }

    void anErrorStays()
    {
        SseParser parser(8);
        parser.feed("data: 123456789\n\n");
        QVERIFY(!parser.next());
        parser.feed("data: 1\n\n");
        parser.finish();
        QVERIFY(!parser.next());
    }

    void theBoundIsForOneEventNotForTheStream()
    {
        SseParser parser(32);
        for (int i = 0; i < 1000; ++i) {
            parser.feed("data: 0123456789\r\n\r\n");
            const auto next = parser.next();
            QVERIFY(next && *next);
            QCOMPARE((*next)->data, "0123456789"_ba);
        }
    }
};

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sseparser.moc"
