#include "models/systemcontrast.h"

#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

const QString path = u"/org/freedesktop/portal/desktop"_s;
const QString settings = u"org.freedesktop.portal.Settings"_s;
const QString group = u"org.freedesktop.appearance"_s;

} // namespace

//! The portal's settings, as a desktop has them.
class Portal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    QVariant contrast;

public Q_SLOTS:
    QDBusVariant Read(const QString &asked, const QString &key)
    {
        if (asked == group && key == u"contrast" && contrast.isValid())
            return QDBusVariant(QVariant::fromValue(QDBusVariant(contrast)));
        sendErrorReply(u"org.freedesktop.portal.Error.NotFound"_s,
                       u"Requested setting not found"_s);
        return {};
    }
};

class TestSystemContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_daemon.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY2(m_daemon.waitForStarted(), qPrintable(m_daemon.errorString()));
        while (!m_daemon.canReadLine())
            QVERIFY(m_daemon.waitForReadyRead(10'000));
        m_address = QString::fromUtf8(m_daemon.readLine()).trimmed();
    }
    void cleanupTestCase()
    {
        m_daemon.terminate();
        QVERIFY(m_daemon.waitForFinished());
    }
    void init()
    {
        m_portal = std::make_unique<Portal>();
        m_portalBus = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(m_address, u"portal"_s));
        QVERIFY(m_portalBus->isConnected());
        QVERIFY(m_portalBus->registerObject(path, m_portal.get(), QDBusConnection::ExportAllSlots));
        QVERIFY(m_portalBus->registerService(u"org.freedesktop.portal.Desktop"_s));
    }
    void cleanup()
    {
        m_portalBus.reset();
        QDBusConnection::disconnectFromBus(u"portal"_s);
        QDBusConnection::disconnectFromBus(u"window"_s);
    }

    void whatThePortalSaysCounts_data()
    {
        QTest::addColumn<QVariant>("said");
        QTest::addColumn<bool>("high");
        QTest::newRow("more contrast") << QVariant(1u) << true;
        QTest::newRow("no wish") << QVariant(0u) << false;
        QTest::newRow("a number of later") << QVariant(7u) << false;
        QTest::newRow("another type") << QVariant(u"1"_s) << false;
        QTest::newRow("a setting that it does not know") << QVariant() << false;
    }
    void whatThePortalSaysCounts()
    {
        QFETCH(QVariant, said);
        QFETCH(bool, high);
        m_portal->contrast = said;
        const SystemContrast contrast(bus());
        // It was asked once this is answered: messages of one connection keep their order.
        QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s,
                                                           path, settings, u"Read"_s);
        call << group << u"contrast"_s;
        const QDBusPendingCallWatcher answer(bus().asyncCall(call));
        QTRY_VERIFY(answer.isFinished());
        QTRY_COMPARE(contrast.isHigh(), high);
    }

    void aChangeIsFollowed()
    {
        m_portal->contrast = 0u;
        SystemContrast contrast(bus());
        QSignalSpy changes(&contrast, &SystemContrast::highChanged);
        change(1u);
        QTRY_COMPARE(changes.size(), 1);
        QVERIFY(contrast.isHigh());
        change(0u);
        QTRY_COMPARE(changes.size(), 2);
        QVERIFY(!contrast.isHigh());
        change(1u, u"color-scheme"_s);
        change(1u);
        QTRY_COMPARE(changes.size(), 3);
    }

    void withoutABusThereIsNoWish()
    {
        const SystemContrast contrast(QDBusConnection(u"no such bus"_s));
        QVERIFY(!contrast.isHigh());
    }

private:
    [[nodiscard]] QDBusConnection bus() const
    {
        return QDBusConnection::connectToBus(m_address, u"window"_s);
    }
    void change(const QVariant &value, const QString &key = u"contrast"_s)
    {
        if (key == u"contrast")
            m_portal->contrast = value;
        QDBusMessage signal = QDBusMessage::createSignal(path, settings, u"SettingChanged"_s);
        signal << group << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(m_portalBus->send(signal));
    }

    QProcess m_daemon;
    QString m_address;
    std::unique_ptr<QDBusConnection> m_portalBus;
    std::unique_ptr<Portal> m_portal;
};

QTEST_GUILESS_MAIN(TestSystemContrast)
#include "tst_systemcontrast.moc"
