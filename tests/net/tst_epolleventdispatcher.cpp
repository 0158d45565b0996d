#include "net/epolleventdispatcher.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryFile>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <atomic>
#include <functional>
#include <memory>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace runnel;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::atomic<int> epollControls = 0;

//! Two connected descriptors, each closed once.
struct Pair
{
    Pair()
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fd) != 0)
            qFatal("no socket pair");
    }
    ~Pair()
    {
        shut(0);
        shut(1);
    }
    Q_DISABLE_COPY_MOVE(Pair)

    void shut(int end)
    {
        if (fd[end] >= 0)
            ::close(fd[end]);
        fd[end] = -1;
    }
    void send(int end) const { QCOMPARE(::write(fd[end], "x", 1), 1); }
    void receive(int end) const
    {
        char byte = 0;
        QCOMPARE(::read(fd[end], &byte, 1), 1);
    }

    int fd[2] = {-1, -1};
};

//! Counts the events that it gets, and may do something in each.
class Receiver : public QObject
{
public:
    int timerEvents = 0;
    int customEvents = 0;
    QList<int> order;
    std::function<void(QEvent *)> onEvent;

protected:
    void timerEvent(QTimerEvent *event) override
    {
        ++timerEvents;
        order.append(event->timerId());
        if (onEvent)
            onEvent(event);
    }
    void customEvent(QEvent *event) override
    {
        ++customEvents;
        order.append(int(event->type()));
        if (onEvent)
            onEvent(event);
    }
};

QEvent::Type eventNumber(int n)
{
    return QEvent::Type(QEvent::User + n);
}

//! Runs an event loop for this long and says how many turns it took.
qsizetype turnsWithin(std::chrono::milliseconds time)
{
    QSignalSpy turns(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake);
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit);
    loop.exec();
    return turns.count();
}

// What a loop with nothing to do takes for itself, its timer and Qt's own housekeeping.
constexpr int fewTurns = 20;

} // namespace

//! Stands before the C library's, so that a test can say how many system calls were made.
extern "C" int epoll_ctl(int epoll, int operation, int fd, epoll_event *event) noexcept
{
    ++epollControls;
    return int(syscall(SYS_epoll_ctl, epoll, operation, fd, event));
}

