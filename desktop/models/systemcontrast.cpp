#include "models/systemcontrast.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

const QString portalService = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString portalSettings = u"org.freedesktop.portal.Settings"_s;
const QString portalGroup = u"org.freedesktop.appearance"_s;
const QString portalKey = u"contrast"_s;
constexpr uint portalHigh = 1;    // 0 is no wish.
constexpr int portalTime = 5'000; // ms

} // namespace

SystemContrast::SystemContrast(QObject *parent)
    : SystemContrast(QDBusConnection::sessionBus(), parent)
{}

SystemContrast::SystemContrast(const QDBusConnection &bus, QObject *parent)
    : QObject(parent)
{
    if (!bus.isConnected())
        return;
    QDBusConnection connection = bus;
    connection.connect(portalService, portalPath, portalSettings, u"SettingChanged"_s, this,
                       SLOT(follow(QString, QString, QDBusVariant)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(portalService, portalPath, portalSettings, u"Read"_s);
    call << portalGroup << portalKey;
    auto *const answer = new QDBusPendingCallWatcher(connection.asyncCall(call, portalTime), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        answer->deleteLater();
        if (reply.isValid())
            take(reply.value().variant());
    });
}

void SystemContrast::follow(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == portalGroup && key == portalKey)
        take(value.variant());
}

//! Read() wraps it in a variant more than the signal does.
void SystemContrast::take(const QVariant &value)
{
    const QVariant said = value.metaType() == QMetaType::fromType<QDBusVariant>()
                              ? value.value<QDBusVariant>().variant()
                              : value;
    const bool high = said.metaType() == QMetaType::fromType<uint>() && said.toUInt() == portalHigh;
    if (high == m_high)
        return;
    m_high = high;
    Q_EMIT highChanged();
}

} // namespace runnel
