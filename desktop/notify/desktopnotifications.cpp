#include "notify/desktopnotifications.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLoggingCategory>
#include <QVariantMap>

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcNotify, "runnel.notify")

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;
const QString defaultAction = u"default"_s; // A click on all of it.
constexpr int answerLimit = 5000;           // ms.

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

DesktopNotifications::DesktopNotifications(Bus bus, QObject *parent)
    : QObject(parent)
    , m_connect(std::move(bus))
{}

//! What nobody is there for any more would do nothing when it is clicked on.
DesktopNotifications::~DesktopNotifications()
{
    withdrawAll();
}

bool DesktopNotifications::connectOnce()
{
    if (m_bus)
        return m_bus->isConnected();
    m_bus = m_connect();
    if (!m_bus->isConnected()) {
        qCInfo(lcNotify) << "There is no session bus, so there are no notifications.";
        return false;
    }
    m_bus->connect(service, path, service, u"ActionInvoked"_s, this,
                   SLOT(onActionInvoked(quint32, QString)));
    m_bus->connect(service, path, service, u"ActivationToken"_s, this,
                   SLOT(onActivationToken(quint32, QString)));
    m_bus->connect(service, path, service, u"NotificationClosed"_s, this,
                   SLOT(onNotificationClosed(quint32, quint32)));
    auto *const call = new QDBusPendingCallWatcher(
        m_bus->asyncCall(callOf(u"GetCapabilities"_s), answerLimit), this);
    connect(call, &QDBusPendingCallWatcher::finished, this,
            [this, call] { onCapabilities(*call); });
    return true;
}

void DesktopNotifications::onCapabilities(QDBusPendingCallWatcher &call)
{
    call.deleteLater();
    const QDBusPendingReply<QStringList> reply = call;
    if (reply.isError())
        qCInfo(lcNotify) << "The desktop shows no notifications:" << reply.error().message();
    m_takesMarkup = reply.isValid() && reply.value().contains(u"body-markup");
    m_knowsDesktop = true;
    const QList<Notification> waiting = std::exchange(m_waiting, {});
    for (const Notification &notification : waiting)
        send(notification);
}

void DesktopNotifications::show(const Notification &notification)
{
    if (!connectOnce())
        return;
    if (m_knowsDesktop) {
        send(notification);
        return;
    }
    m_waiting.removeIf([&](const Notification &one) { return one.key == notification.key; });
    if (m_waiting.size() < mostWaiting)
        m_waiting.append(notification);
}

void DesktopNotifications::send(const Notification &notification)
{
    quint32 replaced = 0;
    if (const Shown *const before = find(notification.key)) {
        replaced = before->id;
        forget(notification.key);
    }
    if (m_shown.size() >= mostShown) {
        close(m_shown.constFirst().id);
        m_shown.removeFirst();
    }
    m_shown.append({notification.key, replaced, false, {}});

    QDBusMessage call = callOf(u"Notify"_s);
    call << u"Runnel"_s << replaced << u"org.runnel.Runnel"_s << notification.summary
         << (m_takesMarkup ? notification.body.toHtmlEscaped() : notification.body)
         << QStringList{defaultAction, tr("Open")}
         << QVariantMap{{u"desktop-entry"_s, u"org.runnel.Runnel"_s},
                        {u"category"_s, u"im.received"_s}}
         << -1; // As long as the desktop likes.
    auto *const reply = new QDBusPendingCallWatcher(m_bus->asyncCall(call, answerLimit), this);
    connect(reply, &QDBusPendingCallWatcher::finished, this,
            [this, reply, key = notification.key] { onId(key, *reply); });
}

void DesktopNotifications::onId(const QString &key, QDBusPendingCallWatcher &call)
{
    call.deleteLater();
    const QDBusPendingReply<quint32> reply = call;
    Shown *const shown = find(key);
    if (reply.isError()) {
        qCInfo(lcNotify) << "A notification was not shown:" << reply.error().message();
        forget(key);
    } else if (!shown || shown->isWithdrawn) {
        close(reply.value());
        forget(key);
    } else {
        shown->id = reply.value();
    }
}

void DesktopNotifications::withdraw(const QString &key)
{
    m_waiting.removeIf([&key](const Notification &one) { return one.key == key; });
    Shown *const shown = find(key);
    if (!shown)
        return;
    if (shown->id == 0) {
        shown->isWithdrawn = true;
        return;
    }
    close(shown->id);
    forget(key);
}

void DesktopNotifications::withdrawAll()
{
    m_waiting.clear();
    for (Shown &shown : m_shown) {
        close(shown.id);
        shown.isWithdrawn = true;
    }
    m_shown.removeIf([](const Shown &shown) { return shown.id != 0; });
}

void DesktopNotifications::close(quint32 id) const
{
    if (id == 0 || !m_bus || !m_bus->isConnected())
        return;
    QDBusMessage call = callOf(u"CloseNotification"_s);
    call << id;
    m_bus->send(call); // Without an answer: there is nothing to do about one.
}

DesktopNotifications::Shown *DesktopNotifications::find(const QString &key)
{
    const auto at = std::ranges::find(m_shown, key, &Shown::key);
    return at == m_shown.end() ? nullptr : &*at;
}

void DesktopNotifications::forget(const QString &key)
{
    m_shown.removeIf([&key](const Shown &shown) { return shown.key == key; });
}

// Signals come for the notifications of all programs.

void DesktopNotifications::onActionInvoked(quint32 id, const QString &action)
{
    const auto shown = std::ranges::find(m_shown, id, &Shown::id);
    if (id == 0 || shown == m_shown.end() || action != defaultAction)
        return;
    const Shown clicked = *shown;
    withdraw(clicked.key);
    Q_EMIT activated(clicked.key, clicked.activationToken);
}

void DesktopNotifications::onActivationToken(quint32 id, const QString &token)
{
    constexpr qsizetype longest = 256;
    const auto shown = std::ranges::find(m_shown, id, &Shown::id);
    if (id != 0 && shown != m_shown.end() && token.size() <= longest)
        shown->activationToken = token;
}

void DesktopNotifications::onNotificationClosed(quint32 id, quint32 reason)
{
    Q_UNUSED(reason);
    if (id != 0)
        m_shown.removeIf([id](const Shown &shown) { return shown.id == id; });
}

} // namespace runnel
