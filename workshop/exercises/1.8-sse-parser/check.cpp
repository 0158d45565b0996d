// links: runnel_llm

#include "lib/exercise.h"
#include "llm/sseparser.h"

#include <QList>

#include <utility>
#include <vector>

using namespace runnel;
using namespace runnel::exercise;
using namespace Qt::StringLiterals;

namespace {

const QString look = u"server/llm/sseparser.cpp, SseParser::feed()"_s;
const QString lookPending = u"server/llm/sseparser.cpp, SseParser::pendingBytes()"_s;

struct Stream
{
    QString name;
    QByteArray bytes;
    QList<SseEvent> events;
    bool failed = false;
};

SseEvent event(const QByteArray &data, const QByteArray &type = {})
{
    return {type, data, {}, true};
}

const std::vector<Stream> streams = {
    {u"Two events as Gemini sends them, with CRLF"_s,
     "data: {\"a\":1}\r\n\r\ndata: {\"b\":2}\r\n\r\n",
     {event("{\"a\":1}"), event("{\"b\":2}")}},
    {u"Two events with LF alone"_s, "data: 1\n\ndata: 2\n\n", {event("1"), event("2")}},
    {u"Two events with CR alone"_s, "data: 1\r\rdata: 2\r\r", {event("1"), event("2")}},
    {u"An event of two lines"_s, "data: one\r\ndata: two\r\n\r\n", {event("one\ntwo")}},
    {u"An event with a type"_s, "event: error\r\ndata: 1\r\n\r\n", {event("1", "error")}},
    {u"A comment before an event"_s, ": alive\r\n\r\ndata: 1\r\n\r\n", {event("1")}},
    {u"An event of one letter in four bytes"_s,
     "data: \xf0\x9f\x98\x80\r\n\r\n",
     {event("\xf0\x9f\x98\x80")}},
    {u"A byte order mark at the start"_s, QByteArray("\xef\xbb\xbf") + "data: 1\n\n", {event("1")}},
    {u"A stream that ends within a line"_s,
     "data: 1\r\n\r\ndata: 2",
     {event("1"), {{}, "2", {}, false}}},
};

void takeAll(SseParser &parser, Stream &read)
{
    for (;;) {
        const auto next = parser.next();
        read.failed = !next;
        if (!next || !*next)
            return;
        read.events.append(**next);
    }
}

Stream parsed(const QList<QByteArrayView> &reads)
{
    SseParser parser(1024);
    Stream result;
    for (const QByteArrayView &bytes : reads) {
        parser.feed(bytes);
        takeAll(parser, result);
    }
    parser.finish();
    takeAll(parser, result);
    return result;
}

QString shown(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes).replace(u'\r', u"\\r"_s).replace(u'\n', u"\\n"_s);
}

QString inWords(const SseEvent &event)
{
    QString words = u"\"%1\""_s.arg(shown(event.data));
    if (!event.type.isEmpty())
        words += u" of the type \"%1\""_s.arg(shown(event.type));
    if (!event.stray.isEmpty())
        words += u" and, as no field, \"%1\""_s.arg(shown(event.stray));
    if (!event.complete)
        words += u", not closed"_s;
    return words;
}

//! What is wrong with what was read; empty where nothing is.
QString difference(const Stream &read, const Stream &wanted)
{
    if (read.failed)
        return u"the parser gives up"_s;
    for (qsizetype i = 0; i < wanted.events.size(); ++i) {
        if (i == read.events.size())
            return u"event %1, %2, does not come"_s.arg(i + 1).arg(inWords(wanted.events.at(i)));
        if (read.events.at(i) != wanted.events.at(i)) {
            return u"event %1 is to be %2 and is %3"_s.arg(i + 1).arg(inWords(wanted.events.at(i)),
                                                                      inWords(read.events.at(i)));
        }
    }
    if (read.events.size() > wanted.events.size())
        return u"after the last event comes one more, %1"_s.arg(
            inWords(read.events.at(wanted.events.size())));
    return {};
}

