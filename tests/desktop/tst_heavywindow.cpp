#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>
#include <vector>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int chunksPerSecond = 200;

//! CPU time of this thread, which makes the frames, in ms.
double threadMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

//! What the process has in memory, in MiB (VmRSS of /proc/self/status).
double residentMiB()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        qFatal("/proc/self/status cannot be read");
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    qFatal("/proc/self/status has no VmRSS");
}

//! A section as models write them, about 1,000 characters, with its number in it.
QString section(int n)
{
    return u"## %1. About streams\n\nIn part %1 we look at **streams** and at what makes them *slow*. "_s
           u"A reader who comes back – after a reload, say – wants to go on [where it was]"
           u"(https://example.org/%1), with `after=%1` and nothing twice. It helps to name three "
           u"things: "
           u"who writes, who reads, and who may be late without harm to the others.\n\n"
           u"1. **First** of %1: write it down.\n2. *Then* send it.\n3. Forget it when nobody "
           u"needs it.\n\n"
           u"```cpp\ntemplate <typename T>\nstd::optional<T> next%1(std::span<const T> values)\n{\n"
           u"    return values.size() > %1 ? std::optional(values[%1]) : std::nullopt;\n}\n```\n\n"
           u"| Way %1 | Costs | ms |\n|---|---|---:|\n| append | one write | %1.5 |\n| replace | "
           u"**all** | 41 |\n\n"
           u"> What was seen in %1 stays seen, ☂ and 雨 too.\n\n"_s.arg(n);
}

//! Whole sections, so many characters or a little more.
QString longAnswer(qsizetype characters)
{
    QString text;
    for (int n = 1; text.size() < characters; ++n)
        text += section(n);
    return text;
}

constexpr int lastSection = 1450; // of the long answer: over 1 MB

//! 500 messages, a question and its answer by turns, and another two: the answer of 1 MB.
QList<ServerFrame> heavyConversation()
{
    QList<MessageRecord> messages;
    const auto last = [&] { return messages.isEmpty() ? QString() : messages.last().messageId; };
    const auto next = [&] { return u"m%1"_s.arg(messages.size() + 1); };
    for (int turn = 1; turn <= 250; ++turn) {
        messages.append(user(next(), last(), u"Question %1"_s.arg(turn)));
        messages.append(answer(next(), last(), section(turn)));
    }
    messages.append(user(next(), last(), u"All of it"_s));
    QString longest;
    for (int n = 1; n <= lastSection; ++n)
        longest += section(n);
    if (longest.toUtf8().size() < 1024 * 1024)
        qFatal("The long answer has only %lld bytes", qlonglong(longest.toUtf8().size()));
    messages.append(answer(next(), last(), longest));
    return conversation(messages);
}

//! The work of this thread for each frame of a window, in ms of CPU time.
class FrameWatch : public QObject
{
public:
    explicit FrameWatch(QQuickWindow *window)
        : m_mark(threadMs())
    {
        connect(window, &QQuickWindow::frameSwapped, this, [this] {
            const double now = threadMs();
            m_works.push_back(now - m_mark);
            m_mark = now;
        });
        m_watch.start();
    }
    [[nodiscard]] double perSecond() const
    {
        return 1000.0 * double(m_works.size()) / double(m_watch.elapsed());
    }
    [[nodiscard]] double quantile(double q)
    {
        if (m_works.empty())
            return 0;
        std::ranges::sort(m_works);
        return m_works[std::min(m_works.size() - 1, size_t(q * double(m_works.size())))];
    }
    [[nodiscard]] QString words()
    {
        return u"%1 frames/s; work for one: median %2 ms, 95 %% %3 ms, longest %4 ms"_s
            .arg(perSecond(), 0, 'f', 1)
            .arg(quantile(0.5), 0, 'f', 1)
            .arg(quantile(0.95), 0, 'f', 1)
            .arg(quantile(1), 0, 'f', 1);
    }

private:
    QElapsedTimer m_watch;
    double m_mark;
    std::vector<double> m_works;
};

