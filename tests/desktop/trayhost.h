#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QImage>
#include <QObject>
#include <QStringList>

namespace runnel::test {

//! An icon in the tray as a desktop sees it.
struct TrayItem
{
    QString tooltip;
    QImage image;     //!< The largest one.
    QStringList menu; //!< The texts of its lines; "-" for what separates them.
};

//! What a desktop does about its tray: org.kde.StatusNotifierWatcher, which KDE has, and GNOME by
//! an extension. Its calls wait for the program, so it lives in a thread of its own.
class TrayHost : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ isThere CONSTANT)
    Q_PROPERTY(int ProtocolVersion READ protocol CONSTANT)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)

public:
    //! On the session's bus; aborts the test program when there is none.
    TrayHost();
    ~TrayHost() override;

    [[nodiscard]] bool isThere() const { return true; }
    [[nodiscard]] int protocol() const { return 0; }
    [[nodiscard]] QStringList items() const { return m_items; }

    // From the host's own thread.
    [[nodiscard]] TrayItem look() const;
    void click() const;
    //! False when the menu has no such line.
    [[nodiscard]] bool choose(const QString &text) const;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service);
    void RegisterStatusNotifierHost(const QString &service) const { Q_UNUSED(service); }

Q_SIGNALS:
    void StatusNotifierHostRegistered();
    void StatusNotifierItemRegistered(const QString &service);

private:
    struct Line
    {
        int id = 0;
        QString text;
    };
    [[nodiscard]] QVariant property(const QString &name) const;
    [[nodiscard]] QList<Line> lines() const;

    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QStringList m_items; //!< Of programs that run.
};

} // namespace runnel::test