QString placeOf(const QByteArray &bytes, qsizetype cut)
{
    const auto isEnd = [](char c) { return c == '\r' || c == '\n'; };
    if (bytes.at(cut - 1) == '\r' && bytes.at(cut) == '\n')
        return u"between CR and LF"_s;
    return isEnd(bytes.at(cut - 1)) ? u"between two lines"_s : u"within a line"_s;
}

void checkStream(const Stream &stream)
{
    during(u"while it reads this: %1"_s.arg(stream.name), look);
    const QByteArrayView bytes(stream.bytes);
    if (const QString wrong = difference(parsed({bytes}), stream); !wrong.isEmpty()) {
        expect(false, {}, u"%1, read at once: %2."_s.arg(stream.name, wrong), look);
        return;
    }
    const qsizetype cuts = bytes.size() - 1;
    int wrongCuts = 0;
    QString first;
    for (qsizetype cut = 1; cut <= cuts; ++cut) {
        const QString wrong = difference(parsed({bytes.first(cut), bytes.sliced(cut)}), stream);
        if (wrong.isEmpty() || ++wrongCuts > 1)
            continue;
        first = u"The first, %1, %2|%3: %4"_s.arg(
            placeOf(stream.bytes, cut), shown(bytes.first(cut)), shown(bytes.sliced(cut)), wrong);
    }
    if (!expect(wrongCuts == 0,
                u"%1: the same wherever a read ends, at %2 places."_s.arg(stream.name).arg(cuts),
                u"%1: wrong if a read ends at %2 of %3 places. %4."_s.arg(stream.name)
                    .arg(wrongCuts)
                    .arg(cuts)
                    .arg(first),
                look))
        return;
    QList<QByteArrayView> single;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        single.append(bytes.sliced(i, 1));
    if (const QString wrong = difference(parsed(single), stream); !wrong.isEmpty())
        expect(false, {}, u"%1, byte by byte: %2."_s.arg(stream.name, wrong), look);
}

void checkBound()
{
    during(u"while it reads a line that never ends"_s, look);
    constexpr qsizetype bound = 1000;
    SseParser parser(bound);
    parser.feed("data: ");
    qsizetype taken = 0;
    while (taken < 10 * bound && parser.next()) {
        parser.feed("0123456789");
        taken += 10;
    }
    expect(taken <= bound, u"An event that never ends is given up at the bound."_s,
           u"Of a line that never ends, in reads of 10 bytes, the parser takes %1 bytes and more, "
           "though an event may have %2. A server that sends one takes all memory."_s.arg(taken)
               .arg(bound),
           look + u": what is asked of hasRoomFor()"_s);
}

void checkProgress()
{
    during(u"while it reads a long line in four parts"_s, look);
    SseParser parser;
    qsizetype before = 0;
    int grown = 0;
    for (const auto &part : {"data: a", " long", " event", " comes"}) {
        parser.feed(part);
        const qsizetype pending = parser.pendingBytes();
        grown += pending > before;
        before = pending;
    }
    expect(grown == 4, u"Who waits for a long event sees it grow."_s,
           u"A long line comes in 4 reads, and pendingBytes() grows with %1 of them. Who waits for "
           "an answer takes that for a server that is silent, and gives up."_s.arg(grown),
           lookPending);
    for (const auto &[when, text] :
         {std::pair("", ""), std::pair(" within an event", "data: a\n")}) {
        SseParser passing;
        passing.feed(text);
        const qsizetype pending = passing.pendingBytes();
        passing.feed(": still");
        const qsizetype within = passing.pendingBytes();
        passing.feed(" here\n");
        expect(
            within == pending && passing.pendingBytes() == pending,
            u"A comment%1 is no part of an answer."_s.arg(QLatin1StringView(when)),
            u"A comment%1 comes in 2 reads, and pendingBytes() counts it. Who waits for an answer "
            "takes a comment for some of it."_s.arg(QLatin1StringView(when)),
            lookPending);
    }
}

} // namespace

int main()
{
    endWithin(20);
    for (const Stream &stream : streams)
        checkStream(stream);
    checkBound();
    checkProgress();
    return result();
}
