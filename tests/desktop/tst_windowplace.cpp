#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QScreen>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

//! The window of the next start, with what the one before has left.
class Again
{
public:
    explicit Again(WindowDriver &driver)
        : m_window(loadWindow(m_engine, {driver.workspace, driver.servers, driver.preferences,
                                         driver.firstServer, driver.question, driver.links,
                                         driver.attention}))
    {
        if (!m_window)
            qFatal("The window did not load");
    }
    QQuickWindow *operator->() const { return m_window; }

private:
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window;
};

} // namespace

//! Where the window is and how large.
class TestWindowPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void theFirstStartFitsTheScreen()
    {
        // A laptop's 768 px are less than what the window wants, and so are these 800.
        const WindowDriver driver(QList<ServerFrame>{}, QSize{});
        const QSize room = driver.window->screen()->availableSize();
        QVERIFY(driver.window->width() > 700 && driver.window->width() < room.width());
        QVERIFY(driver.window->height() > 700 && driver.window->height() < room.height());
        // Laid out anew with the next frame.
        QTRY_COMPARE(driver.layoutFaults(), QStringList());
    }

    void itComesBackWhereItWasClosed()
    {
        WindowDriver driver;
        const QRect left(40, 60, 500, 600);
        driver.window->setGeometry(left);
        QVERIFY(QTest::qWaitForWindowExposed(driver.window));
        driver.window->close();
        QCOMPARE(driver.preferences.geometry(), left);
        const Again again(driver);
        QCOMPARE(again->geometry(), left);
    }

    void fromALargerScreenItComesBackSmaller()
    {
        WindowDriver driver;
        const QSize room = driver.window->screen()->availableSize();
        driver.preferences.setGeometry(QRect(QPoint(0, 0), room * 2));
        const Again again(driver);
        QVERIFY(again->width() < room.width());
        QVERIFY(again->height() < room.height());
    }

    void fillsTheScreenUntilEscapeIsWantedByNothingElse()
    {
        WindowDriver driver(conversation({}));
        QTRY_VERIFY(driver.session.connected());
        const auto isFull = [&driver] {
            return driver.window->visibility() == QWindow::FullScreen;
        };
        driver.press(Qt::Key_F11);
        QTRY_VERIFY(isFull());
        driver.press(Qt::Key_F11);
        QTRY_COMPARE(driver.window->visibility(), QWindow::Windowed);

        driver.press(Qt::Key_F11);
        QTRY_VERIFY(isFull());
        driver.press(Qt::Key_F1);
        QTRY_VERIFY(driver.shows(u"Full screen, and back"_s));
        driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!driver.shows(u"Full screen, and back"_s));
        QVERIFY(isFull());

        driver.server.say(UserMessage{101, u"n1"_s, {}, u"And now?"_s, {}, someTime()});
        driver.server.say(
            TurnStarted{102, u"t1"_s, u"n2"_s, u"n1"_s, u"default"_s, u"g"_s, someTime()});
        QTRY_VERIFY(driver.session.answering());
        driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!driver.server.received().empty() &&
                    std::holds_alternative<StopTurn>(driver.server.received().back()));
        QVERIFY(isFull());
        TurnComplete stopped;
        stopped.seq = 103;
        stopped.turn = u"t1"_s;
        stopped.messageId = u"n2"_s;
        stopped.finishReason = FinishReason::Stopped;
        driver.server.say(stopped);
        QTRY_VERIFY(!driver.session.answering());
        driver.press(Qt::Key_Escape);
        QTRY_COMPARE(driver.window->visibility(), QWindow::Windowed);

        driver.window->showMaximized();
        driver.press(Qt::Key_F11);
        QTRY_VERIFY(isFull());
        driver.press(Qt::Key_Escape);
        QTRY_COMPARE(driver.window->visibility(), QWindow::Maximized);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }
};

QTEST_MAIN(TestWindowPlace)
#include "tst_windowplace.moc"
