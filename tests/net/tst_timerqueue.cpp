#include "net/timerqueue.h"

#include <QTest>

using namespace runnel;
using namespace std::chrono_literals;

class TestTimerQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preciseTimersAreDueToTheNanosecond()
    {
        TimerQueue queue;
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        QVERIFY(queue.nextDeadline() == start + 10ms);
        QCOMPARE(fire(queue, start + 10ms - 1ns), QList<int>());
        QCOMPARE(fire(queue, start + 10ms), QList<int>{1});
        QVERIFY(queue.nextDeadline() == start + 20ms);
    }

    void roundedTimersAreNeverEarlyAndNotMuchLate_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::addColumn<int>("mostLate");
        QTest::newRow("a short coarse timer is precise") << Qt::CoarseTimer << 39 << 0;
        QTest::newRow("a coarse timer may be 5 % late") << Qt::CoarseTimer << 200 << 10;
        QTest::newRow("a long coarse timer at most 32 ms") << Qt::CoarseTimer << 20'000 << 32;
        QTest::newRow("a short very coarse one is coarse") << Qt::VeryCoarseTimer << 500 << 25;
        QTest::newRow("a very coarse one waits for a second")
            << Qt::VeryCoarseTimer << 5000 << 1000;
    }
    void roundedTimersAreNeverEarlyAndNotMuchLate()
    {
        QFETCH(Qt::TimerType, type);
        QFETCH(int, interval);
        QFETCH(int, mostLate);
        for (auto shift = 0us; shift < 1200ms; shift += 7777us) {
            TimerQueue queue;
            const auto begin = start + shift;
            queue.add(1, interval, type, this, begin);
            for (int turn = 1; turn <= 20; ++turn) {
                const auto deadline = *queue.nextDeadline();
                const auto nominal = begin + turn * std::chrono::milliseconds(interval);
                QVERIFY(deadline >= nominal);
                QVERIFY(deadline <= nominal + std::chrono::milliseconds(mostLate));
                QCOMPARE(fire(queue, deadline), QList<int>{1});
            }
        }
    }

    void coarseTimersShareAWakeUp()
    {
        TimerQueue queue;
        for (int id = 1; id <= 32; ++id)
            queue.add(id, 20'000, Qt::CoarseTimer, this, start + id * 1ms);
        int wakeUps = 0;
        while (*queue.nextDeadline() < start + 20'100ms) {
            fire(queue, *queue.nextDeadline());
            ++wakeUps;
        }
        QVERIFY2(wakeUps <= 2, qPrintable(QString::number(wakeUps)));
    }

    void timersFireInTheOrderOfTheirDeadlines()
    {
        TimerQueue queue;
        queue.add(3, 30, Qt::PreciseTimer, this, start);
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        queue.add(2, 10, Qt::PreciseTimer, this, start);
        queue.add(4, 1000, Qt::PreciseTimer, this, start);
        QCOMPARE(fire(queue, start + 31ms), QList<int>({1, 2, 3}));
    }

    void aLateTimerSkipsWhatItMissed()
    {
        TimerQueue queue;
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        QCOMPARE(fire(queue, start + 95ms), QList<int>{1});
        QVERIFY(queue.nextDeadline() == start + 105ms);
        QCOMPARE(fire(queue, start + 112ms), QList<int>{1}); // less than an interval: no skip
        QVERIFY(queue.nextDeadline() == start + 115ms);
    }

    void zeroTimersFireOnceAPass()
    {
        TimerQueue queue;
        queue.add(1, 0, Qt::CoarseTimer, this, start);
        queue.add(2, 0, Qt::PreciseTimer, this, start);
        QCOMPARE(fire(queue, start), QList<int>({1, 2}));
        QCOMPARE(fire(queue, start), QList<int>({1, 2}));
        QVERIFY(queue.nextDeadline() == start);
    }

    void whatAnEventAddsWaitsForTheNextPass()
    {
        TimerQueue queue;
        queue.add(1, 0, Qt::PreciseTimer, this, start);
        const auto pass = queue.startPass(start);
        const auto due = queue.takeDue(pass);
        QVERIFY(due);
        queue.add(2, 0, Qt::PreciseTimer, this, start);
        queue.delivered(*due);
        QVERIFY(!queue.takeDue(pass));
        QCOMPARE(fire(queue, start), QList<int>({1, 2}));
    }

    void aTimerDoesNotInterruptItsOwnEvent()
    {
        TimerQueue queue;
        queue.add(1, 0, Qt::PreciseTimer, this, start);
        queue.add(2, 50, Qt::PreciseTimer, this, start);
        const auto pass = queue.startPass(start);
        const auto due = queue.takeDue(pass);
        QVERIFY(due);
        QVERIFY(queue.nextDeadline() == start + 50ms);
        QCOMPARE(fire(queue, start + 10ms), QList<int>());
        QCOMPARE(fire(queue, start + 50ms), QList<int>{2});
        queue.delivered(*due);
        QCOMPARE(fire(queue, start + 50ms), QList<int>{1});
    }

    void anIdUsedAgainIsAnotherTimer()
    {
        TimerQueue queue;
        queue.add(1, 0, Qt::PreciseTimer, this, start);
        const auto due = queue.takeDue(queue.startPass(start));
        QVERIFY(due);
        QVERIFY(queue.remove(1));
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        QCOMPARE(fire(queue, start + 10ms), QList<int>{1}); // in a loop nested in the first's event
        const auto second = queue.takeDue(queue.startPass(start + 20ms));
        QVERIFY(second);
        queue.delivered(*due); // the first's event ends: not the second's business
        QCOMPARE(fire(queue, start + 30ms), QList<int>());
        queue.delivered(*second);
        QCOMPARE(fire(queue, start + 40ms), QList<int>{1});
    }

    void removingTellsWhetherThereWasOne()
    {
        QObject other;
        TimerQueue queue;
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        queue.add(2, 20, Qt::CoarseTimer, this, start);
        queue.add(3, 30, Qt::VeryCoarseTimer, &other, start);
        QCOMPARE(queue.timersOf(this).size(), 2);
        QCOMPARE(queue.timersOf(&other).size(), 1);
        QCOMPARE(queue.timersOf(&other).first().timerId, 3);
        QCOMPARE(queue.timersOf(&other).first().interval, 30);
        QCOMPARE(queue.timersOf(&other).first().timerType, Qt::VeryCoarseTimer);
        QVERIFY(queue.remove(1));
        QVERIFY(!queue.remove(1));
        QVERIFY(queue.removeAll(this));
        QVERIFY(!queue.removeAll(this));
        QCOMPARE(fire(queue, start + 1s), QList<int>{3});
        QVERIFY(queue.removeAll(&other));
        QVERIFY(!queue.nextDeadline());
    }

    void remainingTimeIsRoundedUp()
    {
        TimerQueue queue;
        queue.add(1, 10, Qt::PreciseTimer, this, start);
        QVERIFY(queue.remaining(1, start) == 10ms);
        QVERIFY(queue.remaining(1, start + 1ns) == 10ms);
        QVERIFY(queue.remaining(1, start + 9500us) == 1ms);
        QVERIFY(queue.remaining(1, start + 10ms) == 0ms);
        QVERIFY(queue.remaining(1, start + 1h) == 0ms);
        QVERIFY(!queue.remaining(2, start));
    }

    void theLongestIntervalDoesNotOverflow()
    {
        TimerQueue queue;
        queue.add(1, std::numeric_limits<qint64>::max(), Qt::CoarseTimer, this, start);
        QVERIFY(*queue.nextDeadline() > start + 24h * 365 * 30);
        QCOMPARE(fire(queue, start + 24h), QList<int>());
    }

private:
    const TimerQueue::Time start{1234567891us};

    static QList<int> fire(TimerQueue &queue, TimerQueue::Time now)
    {
        QList<int> fired;
        const auto pass = queue.startPass(now);
        while (const auto due = queue.takeDue(pass)) {
            fired.append(due->id);
            queue.delivered(*due);
        }
        return fired;
    }
};

QTEST_GUILESS_MAIN(TestTimerQueue)
#include "tst_timerqueue.moc"
