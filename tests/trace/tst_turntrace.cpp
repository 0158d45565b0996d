#include "trace/tracebook.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Kind = TurnTrace::Kind;

std::shared_ptr<TurnTrace> traceOf(const QString &session, const QString &turn)
{
    auto trace = std::make_shared<TurnTrace>();
    trace->setIdentity({session, turn, u"default"_s, u"a-model"_s});
    return trace;
}

//! As a long answer does.
void fill(TurnTrace &trace)
{
    for (Seq seq = 1; seq <= 2000; ++seq)
        trace.noteAppended(seq, Kind::Chunk, 1);
}

QStringList turnsIn(const TraceBook &book)
{
    QStringList turns;
    for (const auto &trace : book.traces())
        turns.append(trace->identity().turn);
    return turns;
}

} // namespace

class TestTurnTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCameBeforeTheTurnIsNegative()
    {
        const auto now = TurnTrace::Clock::now();
        const TurnTrace trace(TurnTrace::Arrival{now - 10s, now - 3ms, now - 2ms, now - 1ms, 42});
        QVERIFY(trace.at(Station::Connected) < -9'000'000'000);
        QVERIFY(trace.at(Station::Received) <= -3'000'000);
        QVERIFY(trace.at(Station::Received) < trace.at(Station::Decoded));
        QVERIFY(trace.at(Station::Decoded) < trace.at(Station::Taken));
        QVERIFY(trace.at(Station::Taken) < 0);
        QCOMPARE(trace.at(Station::Begun), 0);
        QCOMPARE(trace.steps()[1].bytes, 42);
        QCOMPARE(trace.at(Station::Ended), TurnTrace::never);
    }

    void withoutAWebSocketItBeginsWithTheTurn()
    {
        const TurnTrace trace;
        QCOMPARE(trace.steps().size(), std::size_t(1));
        QCOMPARE(trace.at(Station::Received), TurnTrace::never);
        const auto wall = std::chrono::system_clock::now().time_since_epoch();
        QVERIFY(wall - trace.begunAt() < 5s && wall >= trace.begunAt());
    }

    void aFrameGoesFromTheStreamToTheSockets()
    {
        TurnTrace trace;
        trace.noteAppended(7, Kind::Turn, 0);
        trace.noteParsed(300);
        trace.noteAppended(8, Kind::Chunk, 5);
        trace.noteStored(7);
        QCOMPARE(trace.frames()[1].stored, TurnTrace::never);
        trace.noteStored(8);
        trace.noteWriting(8);
        trace.noteWritten(8, 90);
        const qint64 first = trace.frames()[1].written;
        trace.noteWriting(8);
        trace.noteWritten(8, 90);

        QCOMPARE(trace.firstSeq(), Seq(7));
        QCOMPARE(trace.frames()[0].parsed, TurnTrace::never); // it is ours, no model said it
        const TurnTrace::Frame &chunk = trace.frames()[1];
        QVERIFY(chunk.parsed >= 0);
        QVERIFY(chunk.parsed <= chunk.appended);
        QVERIFY(chunk.appended <= chunk.stored);
        QVERIFY(chunk.stored <= chunk.written);
        QCOMPARE(chunk.written, first);
        QVERIFY(chunk.lastWritten >= first);
        QCOMPARE(chunk.sockets, 2);
        QCOMPARE(chunk.eventBytes, 300);
        QCOMPARE(chunk.characters, 5);
        QCOMPARE(chunk.bytes, 90);
        QCOMPARE(trace.firstText(), first);
    }

    void aFrameOfAnotherTurnIsNotTakenForOneOfThis()
    {
        TurnTrace trace;
        trace.noteAppended(7, Kind::User, 1);
        trace.noteAppended(9, Kind::Chunk, 1);
        trace.noteWritten(6, 10);
        trace.noteWritten(8, 10); // the title, say
        trace.noteWritten(10, 10);
        for (const TurnTrace::Frame &frame : trace.frames())
            QCOMPARE(frame.sockets, 0);
    }

    void whatIsBeyondTheBoundsIsCounted()
    {
        TurnTrace trace({}, {3, 2});
        for (int i = 0; i < 5; ++i)
            trace.note(Station::Retrying, 0, i);
        for (Seq seq = 1; seq <= 10; ++seq)
            trace.noteAppended(seq, Kind::Chunk, 1);
        trace.noteStored(10);
        trace.noteWritten(10, 1);
        QCOMPARE(trace.steps().size(), std::size_t(3));
        QCOMPARE(trace.stepsLeftOut(), 3);
        QCOMPARE(trace.frames().size(), std::size_t(2));
        QCOMPARE(trace.framesLeftOut(), 8);
    }

    void theEndIsKnownHoweverManyStepsThereWere()
    {
        TurnTrace trace({}, {2, 2});
        trace.note(Station::Asked);
        trace.note(Station::Asked);
        trace.end(u"stop"_s);
        QCOMPARE(trace.ending(), u"stop"_s);
        QVERIFY(trace.at(Station::Ended) >= 0);
    }

    void theBookKeepsTheNewest()
    {
        TraceBook book(2);
        const auto first = traceOf(u"a"_s, u"t1"_s);
        first->noteAppended(1, Kind::Chunk, 1);
        book.keep(first);
        book.keep(traceOf(u"a"_s, u"t2"_s));
        book.keep(traceOf(u"b"_s, u"t3"_s));
        QCOMPARE(turnsIn(book), QStringList({u"t2"_s, u"t3"_s}));
        QCOMPARE(book.find(u"a"_s, u"t1"_s), nullptr);
        QVERIFY(book.find(u"a"_s, u"t2"_s));
        QCOMPARE(book.find(u"b"_s, u"t2"_s), nullptr);

        // Its session still holds it, and goes on to write.
        first->noteAppended(2, Kind::Chunk, 1);
        first->note(Station::Asked);
        first->end(u"stop"_s);
        QVERIFY(first->frames().empty());
        QVERIFY(first->steps().empty());
    }

    void whatIsForgottenTakesNoMemoryOfItsSession()
    {
        TurnTrace trace;
        const qsizetype empty = trace.bytes();
        fill(trace);
        QVERIFY(trace.bytes() > empty + qsizetype(2000 * sizeof(TurnTrace::Frame)));
        trace.forget();
        QVERIFY2(trace.bytes() < empty, qPrintable(QString::number(trace.bytes())));
    }

    void theBookTakesNoMoreMemoryThanItMay()
    {
        constexpr qsizetype most = 64 * 1024;
        TraceBook book(1000, most);
        for (int i = 0; i < 100; ++i) {
            const auto trace = traceOf(u"a"_s, QString::number(i));
            for (Seq seq = 1; seq <= 100; ++seq)
                trace->noteAppended(seq, Kind::Chunk, 1);
            book.keep(trace);
        }
        qsizetype bytes = 0;
        for (const auto &trace : book.traces())
            bytes += trace->bytes();
        QVERIFY2(bytes <= most, qPrintable(QString::number(bytes)));
        QVERIFY(book.traces().size() > 2);
        QCOMPARE(turnsIn(book).constLast(), u"99"_s);
    }

    //! Each is small when it begins; then all answers go on at the same time.
    void turnsThatRunTakeNoMoreMemoryThanTheyMay()
    {
        TraceBook book(1000);
        std::vector<std::shared_ptr<TurnTrace>> running; // as the sessions hold them
        for (int i = 0; i < 1000; ++i) {
            running.push_back(traceOf(u"a"_s, QString::number(i)));
            book.keep(running.back());
        }
        QCOMPARE(book.traces().size(), std::size_t(1000));
        for (Seq seq = 1; seq <= 2000; ++seq) {
            for (const auto &trace : running)
                trace->noteAppended(seq, Kind::Chunk, 1);
            QVERIFY(book.bytes() <= TraceBook::defaultMaxBytes);
        }
        qsizetype bytes = 0;
        for (const auto &trace : running)
            bytes += trace->bytes();
        QVERIFY2(bytes < TraceBook::defaultMaxBytes +
                             1024 * 1024, // and 1 KiB for each that is forgotten
                 qPrintable(QString::number(bytes)));
        QVERIFY(book.traces().size() > 50);
        QCOMPARE(turnsIn(book).constLast(), u"999"_s);
        for (const auto &trace : book.traces())
            QCOMPARE(trace->frames().size(), std::size_t(2000));
    }

    void theBookCountsWhatItsTracesTake()
    {
        constexpr qsizetype most = 256 * 1024;
        TraceBook book(20, most);
        const auto countedAnew = [&book] {
            qsizetype bytes = 0;
            for (const auto &trace : book.traces())
                bytes += trace->bytes();
            return bytes;
        };
        for (int i = 0; i < 30; ++i) {
            const auto trace = traceOf(u"a"_s, QString::number(i));
            book.keep(trace);
            for (Seq seq = 1; seq <= Seq(37 * i); ++seq)
                trace->noteAppended(seq, Kind::Chunk, 1);
            for (int asked = 0; asked < i; ++asked)
                trace->note(Station::Asked);
            trace->end(u"stop"_s);
            QCOMPARE(book.bytes(), countedAnew());
            QVERIFY(book.bytes() <= most);
        }
    }

    void theOnlyOneIsKeptHoweverLargeItIs()
    {
        TraceBook book(10, 4 * 1024);
        book.keep(traceOf(u"a"_s, u"t1"_s));
        const auto large = traceOf(u"a"_s, u"t2"_s);
        book.keep(large);
        fill(*large);
        QCOMPARE(turnsIn(book), QStringList(u"t2"_s));
        QCOMPARE(large->frames().size(), std::size_t(2000));
    }

    void theOldestIsItselfWhatGoesWhereItGrowsBeyondTheRoom()
    {
        TraceBook book(10, 64 * 1024);
        const auto old = traceOf(u"a"_s, u"t1"_s);
        book.keep(old);
        book.keep(traceOf(u"a"_s, u"t2"_s));
        fill(*old);
        QCOMPARE(turnsIn(book), QStringList(u"t2"_s));
        QVERIFY(old->frames().empty());
        QCOMPARE(book.bytes(), book.traces().front()->bytes());
    }

    void aTraceMayOutliveItsBook()
    {
        const auto trace = traceOf(u"a"_s, u"t1"_s);
        {
            TraceBook book(10);
            book.keep(trace);
        }
        fill(*trace);
        trace->end(u"stop"_s);
        QVERIFY(trace->frames().empty());
    }

    void theNewestOfAnAmbiguousNameIsFound()
    {
        TraceBook book(5);
        book.keep(traceOf(u"a"_s, u"t1"_s));
        const auto newer = traceOf(u"a"_s, u"t1"_s);
        book.keep(newer);
        QCOMPARE(book.find(u"a"_s, u"t1"_s), newer.get());
    }
};

QTEST_GUILESS_MAIN(TestTurnTrace)
#include "tst_turntrace.moc"
