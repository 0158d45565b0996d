#include "app/window.h"
#include "conversationframes.h"
#include "trayhost.h"
#include "windowdriver.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! A desktop's tray in a thread of its own.
class Host
{
public:
    Host()
    {
        m_thread.start();
        QMetaObject::invokeMethod(
            &m_context, [this] { m_host = std::make_unique<TrayHost>(); },
            Qt::BlockingQueuedConnection);
    }
    ~Host()
    {
        QMetaObject::invokeMethod(
            &m_context, [this] { m_host.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(Host)

    //! What \a ask gives in the host's thread, which may wait for ours.
    template <typename Ask>
    [[nodiscard]] auto from(Ask ask)
    {
        decltype(ask(*m_host)) answer{};
        std::atomic_bool done = false;
        QMetaObject::invokeMethod(&m_context, [&] {
            answer = ask(*m_host);
            done = true;
        });
        if (!QTest::qWaitFor([&done] { return done.load(); }, 10'000))
            qFatal("The tray does not answer");
        return answer;
    }

private:
    struct Context : QObject
    {
        explicit Context(QThread &thread) { moveToThread(&thread); }
    };
    QThread m_thread;
    Context m_context{m_thread};
    std::unique_ptr<TrayHost> m_host;
};

} // namespace

//! The icon in the tray: where there is a tray, and where there is none. tests/desktop/traysession
//! runs it once more with one.
class TestTray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareQuick();
        if (qEnvironmentVariableIsSet("RUNNEL_WITH_TRAY"))
            m_host = std::make_unique<Host>();
    }
    void cleanupTestCase() { m_host.reset(); }

    //! Qt crashes where a type is named whose imports are not installed.
    void nothingNamesWhatMayBeMissing()
    {
        QDirIterator files(QStringLiteral(RUNNEL_SOURCE_DIR "/qml"), {u"*.qml"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        int loaded = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray text = file.readAll();
            loaded += int(text.count("\"../tray/PlatformTrayIcon.qml\""));
            text.replace("PlatformTrayIcon.qml", "");
            text.replace("PlatformTrayIcon is loaded", "");
            QVERIFY2(!text.contains("PlatformTrayIcon"), qPrintable(file.fileName()));
            QVERIFY2(!text.contains("import Qt.labs") ||
                         file.fileName().endsWith(u"/PlatformTrayIcon.qml"),
                     qPrintable(file.fileName()));
        }
        QCOMPARE(loaded, 1);
    }

    void byDefaultClosingCloses()
    {
        WindowDriver driver(conversation({}));
        QVERIFY(!driver.preferences.tray());
        QVERIFY(!driver.window->property("inTray").toBool());
        QVERIFY(driver.window->close());
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        if (m_host)
            QCOMPARE(items(), 0);
    }

    void withoutATrayClosingClosesAndTheSettingSaysSo()
    {
        if (m_host)
            QSKIP("There is a tray here.");
        WindowDriver driver(conversation({}));
        driver.preferences.setTray(true);
        QVERIFY(!driver.window->property("inTray").toBool());
        driver.press(Qt::Key_Comma, Qt::ControlModifier);
        QTRY_VERIFY(driver.shows(u"This desktop has no tray: closing the window quits."_s));
        driver.pictures(u"settings-no-tray"_s);
        QVERIFY(QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(driver.window->close());
    }

    void anIconWithWhatIsNew()
    {
        if (!m_host)
            QSKIP("There is no tray here.");
        WindowDriver driver(conversation({}));
        driver.preferences.setTray(true);
        QTRY_COMPARE(items(), 1);
        TrayItem seen = look();
        QCOMPARE(seen.menu, QStringList({u"Show Runnel"_s, u"New chat"_s, u"Quick question"_s,
                                         u"-"_s, u"Quit"_s}));
        QCOMPARE(seen.tooltip, u"Runnel"_s);
        QVERIFY(!seen.image.isNull());
        const QImage none = seen.image;
        driver.window->hide();
        for (const auto &id : {u"a"_s, u"b"_s, u"c"_s})
            Q_EMIT driver.workspace.turnEnded(id, id, {MessageState::Done, {}, 1ms});
        QTRY_VERIFY(look().tooltip.contains(u'3'));
        QTRY_VERIFY(look().image != none);
        driver.preferences.setTray(false);
        QTRY_COMPARE(items(), 0);
        QCOMPARE(driver.warnings, QStringList());
    }

    void closingLeavesItInTheTray()
    {
        if (!m_host)
            QSKIP("There is no tray here.");
        WindowDriver driver(conversation({}));
        driver.preferences.setTray(true);
        QTRY_COMPARE(items(), 1);
        QTRY_VERIFY(driver.session.connected());
        QVERIFY(driver.window->property("inTray").toBool());
        QSignalSpy last(qGuiApp, &QGuiApplication::lastWindowClosed);
        driver.window->close();
        QTRY_VERIFY(!driver.window->isVisible());
        QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
        QVERIFY(driver.session.connected());

        (void)m_host->from([](TrayHost &host) {
            host.click();
            return true;
        });
        QTRY_VERIFY(driver.window->isVisible());
        driver.window->close();
        QTRY_VERIFY(!driver.window->isVisible());
        QVERIFY(choose(u"Show Runnel"_s));
        QTRY_VERIFY(driver.window->isVisible());

        QSignalSpy wanted(&driver.workspace, &Workspace::asideWanted);
        QVERIFY(choose(u"Quick question"_s));
        QTRY_COMPARE(wanted.size(), 1);
        driver.workspace.open(u"another"_s);
        QSignalSpy quits(&driver.engine, &QQmlEngine::quit);
        QVERIFY(choose(u"Quit"_s));
        QTRY_COMPARE(quits.size(), 1);
        QVERIFY(!driver.window->isVisible());
        QCOMPARE(driver.warnings, QStringList());
    }

private:
    [[nodiscard]] int items()
    {
        return m_host->from([](TrayHost &host) { return int(host.items().size()); });
    }
    [[nodiscard]] TrayItem look()
    {
        return m_host->from([](TrayHost &host) { return host.look(); });
    }
    [[nodiscard]] bool choose(const QString &text)
    {
        return m_host->from([&text](TrayHost &host) { return host.choose(text); });
    }

    std::unique_ptr<Host> m_host;
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
