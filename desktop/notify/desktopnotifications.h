#pragma once

#include <QDBusConnection>
#include <QHash>
#include <QList>
#include <QObject>

#include <functional>
#include <optional>

class QDBusPendingCallWatcher;

namespace runnel {

//! What a notification says.
struct Notification
{
    QString key;     //!< Ours; a later one of the same key takes its place.
    QString summary; //!< One line.
    QString body;    //!< Plain text; may be empty.
};

//! Notifications by org.freedesktop.Notifications, which GNOME, KDE and others have on the
//! session's bus. Nothing waits for them. Where there is no bus, or nobody on it who shows them,
//! nothing happens: who uses a desktop without them knows why.
class DesktopNotifications : public QObject
{
    Q_OBJECT

public:
    //! Connects; called at the first notification, for that takes a moment.
    using Bus = std::function<QDBusConnection()>;
    static constexpr qsizetype mostShown = 32;  //!< The oldest one is taken away for a new one.
    static constexpr qsizetype mostWaiting = 8; //!< Until the desktop has said what it can.

    explicit DesktopNotifications(Bus bus, QObject *parent = nullptr);
    ~DesktopNotifications() override;

    void show(const Notification &notification);
    //! Takes it away, if it is still there.
    void withdraw(const QString &key);
    void withdrawAll();

Q_SIGNALS:
    //! Somebody clicked on it. \a activationToken lets a window come to the front; may be empty.
    void activated(const QString &key, const QString &activationToken);

private:
    struct Shown
    {
        QString key;
        quint32 id = 0; //!< The desktop's; 0 until it has answered.
        bool isWithdrawn = false;
        QString activationToken;
    };

    [[nodiscard]] bool connectOnce();
    void onCapabilities(QDBusPendingCallWatcher &call);
    void send(const Notification &notification);
    void onId(const QString &key, QDBusPendingCallWatcher &call);
    void close(quint32 id) const;
    //! Null when it is not there.
    [[nodiscard]] Shown *find(const QString &key);
    void forget(const QString &key);

    const Bus m_connect;
    std::optional<QDBusConnection> m_bus; //!< From the first notification on.
    bool m_knowsDesktop = false;
    bool m_takesMarkup = false;
    QList<Notification> m_waiting;
    QList<Shown> m_shown; //!< In the order in which they came.

private Q_SLOTS:
    // By the names of D-Bus, for QDBusConnection::connect() takes no others.
    void onActionInvoked(quint32 id, const QString &action);
    void onActivationToken(quint32 id, const QString &token);
    void onNotificationClosed(quint32 id, quint32 reason);
};

} // namespace runnel