//! Whether one of three plays holds: what else the machine does may spoil one, a window that is too
//! slow fails each.
bool holdsOnce(const std::function<bool()> &play)
{
    for (int i = 0; i < 3; ++i) {
        if (play())
            return true;
    }
    return false;
}

} // namespace

//! A window with 500 messages and an answer of 1 MB in it.
class TestHeavyWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareQuick();
        const double before = residentMiB();
        QElapsedTimer opening;
        opening.start();
        m_driver = std::make_unique<WindowDriver>(heavyConversation(), QSize(1024, 768));
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->session.messages()->rowCount() == 502, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_driver->shows(u"What was seen in %1 stays"_s.arg(lastSection)),
                                 20'000);
        m_list = m_driver->item(u"conversation"_s);
        QTRY_VERIFY(m_list->property("atEnd").toBool());
        qInfo("open after %lld ms; %.1f MiB, %.1f without it", opening.elapsed(), residentMiB(),
              before);
        QCOMPARE_LE(madeRows(), mostRows);
    }

    void streamsAt60FramesASecond()
    {
        m_driver->server.say(UserMessage{101, u"n1"_s, u"m502"_s, u"More"_s, {}, someTime()});
        m_driver->server.say(
            TurnStarted{102, u"t1"_s, u"n2"_s, u"n1"_s, u"default"_s, u"g"_s, someTime()});
        const QString text = longAnswer(3 * seconds * chunksPerSecond * chunkCharacters);
        int sent = 0;
        QVERIFY(holdsOnce([&] {
            FrameWatch frames(m_driver->window);
            const int before = sent;
            QElapsedTimer clock;
            clock.start();
            while (clock.elapsed() < 1000 * seconds) {
                const int due = before + int(clock.elapsed() * chunksPerSecond / 1000);
                for (; sent < due; ++sent)
                    m_driver->server.say(Chunk{Seq(103 + sent),
                                               u"t1"_s,
                                               text.mid(sent * chunkCharacters, chunkCharacters),
                                               {}});
                QTest::qWait(1);
            }
            qInfo("streaming: %s", qPrintable(frames.words()));
            return frames.perSecond() >= 60;
        }));
        QTRY_VERIFY(m_list->property("atEnd").toBool());
        QCOMPARE_LE(madeRows(), mostRows);
    }

    //! A wheel that is turned 60 times a second is followed: at most one turn of six shares a frame
    //! with the one before it.
    void scrollsSmoothly()
    {
        QVERIFY(holdsOnce([&] {
            FrameWatch frames(m_driver->window);
            QElapsedTimer clock;
            clock.start();
            for (int turns = 0; clock.elapsed() < 1000 * seconds;) {
                const int due = int(clock.elapsed() * turnsPerSecond / 1000);
                for (; turns < due; ++turns)
                    m_driver->wheel(m_list, 120);
                QTest::qWait(1);
            }
            qInfo("scrolling, %d turns of the wheel/s: %s", turnsPerSecond,
                  qPrintable(frames.words()));
            return frames.perSecond() >= turnsPerSecond * 5 / 6;
        }));
        QVERIFY(!m_list->property("following").toBool());
        QCOMPARE_LE(madeRows(), mostRows);
    }

    void takesLessThan200Megabytes()
    {
        qInfo("%.1f MiB", residentMiB());
        QCOMPARE_LT(residentMiB(), 200);
        (void)m_driver->picture(u"heavy"_s);
        QVERIFY2(m_driver->warnings.isEmpty(), qPrintable(m_driver->warnings.join(u'\n')));
    }

    void cleanupTestCase() { m_driver.reset(); }

private:
    static constexpr int seconds = 5;
    static constexpr int turnsPerSecond = 60;
    static constexpr qsizetype chunkCharacters = 25; // six tokens
    static constexpr int mostRows =
        40; // a window's, and what the view keeps ready above and below it

    [[nodiscard]] int madeRows() const
    {
        return int(m_driver->findAll(u"MessageDelegate"_s).size());
    }

    std::unique_ptr<WindowDriver> m_driver;
    QQuickItem *m_list = nullptr;
};

QTEST_MAIN(TestHeavyWindow)
#include "tst_heavywindow.moc"
