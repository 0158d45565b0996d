#include "privatebus.h"

#include <QFile>

namespace runnel::test {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

constexpr const char *configuration = R"(<busconfig>
  <type>session</type>
  <listen>unix:path=%1/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

PrivateBus::PrivateBus()
{
    QFile file(m_folder.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("No folder for a bus");
    file.write(QString::fromLatin1(configuration).arg(m_folder.path()).toUtf8());
    file.close();
    m_daemon.start(u"dbus-daemon"_s,
                   {u"--nofork"_s, u"--print-address"_s, u"--config-file="_s + file.fileName()});
    QByteArray said;
    while (!said.contains('\n')) {
        if (!m_daemon.waitForReadyRead(10'000))
            qFatal("There is no dbus-daemon: apt-get install dbus-daemon (%s)",
                   m_daemon.readAllStandardError().constData());
        said += m_daemon.readAllStandardOutput();
    }
    m_address = QString::fromUtf8(said).trimmed();
}

PrivateBus::~PrivateBus()
{
    for (const QString &name : std::as_const(m_names))
        QDBusConnection::disconnectFromBus(name);
    end();
}

QDBusConnection PrivateBus::connection(const QString &name)
{
    if (m_names.contains(name))
        return QDBusConnection(name);
    m_names.append(name);
    return QDBusConnection::connectToBus(m_address, name);
}

void PrivateBus::end()
{
    m_daemon.terminate();
    if (m_daemon.state() != QProcess::NotRunning && !m_daemon.waitForFinished(5000))
        m_daemon.kill();
}

NotificationDesktop::NotificationDesktop(const QDBusConnection &bus,
                                         const QStringList &capabilities)
    : m_bus(bus)
    , m_capabilities(capabilities)
{
    if (!m_bus.registerObject(path, this,
                              QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals))
        qFatal("The object of notifications could not be registered");
    if (!m_bus.registerService(service))
        qFatal("The name of notifications is taken");
}

NotificationDesktop::~NotificationDesktop()
{
    m_bus.unregisterService(service);
    m_bus.unregisterObject(path);
}

void NotificationDesktop::click(quint32 id, const QString &token)
{
    if (!token.isEmpty())
        Q_EMIT ActivationToken(id, token);
    Q_EMIT ActionInvoked(id, u"default"_s);
}

void NotificationDesktop::dismiss(quint32 id)
{
    Q_EMIT NotificationClosed(id, 2);
}

QStringList NotificationDesktop::GetCapabilities()
{
    ++asked;
    return m_capabilities;
}

uint NotificationDesktop::Notify(const QString &program, uint replaces, const QString &icon,
                                 const QString &summary, const QString &body,
                                 const QStringList &actions, const QVariantMap &hints, int timeout)
{
    const uint id = replaces == 0 ? ++m_last : replaces;
    shown.append({id, replaces, program, icon, summary, body, actions, hints, timeout});
    return id;
}

void NotificationDesktop::CloseNotification(uint id)
{
    closed.append(id);
    Q_EMIT NotificationClosed(id, 3);
}

} // namespace runnel::test
