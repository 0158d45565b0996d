#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! Whether the desktop asks for more contrast, as it tells programs by the settings portal
//! (org.freedesktop.appearance, contrast). Qt 6.4 does not look there. Nothing waits for the
//! answer, and where there is no portal it is no. The bus is another program: what it says of
//! another type counts as nothing said.
class SystemContrast : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool high READ isHigh NOTIFY highChanged)

public:
    explicit SystemContrast(QObject *parent = nullptr);
    //! Asks on \a bus instead of the session's.
    explicit SystemContrast(const QDBusConnection &bus, QObject *parent = nullptr);

    [[nodiscard]] bool isHigh() const { return m_high; }

Q_SIGNALS:
    void highChanged();

private Q_SLOTS:
    void follow(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);

    bool m_high = false;
};

} // namespace runnel
