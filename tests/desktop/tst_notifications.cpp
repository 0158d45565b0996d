#include "app/telling.h"
#include "app/window.h"
#include "conversationframes.h"
#include "privatebus.h"
#include "windowdriver.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

TurnEnd ended(std::chrono::milliseconds took, const QString &text = u"# The answer\nand more"_s,
              MessageState state = MessageState::Done)
{
    return {state, text, took};
}

} // namespace

//! What somebody is told who looks at something else: what is worth it, and how a desktop gets it.
class TestNotifications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    // ---- what is worth it

    void whatIsWorthANotification_data()
    {
        QTest::addColumn<TurnEnd>("end");
        QTest::addColumn<bool>("withText");
        QTest::addColumn<QString>("body");
        QTest::newRow("a long answer") << ended(10s) << false << u"The answer is there."_s;
        QTest::newRow("a short one") << ended(9999ms) << false << QString();
        QTest::newRow("with its first line")
            << ended(10s, u"\n\n  Yes.\u202E  It is \n not this"_s) << true << u"Yes. It is"_s;
        QTest::newRow("an emoji") << ended(10s, u"\U0001F469\u200D\U0001F680 up"_s) << true
                                  << u"\U0001F469\u200D\U0001F680 up"_s;
        QTest::newRow("with a line that is long")
            << ended(10s, QString(5000, u'x')) << true << QString(160, u'x') + u'\u2026';
        QTest::newRow("that says nothing") << ended(10s, {}) << true << u"The answer is there."_s;
        QTest::newRow("that failed") << ended(10s, u"secret"_s, MessageState::Failed) << true
                                     << u"The answer could not be finished."_s;
        QTest::newRow("that was cut") << ended(10s, {}, MessageState::Interrupted) << false
                                      << u"The answer could not be finished."_s;
        QTest::newRow("that was stopped")
            << ended(10s, u"x"_s, MessageState::Stopped) << true << QString();
    }
    void whatIsWorthANotification()
    {
        QFETCH(TurnEnd, end);
        QFETCH(bool, withText);
        QFETCH(QString, body);
        Watched w;
        w.preferences.setNotifiesText(withText);
        Q_EMIT w.workspace.turnEnded(u"c"_s, u"A title"_s, end);
        QCOMPARE(w.bodies(), body.isEmpty() ? QStringList() : QStringList{body});
    }

    void nothingIsToldToWhoeverLooksOrWantsNone()
    {
        Watched w;
        w.attention.setLooking(true);
        Q_EMIT w.workspace.turnEnded(u"other"_s, u"Another one"_s, ended(1h));
        Q_EMIT w.workspace.toolAsked(u"other"_s, u"Another one"_s, u"poet"_s);
        w.attention.setLooking(false);
        w.preferences.setNotifies(false);
        Q_EMIT w.workspace.turnEnded(u"other"_s, u"Another one"_s, ended(1h));
        QCOMPARE(w.noticed.size(), 0);
        QCOMPARE(w.attention.unseen(), 1); // But it is counted.
    }

    void aToolThatWaitsIsToldAtOnce()
    {
        Watched w;
        Q_EMIT w.workspace.toolAsked(u"c"_s, {}, u"poet"_s);
        QCOMPARE(w.bodies(), QStringList{u"poet wants to use this tool."_s});
        QCOMPARE(w.noticed[0][0].value<Notice>().title, u"Runnel"_s);
        QCOMPARE(w.attention.unseen(), 0);
    }

    void whatIsSeenIsNoLongerNew()
    {
        Watched w;
        const QString shown = w.workspace.session()->conversationId();
        QSignalSpy seen(&w.attention, &Attention::seen);
        Q_EMIT w.workspace.turnEnded(shown, u"One"_s, ended(1h));
        Q_EMIT w.workspace.turnEnded(u"second"_s, u"Two"_s, ended(1h));
        Q_EMIT w.workspace.turnEnded(u"second"_s, u"Two"_s, ended(1ms));
        Q_EMIT w.workspace.turnEnded(u"third"_s, u"Three"_s, ended(1ms));
        QCOMPARE(w.attention.unseen(), 3);
        w.workspace.open(u"second"_s); // In a window that nobody looks at.
        QCOMPARE(w.attention.unseen(), 3);
        w.attention.setLooking(true);
        QCOMPARE(w.attention.unseen(), 2);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen[0][0].toString(), u"second"_s);
        w.workspace.remove(u"third"_s);
        QCOMPARE(w.attention.unseen(), 1);
        QCOMPARE(seen.size(), 1); // Nothing was shown of it.
        w.workspace.useServer(QUrl(u"http://127.0.0.1:1"_s));
        QCOMPARE(w.attention.unseen(), 0);
        QCOMPARE(seen.size(), 2);
    }

    void anAnswerOfTheServerIsTimed()
    {
        WindowDriver driver(conversation({}));
        QTRY_VERIFY(driver.session.connected());
        QSignalSpy ends(&driver.workspace, &Workspace::turnEnded);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        driver.server.say(UserMessage{101, u"m1"_s, {}, u"Hello"_s, {}, now});
        driver.server.say(TurnStarted{102, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"m"_s, now});
        QTRY_VERIFY(driver.session.answering());
        QTest::qWait(30);
        ErrorFrame failed = failure(103, u"t1"_s);
        driver.server.say(failed);
        QTRY_COMPARE(ends.size(), 1);
        QCOMPARE(ends[0][1].toString(), u"Hello"_s);
        const auto end = ends[0][2].value<TurnEnd>();
        QCOMPARE(end.state, MessageState::Failed);
        QVERIFY2(end.took >= 30ms && end.took < 10s, qPrintable(QString::number(end.took.count())));
        QVERIFY(end.text.isEmpty());
    }

    // ---- where it is set

    void theSettingsSayWhatIsTold()
    {
        WindowDriver driver(conversation({}));
        driver.preferences.allowLinksTo(u"docs.example"_s);
        driver.press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(driver.focused(), u"settings"_s);
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        driver.pictures(u"settings"_s);
        QVERIFY(driver.tabTo(u"notifiesText"_s));
        driver.press(Qt::Key_Space);
        QVERIFY(driver.preferences.notifiesText());
        driver.click(driver.item(u"notifies"_s));
        QVERIFY(!driver.preferences.notifies());
        QVERIFY(!driver.item(u"notifiesText"_s)->isEnabled());
        driver.click(driver.item(u"forgetLinkHosts"_s));
        QCOMPARE(driver.preferences.linkHostCount(), 0);
        const QList<QQuickItem *> choices = driver.findAll(u"ChoiceButton"_s);
        driver.click(choices.at(2)); // The theme's last.
        QCOMPARE(driver.preferences.theme(), 2);
        driver.press(Qt::Key_Escape);
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        const Preferences kept(driver.settingsFolder.filePath(u"desktop.ini"_s));
        QVERIFY(!kept.notifies() && kept.notifiesText() && !kept.tray());
        QCOMPARE(driver.warnings, QStringList());
    }

    void theSettingsFit_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("text");
        QTest::newRow("narrow") << QSize(340, 560) << 100;
        QTest::newRow("large text") << QSize(480, 800) << 200;
    }
    void theSettingsFit()
    {
        QFETCH(QSize, size);
        QFETCH(int, text);
        WindowDriver driver(conversation({}), size);
        driver.preferences.setTextSize(text);
        driver.preferences.allowLinksTo(u"docs.example"_s);
        driver.press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_COMPARE(driver.focused(), u"settings"_s);
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        driver.pictures(u"settings-%1-%2"_s.arg(size.width()).arg(text));
        driver.preferences.setTextSize(100);
    }

    // ---- how a desktop gets it

    void theDesktopGetsWhatItNeeds()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {u"body"_s, u"actions"_s});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        QCOMPARE(desktop.asked, 0);
        notifications.show({u"c"_s, u"A <title>"_s, u"1 < 2 & more"_s});
        QTRY_COMPARE(desktop.shown.size(), 1);
        const SeenNotification &seen = desktop.shown.constFirst();
        QCOMPARE(seen.program, u"Runnel"_s);
        QCOMPARE(seen.icon, u"org.runnel.Runnel"_s);
        QCOMPARE(seen.summary, u"A <title>"_s);
        QCOMPARE(seen.body, u"1 < 2 & more"_s);
        QCOMPARE(seen.actions, QStringList({u"default"_s, u"Open"_s}));
        QCOMPARE(seen.hints[u"desktop-entry"_s].toString(), u"org.runnel.Runnel"_s);
        QCOMPARE(seen.replaces, 0U);
        QCOMPARE(seen.timeout, -1);
        QCOMPARE(desktop.asked, 1);
    }

    void whatADesktopWouldReadAsMarkupIsEscaped()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {u"body-markup"_s});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        notifications.show({u"c"_s, u"A title"_s, u"<img src=\"http://x\"/> & <b>"_s});
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown[0].body, u"&lt;img src=&quot;http://x&quot;/&gt; &amp; &lt;b&gt;"_s);
    }

    void aLaterOneTakesThePlaceOfTheFirst()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        notifications.show({u"c"_s, u"One"_s, {}});
        QTRY_COMPARE(desktop.shown.size(), 1);
        // Once the desktop's own number has come, which nothing tells.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                notifications.show({u"c"_s, u"Two"_s, {}});
                return QTest::qWaitFor([&] { return desktop.shown.last().replaces == 1; }, 100);
            }(),
            5000);
        QVERIFY(desktop.shown.last().summary == u"Two"_s);
        notifications.show({u"d"_s, u"Another one"_s, {}});
        QTRY_COMPARE(desktop.shown.last().summary, u"Another one"_s);
        QCOMPARE(desktop.shown.last().replaces, 0U);
    }

    void aClickIsToldWithItsToken()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        QSignalSpy activated(&notifications, &DesktopNotifications::activated);
        notifications.show({u"c"_s, u"One"_s, {}});
        QTRY_COMPARE(desktop.shown.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                desktop.click(77, u"of another program"_s);
                desktop.click(1, u"token-1"_s);
                return QTest::qWaitFor([&] { return activated.size() == 1; }, 100);
            }(),
            5000);
        QCOMPARE(activated[0][0].toString(), u"c"_s);
        QCOMPARE(activated[0][1].toString(), u"token-1"_s);
        QTRY_COMPARE(desktop.closed, QList<quint32>{1});
        desktop.click(1);
        QTest::qWait(50);
        QCOMPARE(activated.size(), 1);
    }

    void whatIsSeenIsTakenAway()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        {
            DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
            notifications.withdraw(u"c"_s); // Nothing was shown: nothing happens.
            notifications.show({u"c"_s, u"One"_s, {}});
            notifications.show({u"d"_s, u"Two"_s, {}});
            notifications.show({u"e"_s, u"Three"_s, {}});
            QTRY_COMPARE(desktop.shown.size(), 3);
            notifications.withdraw(u"c"_s); // Whether or not the desktop has answered.
            QTRY_COMPARE(desktop.closed, QList<quint32>{1});
            desktop.dismiss(2);
            QTest::qWait(50);
        }
        // With the program goes what is left of it, and what is gone already does not go twice.
        QTRY_COMPARE(desktop.closed, QList<quint32>({1, 3}));
    }

    void theyAreBounded()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        notifications.show({u"first"_s, u"First"_s, {}});
        QTRY_COMPARE(desktop.shown.size(), 1);
        QTest::qWait(50);
        for (int i = 0; i < DesktopNotifications::mostShown; ++i)
            notifications.show({QString::number(i), u"More"_s, {}});
        QTRY_COMPARE(desktop.shown.size(), 1 + int(DesktopNotifications::mostShown));
        QTRY_COMPARE(desktop.closed, QList<quint32>{1});
    }

    void withoutABusNothingHappens()
    {
        int connected = 0;
        DesktopNotifications notifications([&connected] {
            ++connected;
            return QDBusConnection::connectToBus(u"unix:path=/nonexistent/bus"_s, u"none"_s);
        });
        notifications.show({u"c"_s, u"One"_s, {}});
        notifications.show({u"d"_s, u"Two"_s, {}});
        notifications.withdraw(u"c"_s);
        QCOMPARE(connected, 1);
        QDBusConnection::disconnectFromBus(u"none"_s);
    }

    void withoutADesktopNothingHappens()
    {
        PrivateBus bus;
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        notifications.show({u"c"_s, u"One"_s, {}});
        QTest::qWait(100);
        // One that comes later gets what comes later.
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        notifications.show({u"d"_s, u"Two"_s, {}});
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown[0].summary, u"Two"_s);
        bus.end();
        notifications.show({u"e"_s, u"Three"_s, {}});
        notifications.withdrawAll();
        QTest::qWait(50);
    }

    // ---- all of it

    void aClickLeadsToTheConversation()
    {
        PrivateBus bus;
        NotificationDesktop desktop(bus.connection(u"desktop"_s), {});
        DesktopNotifications notifications([&bus] { return bus.connection(u"window"_s); });
        WindowDriver driver(conversation({}));
        QTRY_VERIFY(driver.session.connected());
        driver.window->requestActivate();
        QTRY_VERIFY(driver.window->isActive());
        tellDesktop(driver.attention, notifications, driver.workspace, *driver.window);

        Q_EMIT driver.workspace.turnEnded(u"elsewhere"_s, u"While here"_s, ended(1h));
        driver.window->hide();
        Q_EMIT driver.workspace.turnEnded(u"theirs"_s, u"While away"_s, ended(1h));
        QTRY_COMPARE(desktop.shown.size(), 1);
        QCOMPARE(desktop.shown[0].summary, u"While away"_s);
        QCOMPARE(driver.attention.unseen(), 2);
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                desktop.click(1);
                return QTest::qWaitFor(
                    [&] { return driver.workspace.session()->conversationId() == u"theirs"_s; },
                    100);
            }(),
            5000);
        QVERIFY(driver.window->isVisible());
        QTRY_VERIFY(driver.window->isActive());
        QTRY_COMPARE(driver.attention.unseen(), 1);
        QCOMPARE(driver.warnings, QStringList());
    }

private:
    //! A workspace that nobody looks at, and is told what happens there.
    struct Watched
    {
        [[nodiscard]] QStringList bodies() const
        {
            QStringList bodies;
            for (const QList<QVariant> &arguments : noticed)
                bodies.append(arguments[0].value<Notice>().body);
            return bodies;
        }

        QTemporaryDir folder;
        Preferences preferences{folder.filePath(u"desktop.ini"_s)};
        Workspace workspace{{QUrl(u"http://127.0.0.1:2"_s), u"c0"_s, {}}};
        Attention attention{workspace, preferences};
        QSignalSpy noticed{&attention, &Attention::noticed};
    };
};

QTEST_MAIN(TestNotifications)
#include "tst_notifications.moc"