//! Everything here holds for Qt's own dispatchers too, and is run with them: the program runs
//! through it once for each, and the dispatcher is the name of the row.
class TestEpollEventDispatcher : public QObject
{
    Q_OBJECT

public:
    explicit TestEpollEventDispatcher(const char *dispatcherName)
        : m_name(dispatcherName)
    {}

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<bool>("isEpoll");
        QTest::newRow(m_name) << (qstrcmp(m_name, "epoll") == 0);
    }

    void init() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }

    void theApplicationHasTheDispatcherOfTheRow()
    {
        QFETCH_GLOBAL(bool, isEpoll);
        auto *dispatcher = QAbstractEventDispatcher::instance();
        QCOMPARE(qobject_cast<EpollEventDispatcher *>(dispatcher) != nullptr, isEpoll);
        QCOMPARE(dispatcher->parent(), qApp);
        QCOMPARE(dispatcher->thread(), QThread::currentThread());
    }

    // Timers

    void timersAreListedAndFire_data()
    {
        QTest::addColumn<Qt::TimerType>("type");
        QTest::addColumn<int>("interval");
        QTest::newRow("a precise timer of 10 ms") << Qt::PreciseTimer << 10;
        QTest::newRow("a coarse timer of 200 ms") << Qt::CoarseTimer << 200;
        QTest::newRow("a very coarse timer of a second") << Qt::VeryCoarseTimer << 1000;
    }
    void timersAreListedAndFire()
    {
        QFETCH(Qt::TimerType, type);
        QFETCH(int, interval);
        auto *dispatcher = QAbstractEventDispatcher::instance();
        Receiver receiver;
        const int id = dispatcher->registerTimer(interval, type, &receiver);
        QVERIFY(id > 0);
        auto listed = dispatcher->registeredTimers(&receiver);
        QCOMPARE(listed.size(), 1);
        QCOMPARE(listed.first().timerId, id);
        QCOMPARE(listed.first().interval, interval);
        QCOMPARE(listed.first().timerType, type);
        QVERIFY(dispatcher->registeredTimers(this).isEmpty());

        QElapsedTimer clock;
        clock.start();
        while (receiver.timerEvents == 0)
            dispatcher->processEvents(QEventLoop::WaitForMoreEvents);
        if (type == Qt::PreciseTimer)
            QVERIFY(clock.nsecsElapsed() >= std::chrono::nanoseconds(9ms).count());
        QVERIFY(clock.elapsed() < 2 * interval + 1000);

        QVERIFY(dispatcher->unregisterTimer(id));
        QVERIFY(!dispatcher->unregisterTimer(id));
        QVERIFY(dispatcher->registeredTimers(&receiver).isEmpty());
        const int before = receiver.timerEvents;
        turnsWithin(std::chrono::milliseconds(type == Qt::PreciseTimer ? 50 : 1));
        QCOMPARE(receiver.timerEvents, before);
    }

    void allTimersOfAnObjectCanBeRemoved()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        Receiver receiver;
        dispatcher->registerTimer(1, Qt::PreciseTimer, &receiver);
        dispatcher->registerTimer(2, Qt::CoarseTimer, &receiver);
        QVERIFY(dispatcher->unregisterTimers(&receiver));
        QVERIFY(!dispatcher->unregisterTimers(&receiver));
        turnsWithin(20ms);
        QCOMPARE(receiver.timerEvents, 0);
    }

    void timersFireInTheOrderOfTheirDeadlines()
    {
        Receiver receiver;
        const int third = receiver.startTimer(30, Qt::PreciseTimer);
        const int first = receiver.startTimer(10, Qt::PreciseTimer);
        const int second = receiver.startTimer(20, Qt::PreciseTimer);
        receiver.onEvent = [&](QEvent *event) {
            receiver.killTimer(static_cast<QTimerEvent *>(event)->timerId());
        };
        QThread::msleep(40); // all are late: they come in one turn
        QTRY_COMPARE(receiver.order, QList<int>({first, second, third}));
    }

    void remainingTimeCountsDown()
    {
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        QCOMPARE(timer.remainingTime(), -1);
        timer.start(2000);
        const int atStart = timer.remainingTime();
        QVERIFY2(atStart > 1900 && atStart <= 2000, qPrintable(QString::number(atStart)));
        turnsWithin(50ms);
        const int later = timer.remainingTime();
        QVERIFY2(later <= 1951, qPrintable(QString::number(later)));
        timer.start(0);
        QCOMPARE(timer.remainingTime(), 0);
        timer.start(1);
        QThread::msleep(5);
        QCOMPARE(timer.remainingTime(), 0);
        timer.stop();
        QCOMPARE(timer.remainingTime(), -1);
    }

    void remainingTimeInsideTheSlotIsThatOfTheNextTurn()
    {
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        int remaining = -2;
        connect(&timer, &QTimer::timeout, this, [&] {
            remaining = timer.remainingTime();
            timer.stop();
        });
        timer.start(300);
        QTRY_VERIFY(remaining != -2);
        QVERIFY2(remaining > 100 && remaining <= 300, qPrintable(QString::number(remaining)));
    }

    void aTimerMayBeStoppedInItsOwnEvent()
    {
        Receiver receiver;
        receiver.startTimer(0);
        receiver.onEvent = [&](QEvent *event) {
            receiver.killTimer(static_cast<QTimerEvent *>(event)->timerId());
        };
        turnsWithin(20ms);
        QCOMPARE(receiver.timerEvents, 1);
    }

    void aTimerMayBeStartedAgainInItsOwnEvent()
    {
        QTimer timer;
        timer.setTimerType(Qt::PreciseTimer);
        QList<int> intervals;
        connect(&timer, &QTimer::timeout, this, [&] {
            intervals.append(timer.interval());
            if (intervals.size() == 3)
                timer.stop();
            else
                timer.start(timer.interval() * 2);
        });
        QElapsedTimer clock;
        clock.start();
        timer.start(5);
        QTRY_COMPARE(intervals, QList<int>({5, 10, 20}));
        QVERIFY(clock.nsecsElapsed() >= std::chrono::nanoseconds(34ms).count());
    }

    void anObjectMayBeDeletedInItsOwnTimerEvent()
    {
        auto *doomed = new Receiver;
        QPointer<Receiver> alive = doomed;
        doomed->startTimer(1);
        doomed->startTimer(0);
        doomed->onEvent = [doomed](QEvent *) { delete doomed; };
        QTRY_VERIFY(!alive);
        turnsWithin(5ms);
    }

    void aTimerMayRemoveAnotherThatIsDue()
    {
        Receiver first;
        Receiver second;
        first.startTimer(1, Qt::PreciseTimer);
        const int victim = second.startTimer(1, Qt::PreciseTimer);
        first.onEvent = [&](QEvent *) { second.killTimer(victim); };
        QThread::msleep(5);
        QTRY_VERIFY(first.timerEvents > 0);
        QCOMPARE(second.timerEvents, 0);
    }

    void zeroTimersFireOnceATurnAndStarveNobody()
    {
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        int read = 0;
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            pair.receive(0);
            ++read;
        });
        Receiver zero;
        zero.startTimer(0);
        QTimer soon;
        QSignalSpy fired(&soon, &QTimer::timeout);
        soon.start(5);
        pair.send(1);
        QTRY_COMPARE(read, 1);
        QTRY_VERIFY(fired.count() > 1);

        QCoreApplication::processEvents();
        zero.timerEvents = 0;
        auto *dispatcher = QAbstractEventDispatcher::instance();
        dispatcher->processEvents(QEventLoop::AllEvents);
        QCOMPARE(zero.timerEvents, 1);
    }

    void aZeroTimerDoesNotInterruptItself()
    {
        Receiver zero;
        zero.startTimer(0);
        int depth = 0;
        int deepest = 0;
        zero.onEvent = [&](QEvent *) {
            deepest = std::max(deepest, ++depth);
            if (zero.timerEvents < 5)
                turnsWithin(3ms);
            --depth;
        };
        QTRY_VERIFY(zero.timerEvents >= 5);
        QCOMPARE(deepest, 1);
    }

    void theEventOfATimerDoesNotKeepANestedLoopSpinning()
    {
        Receiver zero;
        const int id = zero.startTimer(0);
        qsizetype turns = 0;
        zero.onEvent = [&](QEvent *) {
            turns = turnsWithin(50ms);
            zero.killTimer(id);
        };
        QTRY_COMPARE(zero.timerEvents, 1);
        QVERIFY2(turns < fewTurns, qPrintable(QString::number(turns)));
    }

    void twoThousandTimersAllFire()
    {
        constexpr int count = 2000;
        std::vector<std::unique_ptr<QTimer>> timers;
        std::vector<int> fired(count, 0);
        int different = 0;
        for (int i = 0; i < count; ++i) {
            timers.push_back(std::make_unique<QTimer>());
            connect(timers.back().get(), &QTimer::timeout, this, [&, i] {
                if (fired[std::size_t(i)]++ > 0)
                    return;
                ++different;
                if (i % 3 == 0)
                    timers[std::size_t(i)]->start(1 + i % 50); // begins anew
                if (i % 3 == 1)
                    timers[std::size_t((i + 7) % count)]->setInterval(1 + i % 40);
            });
            timers.back()->setTimerType(i % 2 ? Qt::PreciseTimer : Qt::CoarseTimer);
            timers.back()->start(1 + i % 100);
        }
        QTRY_COMPARE(different, count);
    }

    // Posted events

    void postedEventsAreSent_data()
    {
        QTest::addColumn<int>("flags");
        QTest::newRow("with no flag") << int(QEventLoop::AllEvents);
        QTest::newRow("without user input") << int(QEventLoop::ExcludeUserInputEvents);
        QTest::newRow("without sockets") << int(QEventLoop::ExcludeSocketNotifiers);
        QTest::newRow("without timers") << int(QEventLoop::X11ExcludeTimers);
        QTest::newRow("waiting") << int(QEventLoop::WaitForMoreEvents);
        QTest::newRow("waiting without anything")
            << int(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeUserInputEvents |
                   QEventLoop::ExcludeSocketNotifiers | QEventLoop::X11ExcludeTimers);
    }
    void postedEventsAreSent()
    {
        QFETCH(int, flags);
        Receiver receiver;
        QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
        QElapsedTimer clock;
        clock.start();
        while (receiver.customEvents == 0 && clock.elapsed() < 1000)
            QAbstractEventDispatcher::instance()->processEvents(
                QEventLoop::ProcessEventsFlags(flags));
        QCOMPARE(receiver.customEvents, 1);
        QVERIFY(clock.elapsed() < 200);
    }

    void aTurnSendsOnlyWhatWasPostedBefore()
    {
        QCoreApplication::processEvents();
        Receiver receiver;
        receiver.onEvent = [&](QEvent *event) {
            if (event->type() < eventNumber(3))
                QCoreApplication::postEvent(&receiver, new QEvent(QEvent::Type(event->type() + 1)));
        };
        QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
        for (int turn = 1; turn <= 3; ++turn) {
            QVERIFY(QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents) ||
                    turn == 3);
            QCOMPARE(receiver.customEvents, turn);
        }
    }

    void aTurnWithoutWorkSaysSo()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        QElapsedTimer clock;
        clock.start();
        while (dispatcher->processEvents(QEventLoop::AllEvents))
            QVERIFY(clock.elapsed() < 2000);
        QVERIFY(!dispatcher->processEvents(QEventLoop::AllEvents));
        Receiver receiver;
        QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
        QVERIFY(dispatcher->processEvents(QEventLoop::AllEvents));
    }

    void threadsPostEventsAndNoneIsLost()
    {
        constexpr int threadCount = 4;
        constexpr int eventCount = 5000;
        Receiver receiver;
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < threadCount; ++i) {
            threads.emplace_back(QThread::create([&receiver, i] {
                for (int n = 0; n < eventCount; ++n) {
                    QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(i)));
                    if (n % 64 == 0)
                        QThread::usleep(50); // lets the other side fall asleep now and then
                }
            }));
            threads.back()->start();
        }
        QEventLoop loop;
        receiver.onEvent = [&](QEvent *) {
            if (receiver.customEvents == threadCount * eventCount)
                loop.quit();
        };
        QTimer::singleShot(20s, &loop, &QEventLoop::quit);
        loop.exec();
        QCOMPARE(receiver.customEvents, threadCount * eventCount);
        for (const auto &thread : threads)
            QVERIFY(thread->wait(10'000));
    }

    //! Each event is posted only when the one before has arrived, so the loop is asleep, or just
    //! about to be, whenever it is woken.
    void aSleepingLoopIsWokenEachTime()
    {
        constexpr int rounds = 5000;
        std::atomic<int> arrived = 0;
        std::atomic<bool> gaveUp = false;
        Receiver receiver;
        QEventLoop loop;
        receiver.onEvent = [&](QEvent *) {
            if (++arrived == rounds)
                loop.quit();
        };
        std::unique_ptr<QThread> poster(QThread::create([&] {
            for (int n = 0; n < rounds && !gaveUp; ++n) {
                QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
                while (arrived <= n && !gaveUp)
                    QThread::yieldCurrentThread();
            }
        }));
        poster->start();
        QTimer::singleShot(20s, &loop, [&] {
            gaveUp = true;
            loop.quit();
        });
        loop.exec();
        QVERIFY(poster->wait(10'000));
        QCOMPARE(arrived.load(), rounds);
    }

    void aCallFromAnotherThreadEndsTheWait_data()
    {
        QTest::addColumn<bool>("interrupt");
        QTest::addColumn<int>("flags");
        for (const bool interrupt : {false, true}) {
            const QByteArray what = interrupt ? "interrupt" : "wake-up";
            QTest::newRow(QByteArray(what + " of a wait for anything").constData())
                << interrupt << int(QEventLoop::WaitForMoreEvents);
            QTest::newRow(QByteArray(what + " of a wait without sockets").constData())
                << interrupt
                << int(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeSocketNotifiers);
        }
    }
    void aCallFromAnotherThreadEndsTheWait()
    {
        QFETCH(bool, interrupt);
        QFETCH(int, flags);
        auto *dispatcher = QAbstractEventDispatcher::instance();
        while (dispatcher->processEvents(QEventLoop::AllEvents)) {
        }
        std::atomic<bool> called = false;
        std::unique_ptr<QThread> caller;
        const auto start = [&] {
            if (caller)
                return;
            caller.reset(QThread::create([&] {
                QThread::msleep(20);
                called = true;
                interrupt ? dispatcher->interrupt() : dispatcher->wakeUp();
            }));
            caller->start();
        };
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, start);
        QElapsedTimer clock;
        clock.start();
        while (!called && clock.elapsed() < 5000)
            dispatcher->processEvents(QEventLoop::ProcessEventsFlags(flags));
        disconnect(dispatcher, nullptr, this, nullptr);
        QVERIFY(called);
        QVERIFY(caller->wait(5000));
    }

    void aLoopEndedByAnotherThreadEnds()
    {
        for (int round = 0; round < 500; ++round) {
            QEventLoop loop;
            std::unique_ptr<QThread> caller(QThread::create([&] { loop.exit(round); }));
            QTimer::singleShot(0, &loop, [&] { caller->start(); });
            QCOMPARE(loop.exec(), round);
            QVERIFY(caller->wait(5000));
        }
    }

    void theLoopTellsWhenItSleepsAndWakes()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        while (dispatcher->processEvents(QEventLoop::AllEvents)) {
        }
        QSignalSpy asleep(dispatcher, &QAbstractEventDispatcher::aboutToBlock);
        QSignalSpy awake(dispatcher, &QAbstractEventDispatcher::awake);
        dispatcher->processEvents(QEventLoop::AllEvents);
        QCOMPARE(asleep.count(), 0);
        QVERIFY(awake.count() > 0);
        turnsWithin(30ms);
        QVERIFY(asleep.count() > 0);
        QVERIFY(awake.count() > 1);
    }

    void whatIsPostedJustBeforeTheSleepPreventsIt()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        Receiver receiver;
        QEventLoop loop;
        receiver.onEvent = [&](QEvent *) { loop.quit(); };
        connect(
            dispatcher, &QAbstractEventDispatcher::aboutToBlock, &receiver,
            [&] { QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1))); },
            Qt::SingleShotConnection);
        QTimer::singleShot(10s, &loop, [&] { loop.exit(1); });
        QCOMPARE(loop.exec(), 0);
    }

    // Nested loops

    void loopsNestInTimersSocketsAndEvents()
    {
        Pair pair;
        QStringList ended;
        QEventLoop outer;
        QEventLoop inTimer;
        QEventLoop inSocket;
        QEventLoop inEvent;
        Receiver receiver;
        receiver.onEvent = [&](QEvent *) {
            QTimer::singleShot(5, &inEvent, &QEventLoop::quit);
            inEvent.exec();
            ended.append(u"event"_s);
            inSocket.quit();
        };
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            pair.receive(0);
            QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
            inSocket.exec();
            ended.append(u"socket"_s);
            inTimer.quit();
        });
        QTimer::singleShot(0, this, [&] {
            pair.send(1);
            inTimer.exec();
            ended.append(u"timer"_s);
            outer.quit();
        });
        QTimer::singleShot(10s, &outer, [&] { outer.exit(1); });
        QCOMPARE(outer.exec(), 0);
        QCOMPARE(ended, QStringList({u"event"_s, u"socket"_s, u"timer"_s}));
    }

    void anOuterLoopEndedFromWithinEndsWhenTheInnerHas()
    {
        QEventLoop outer;
        QEventLoop inner;
        QTimer::singleShot(0, &inner, [&] {
            outer.exit(3);
            QTimer::singleShot(10, &inner, &QEventLoop::quit);
            inner.exec();
        });
        QTimer::singleShot(10s, &outer, [&] { outer.exit(1); });
        QCOMPARE(outer.exec(), 3);
    }

    //! Qt's poll dispatcher goes to sleep here: the inner turn takes the outer's interruption away.
    void anOuterLoopEndedBeforeAnInnerTurnDoesNotSleep()
    {
        QFETCH_GLOBAL(bool, isEpoll);
        if (!isEpoll && !isGlibRow())
            QSKIP("Qt's poll dispatcher sleeps here");
        QEventLoop outer;
        Receiver receiver;
        receiver.onEvent = [&](QEvent *) {
            outer.exit(3);
            QCoreApplication::processEvents();
            QCoreApplication::processEvents();
        };
        QCoreApplication::postEvent(&receiver, new QEvent(eventNumber(1)));
        QTimer::singleShot(10s, &outer, [&] { outer.exit(1); });
        QCOMPARE(outer.exec(), 3);
    }

    void deferredDeletionWaitsForTheRightLoop()
    {
        QPointer<QObject> doomed = new QObject;
        bool aliveInside = false;
        QEventLoop outer;
        QTimer::singleShot(0, &outer, [&] {
            doomed->deleteLater();
            turnsWithin(5ms);
            aliveInside = !doomed.isNull();
            QTimer::singleShot(5, &outer, &QEventLoop::quit);
        });
        outer.exec();
        QVERIFY(aliveInside);
        QVERIFY(!doomed);
    }

    // Socket notifiers

    void aDescriptorIsReadAndWrittenAtOnce()
    {
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        QSocketNotifier writer(pair.fd[0], QSocketNotifier::Write);
        int read = 0;
        int written = 0;
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            pair.receive(0);
            ++read;
        });
        connect(&writer, &QSocketNotifier::activated, this, [&] { ++written; });
        pair.send(1);
        QTRY_COMPARE(read, 1);
        QTRY_VERIFY(written > 1); // level-triggered: as long as there is room
        writer.setEnabled(false);
        const int writtenBefore = written;
        pair.send(1);
        QTRY_COMPARE(read, 2);
        QCOMPARE(written, writtenBefore);
        reader.setEnabled(false);
        pair.send(1);
        QVERIFY(turnsWithin(20ms) < fewTurns);
        QCOMPARE(read, 2);
        reader.setEnabled(true);
        QTRY_COMPARE(read, 3);
    }

    void urgentDataIsAnException()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        // Not a QTcpSocket, because that reads urgent data in line.
        const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(server.serverPort());
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QCOMPARE(::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        QTRY_VERIFY(server.hasPendingConnections());
        std::unique_ptr<QTcpSocket> peer(server.nextPendingConnection());
        {
            QSocketNotifier urgent(fd, QSocketNotifier::Exception);
            int seen = 0;
            connect(&urgent, &QSocketNotifier::activated, this, [&] {
                char byte = 0;
                QCOMPARE(::recv(fd, &byte, 1, MSG_OOB), 1);
                QCOMPARE(byte, '!');
                ++seen;
            });
            QCOMPARE(::send(int(peer->socketDescriptor()), "!", 1, MSG_OOB), 1);
            QTRY_COMPARE(seen, 1);
        }
        ::close(fd);
    }

    void aHangUpWakesWhoListensAndNobodyElse()
    {
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        int hangUps = 0;
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            char byte = 0;
            QCOMPARE(::read(pair.fd[0], &byte, 1), 0);
            ++hangUps;
            reader.setEnabled(false);
        });
        pair.shut(1);
        QTRY_COMPARE(hangUps, 1);
        QVERIFY(turnsWithin(30ms) < fewTurns); // nobody is armed: the hang-up must not spin
        reader.setEnabled(true);
        QTRY_COMPARE(hangUps, 2);
    }

    void aWriterLearnsOfAHangUp()
    {
        int ends[2] = {-1, -1};
        QCOMPARE(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
        {
            QSocketNotifier writer(ends[1], QSocketNotifier::Write);
            bool told = false;
            while (::write(ends[1], "0123456789abcdef", 16) > 0) {
            }
            connect(&writer, &QSocketNotifier::activated, this, [&] {
                told = true;
                writer.setEnabled(false);
            });
            turnsWithin(5ms);
            QVERIFY(!told);
            ::close(ends[0]);
            QTRY_VERIFY(told);
        }
        ::close(ends[1]);
    }

    void notifiersMayGoInASlot_data()
    {
        QTest::addColumn<bool>("disableOnly");
        QTest::newRow("deleted") << false;
        QTest::newRow("disabled") << true;
    }
    //! Many are ready in the same turn, and the first that is told takes itself and all others
    //! away.
    void notifiersMayGoInASlot()
    {
        QFETCH(bool, disableOnly);
        constexpr int count = 20;
        std::vector<std::unique_ptr<Pair>> pairs;
        std::vector<QSocketNotifier *> notifiers;
        int told = 0;
        for (int i = 0; i < count; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            pairs.back()->send(1);
            for (const auto type : {QSocketNotifier::Read, QSocketNotifier::Write}) {
                notifiers.push_back(new QSocketNotifier(pairs.back()->fd[0], type));
                connect(notifiers.back(), &QSocketNotifier::activated, this, [&] {
                    ++told;
                    for (QSocketNotifier *notifier : notifiers)
                        notifier->setEnabled(false);
                    if (!disableOnly) {
                        qDeleteAll(notifiers);
                        notifiers.clear();
                    }
                });
            }
        }
        QTRY_COMPARE(told, 1);
        QVERIFY(turnsWithin(10ms) < fewTurns);
        QCOMPARE(told, 1);
        qDeleteAll(notifiers);
    }

    //! The first of many runs an event loop: the others are told in it, each once.
    void aNestedLoopGoesOnWithTheOthers()
    {
        constexpr int count = 20;
        std::vector<std::unique_ptr<Pair>> pairs;
        std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
        QEventLoop inner;
        int told = 0;
        int toldInside = -1;
        for (int i = 0; i < count; ++i) {
            pairs.push_back(std::make_unique<Pair>());
            const Pair *pair = pairs.back().get();
            notifiers.push_back(
                std::make_unique<QSocketNotifier>(pair->fd[0], QSocketNotifier::Read));
            connect(notifiers.back().get(), &QSocketNotifier::activated, this, [&, pair] {
                pair->receive(0);
                if (++told == 1) {
                    QTimer::singleShot(10s, &inner, [&] { inner.exit(1); });
                    inner.exec();
                    toldInside = told;
                } else if (told == count) {
                    inner.quit();
                }
            });
            pair->send(1);
        }
        QTRY_COMPARE(toldInside, count);
        turnsWithin(5ms);
        QCOMPARE(told, count);
    }

    void excludedSocketsWaitForTheirTurn()
    {
        if (isGlibRow())
            QSKIP("Qt's glib dispatcher does not know the flag");
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        int read = 0;
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            pair.receive(0);
            ++read;
        });
        pair.send(1);
        QSignalSpy turns(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake);
        QEventLoop loop;
        QTimer::singleShot(30, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::ExcludeSocketNotifiers);
        QCOMPARE(read, 0);
        QVERIFY2(turns.count() < fewTurns, qPrintable(QString::number(turns.count())));
        QTRY_COMPARE(read, 1);
    }

    void excludedTimersWaitForTheirTurn()
    {
        Receiver receiver;
        receiver.startTimer(0);
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        QEventLoop loop;
        connect(&reader, &QSocketNotifier::activated, &loop, [&] {
            pair.receive(0);
            loop.quit();
        });
        QSignalSpy turns(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake);
        std::unique_ptr<QThread> sender(QThread::create([&] {
            QThread::msleep(30);
            pair.send(1);
        }));
        sender->start();
        loop.exec(QEventLoop::X11ExcludeTimers);
        QVERIFY(sender->wait(5000));
        QCOMPARE(receiver.timerEvents, 0);
        if (isGlibRow())
            return; // Qt 6.8's keeps the timers back, but spins meanwhile
        QVERIFY(turns.count() < fewTurns);
    }

    void aDescriptorClosedUnderItsNotifierDoesNoHarm()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!.*(Invalid socket|Multiple socket))"_s));
        auto pair = std::make_unique<Pair>();
        const int number = pair->fd[0];
        auto old = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        turnsWithin(5ms);
        pair.reset();
        QVERIFY(turnsWithin(30ms) < fewTurns);

        Pair next; // takes the same number
        QCOMPARE(next.fd[0], number);
        int read = 0;
        QSocketNotifier reader(next.fd[0], QSocketNotifier::Read);
        connect(&reader, &QSocketNotifier::activated, this, [&] {
            next.receive(0);
            ++read;
        });
        next.send(1);
        QTRY_COMPARE(read, 1);
        old.reset();
        next.send(1);
        QTRY_COMPARE(read, 2);
    }

    void aNumberUsedAgainInTheSameTurnIsAnotherDescriptor()
    {
        for (int round = 0; round < 10; ++round) {
            auto pair = std::make_unique<Pair>();
            const int number = pair->fd[0];
            auto old = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
            bool stale = false;
            connect(old.get(), &QSocketNotifier::activated, this, [&] { stale = true; });
            QCoreApplication::processEvents();
            pair->send(1);
            old.reset();
            pair.reset();

            Pair next;
            QCOMPARE(next.fd[0], number);
            int read = 0;
            QSocketNotifier reader(next.fd[0], QSocketNotifier::Read);
            connect(&reader, &QSocketNotifier::activated, this, [&] {
                next.receive(0);
                ++read;
            });
            QVERIFY(turnsWithin(2ms) < fewTurns);
            QCOMPARE(read, 0);
            next.send(1);
            QTRY_COMPARE(read, 1);
            QVERIFY(!stale);
        }
    }

    //! epoll goes on reporting a file that lives on under another number, and cannot be told to
    //! stop.
    void aClosedDescriptorWhoseFileLivesOnDoesNotSpin()
    {
        Pair pair;
        Pair other;
        const int number = ::dup(pair.fd[0]);
        int elsewhere = 0;
        QSocketNotifier untouched(other.fd[0], QSocketNotifier::Read);
        connect(&untouched, &QSocketNotifier::activated, this, [&] {
            other.receive(0);
            ++elsewhere;
        });
        {
            QSocketNotifier careless(number, QSocketNotifier::Read);
            turnsWithin(2ms);
            ::close(number);
        }
        pair.send(1); // readable, and nobody listens
        QVERIFY(turnsWithin(30ms) < fewTurns);
        other.send(1);
        QTRY_COMPARE(elsewhere, 1);
    }

    void aPlainFileIsAlwaysReady()
    {
        QTemporaryFile file;
        QVERIFY(file.open());
        int read = 0;
        {
            QSocketNotifier reader(file.handle(), QSocketNotifier::Read);
            connect(&reader, &QSocketNotifier::activated, this, [&] {
                if (++read == 3)
                    reader.setEnabled(false);
            });
            QTRY_COMPARE(read, 3);
            QVERIFY(turnsWithin(10ms) < fewTurns);
            reader.setEnabled(true);
            QTRY_VERIFY(read > 5);
        }
        QVERIFY(turnsWithin(10ms) < fewTurns);
    }

    void aDescriptorThatIsNoneIsRefusedAloud()
    {
        const int number = ::dup(0);
        ::close(number);
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(u"Invalid socket %1 .*disabling"_s.arg(number)));
        QSocketNotifier reader(number, QSocketNotifier::Read);
        QTRY_VERIFY(!reader.isEnabled());
    }

    void aWriterThatGoesOnAndOffCostsNoSystemCall()
    {
        QFETCH_GLOBAL(bool, isEpoll);
        Pair pair;
        QSocketNotifier reader(pair.fd[0], QSocketNotifier::Read);
        QSocketNotifier writer(pair.fd[0], QSocketNotifier::Write);
        writer.setEnabled(false);
        turnsWithin(1ms);
        const int before = epollControls;
        for (int i = 0; i < 10; ++i) {
            writer.setEnabled(true);
            writer.setEnabled(false);
            turnsWithin(1ms);
        }
        QCOMPARE(epollControls - before, 0);
        writer.setEnabled(true);
        turnsWithin(1ms);
        QCOMPARE(epollControls - before, isEpoll ? 1 : 0);
    }

    void notifiersAndTimersMoveBetweenThreads()
    {
        Pair pair;
        QThread thread;
        if (isEpollRow())
            thread.setEventDispatcher(new EpollEventDispatcher);
        thread.start();
        QObject worker;
        auto *reader = new QSocketNotifier(pair.fd[0], QSocketNotifier::Read, &worker);
        auto *timer = new QTimer(&worker);
        std::atomic<int> read = 0;
        std::atomic<int> ticks = 0;
        std::atomic<QThread *> readIn = nullptr;
        connect(reader, &QSocketNotifier::activated, &worker, [&] {
            pair.receive(0);
            readIn = QThread::currentThread();
            ++read;
        });
        connect(timer, &QTimer::timeout, &worker, [&] { ++ticks; });
        timer->start(1);
        turnsWithin(5ms);
        worker.moveToThread(&thread);
        const int ticksHere = ticks;
        pair.send(1);
        QTRY_COMPARE(read.load(), 1);
        QCOMPARE(readIn.load(), &thread);
        QTRY_VERIFY(ticks > ticksHere);

        QThread *const home = QThread::currentThread();
        QVERIFY(QMetaObject::invokeMethod(
            &worker, [&] { worker.moveToThread(home); }, Qt::BlockingQueuedConnection));
        pair.send(1);
        QTRY_COMPARE(read.load(), 2);
        QCOMPARE(readIn.load(), home);
        thread.quit();
        QVERIFY(thread.wait(5000));
    }

    // What Qt builds on it

    void manyTcpConnectionsEcho()
    {
        constexpr int count = 200;
        const QByteArray payload(20'000, 'r');
        QTcpServer server;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket *peer = server.nextPendingConnection()) {
                connect(peer, &QTcpSocket::readyRead, peer,
                        [peer] { peer->write(peer->readAll()); });
                connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
            }
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        server.setMaxPendingConnections(count);
        std::vector<std::unique_ptr<QTcpSocket>> clients;
        int complete = 0;
        int gone = 0;
        for (int i = 0; i < count; ++i) {
            clients.push_back(std::make_unique<QTcpSocket>());
            QTcpSocket *const client = clients.back().get();
            connect(client, &QTcpSocket::connected, this,
                    [client, &payload] { client->write(payload); });
            connect(client, &QTcpSocket::readyRead, this, [&, client] {
                if (client->bytesAvailable() < payload.size())
                    return;
                QCOMPARE(client->readAll(), payload);
                ++complete;
                client->disconnectFromHost();
            });
            connect(client, &QTcpSocket::disconnected, this, [&] { ++gone; });
            client->connectToHost(QHostAddress::LocalHost, server.serverPort());
        }
        QTRY_COMPARE_WITH_TIMEOUT(complete, count, 20'000);
        QTRY_COMPARE(gone, count);
    }

    void aRefusedConnectionIsReported()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        server.close();
        QTcpSocket client;
        QSignalSpy error(&client, &QTcpSocket::errorOccurred);
        client.connectToHost(QHostAddress::LocalHost, port);
        QVERIFY(error.count() > 0 || error.wait());
        QCOMPARE(client.error(), QAbstractSocket::ConnectionRefusedError);
    }

    void networkAccessManagerDownloads()
    {
        const QByteArray body(300'000, 'b');
        QTcpServer server;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *peer = server.nextPendingConnection();
            connect(peer, &QTcpSocket::readyRead, peer, [peer, &body] {
                if (!peer->readAll().endsWith("\r\n\r\n"))
                    return;
                peer->write("HTTP/1.1 200 OK\r\nContent-Length: " +
                            QByteArray::number(body.size()) + "\r\n\r\n");
                peer->write(body);
            });
            connect(peer, &QTcpSocket::disconnected, peer, &QObject::deleteLater);
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QNetworkAccessManager manager;
        QUrl url;
        url.setScheme(u"http"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(server.serverPort());
        int complete = 0;
        for (int i = 0; i < 12; ++i) {
            QNetworkReply *reply = manager.get(QNetworkRequest(url));
            connect(reply, &QNetworkReply::finished, this, [&, reply] {
                QCOMPARE(reply->error(), QNetworkReply::NoError);
                QCOMPARE(reply->readAll(), body);
                ++complete;
                reply->deleteLater();
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(complete, 12, 20'000);
    }

    void webSocketsEcho()
    {
        QWebSocketServer server(u"echo"_s, QWebSocketServer::NonSecureMode);
        connect(&server, &QWebSocketServer::newConnection, this, [&] {
            QWebSocket *peer = server.nextPendingConnection();
            connect(peer, &QWebSocket::textMessageReceived, peer, &QWebSocket::sendTextMessage);
            connect(peer, &QWebSocket::disconnected, peer, &QObject::deleteLater);
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        std::vector<std::unique_ptr<QWebSocket>> clients;
        int echoes = 0;
        for (int i = 0; i < 20; ++i) {
            clients.push_back(std::make_unique<QWebSocket>());
            QWebSocket *const client = clients.back().get();
            connect(client, &QWebSocket::connected, this,
                    [client] { client->sendTextMessage(u"0"_s); });
            connect(client, &QWebSocket::textMessageReceived, this,
                    [&, client](const QString &text) {
                        ++echoes;
                        if (text.toInt() < 49)
                            client->sendTextMessage(QString::number(text.toInt() + 1));
                    });
            client->open(server.serverUrl());
        }
        QTRY_COMPARE_WITH_TIMEOUT(echoes, 20 * 50, 20'000);
        clients.clear();
        turnsWithin(5ms);
    }

    void processesRunAndEnd()
    {
        QProcess cat;
        cat.start(u"cat"_s, QStringList());
        const QByteArray payload(200'000, 'p');
        QByteArray back;
        connect(&cat, &QProcess::readyRead, this, [&] { back += cat.readAll(); });
        cat.write(payload);
        cat.closeWriteChannel();
        QSignalSpy finished(&cat, &QProcess::finished);
        QVERIFY(finished.count() > 0 || finished.wait());
        QCOMPARE(cat.exitCode(), 0);
        QCOMPARE(back, payload);

        std::vector<std::unique_ptr<QProcess>> shells;
        QSet<int> codes;
        for (int i = 0; i < 10; ++i) {
            shells.push_back(std::make_unique<QProcess>());
            connect(shells.back().get(), &QProcess::finished, this,
                    [&](int code) { codes += code; });
            shells.back()->start(u"sh"_s, {u"-c"_s, u"exit %1"_s.arg(i)});
        }
        QTRY_COMPARE_WITH_TIMEOUT(codes.size(), 10, 20'000);

        QProcess sleeper;
        QSignalSpy started(&sleeper, &QProcess::started);
        QSignalSpy killed(&sleeper, &QProcess::finished);
        sleeper.start(u"sleep"_s, {u"60"_s});
        QVERIFY(started.count() > 0 || started.wait());
        sleeper.kill();
        QVERIFY(killed.count() > 0 || killed.wait());
        QCOMPARE(sleeper.exitStatus(), QProcess::CrashExit);
    }

    void threadsHaveTheirOwn()
    {
        constexpr int count = 4;
        std::vector<std::unique_ptr<QThread>> threads;
        std::vector<std::unique_ptr<QObject>> workers;
        std::atomic<int> echoes = 0;
        std::atomic<int> rightDispatcher = 0;
        for (int i = 0; i < count; ++i) {
            threads.push_back(std::make_unique<QThread>());
            if (isEpollRow())
                threads.back()->setEventDispatcher(new EpollEventDispatcher);
            workers.push_back(std::make_unique<QObject>());
            QObject *const worker = workers.back().get();
            worker->moveToThread(threads.back().get());
            threads.back()->start();
            const bool isEpoll = isEpollRow();
            QMetaObject::invokeMethod(worker, [worker, isEpoll, &echoes, &rightDispatcher] {
                auto *dispatcher = QAbstractEventDispatcher::instance();
                if (isEpoll == (qobject_cast<EpollEventDispatcher *>(dispatcher) != nullptr))
                    ++rightDispatcher;
                auto *server = new QTcpServer(worker);
                QObject::connect(server, &QTcpServer::newConnection, worker, [server] {
                    QTcpSocket *peer = server->nextPendingConnection();
                    QObject::connect(peer, &QTcpSocket::readyRead, peer,
                                     [peer] { peer->write(peer->readAll()); });
                });
                server->listen(QHostAddress::LocalHost);
                auto *client = new QTcpSocket(worker);
                QObject::connect(client, &QTcpSocket::readyRead, worker, [client, &echoes] {
                    client->readAll();
                    ++echoes;
                });
                client->connectToHost(QHostAddress::LocalHost, server->serverPort());
                auto *timer = new QTimer(worker);
                QObject::connect(timer, &QTimer::timeout, client, [client] { client->write("x"); });
                timer->start(1);
            });
        }
        QTRY_COMPARE(rightDispatcher.load(), count);
        QTRY_VERIFY(echoes > 20 * count);
        for (int i = 0; i < count; ++i) {
            const auto at = std::size_t(i);
            QMetaObject::invokeMethod(
                workers[at].get(), [worker = workers[at].get()] { qDeleteAll(worker->children()); },
                Qt::BlockingQueuedConnection);
            threads[at]->quit();
            QVERIFY(threads[at]->wait(5000));
        }
    }

private:
    const char *m_name;

    static bool isEpollRow()
    {
        return qobject_cast<EpollEventDispatcher *>(
                   QAbstractEventDispatcher::instance(qApp->thread())) != nullptr;
    }

    static bool isGlibRow()
    {
        return QAbstractEventDispatcher::instance()->inherits("QEventDispatcherGlib");
    }
};

namespace {

int runWith(const char *name, int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    TestEpollEventDispatcher test(name);
    return QTest::qExec(&test, argc, argv);
}

} // namespace

int main(int argc, char **argv)
{
    int failed = 0;
    QCoreApplication::setEventDispatcher(new EpollEventDispatcher);
    failed += runWith("epoll", argc, argv);
    failed += runWith("Qt's own", argc, argv);
    qputenv("QT_NO_GLIB", "1");
    failed += runWith("Qt's own without glib", argc, argv);
    return failed;
}

#include "tst_epolleventdispatcher.moc"
