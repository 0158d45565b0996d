#pragma once

#include <QDBusConnection>
#include <QProcess>
#include <QTemporaryDir>
#include <QVariantMap>

namespace runnel::test {

//! A real bus of a test's own, on which nothing is started by itself; it ends with the object.
class PrivateBus
{
public:
    //! Aborts the test program when there is no dbus-daemon.
    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    [[nodiscard]] QString address() const { return m_address; }
    //! Another connection with each name; of the same name the same one.
    [[nodiscard]] QDBusConnection connection(const QString &name);
    //! Ends the bus while others still use it.
    void end();

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QStringList m_names;
};

//! A notification as the desktop got it.
struct SeenNotification
{
    quint32 id = 0;
    quint32 replaces = 0;
    QString program;
    QString icon;
    QString summary;
    QString body;
    QStringList actions;
    QVariantMap hints;
    int timeout = 0;
};

//! What a desktop does about notifications: org.freedesktop.Notifications, by its specification
//! 1.2.
class NotificationDesktop : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    NotificationDesktop(const QDBusConnection &bus, const QStringList &capabilities);
    ~NotificationDesktop() override;

    //! As if somebody clicked on it.
    void click(quint32 id, const QString &token = {});
    //! As if somebody put it away.
    void dismiss(quint32 id);

    QList<SeenNotification> shown; //!< In the order in which they came.
    QList<quint32> closed;         //!< By the program.
    int asked = 0;                 //!< So often for the capabilities.

public Q_SLOTS:
    QStringList GetCapabilities();
    // What D-Bus calls them by has so many arguments.
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &summary,
                const QString &body, const QStringList &actions, const QVariantMap &hints,
                int timeout);
    void CloseNotification(uint id);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_bus;
    const QStringList m_capabilities;
    uint m_last = 0;
};

} // namespace runnel::test
