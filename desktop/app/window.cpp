#include "app/window.h"

#include "qml/icons/iconprovider.h"
#include "qml/icons/trayimage.h"

#include <QInputDevice>
#include <QLoggingCategory>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QScreen>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>
#include <chrono>

Q_IMPORT_QML_PLUGIN(Runnel_CorePlugin)
Q_IMPORT_QML_PLUGIN(Runnel_UiPlugin)

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Q_LOGGING_CATEGORY(lcStart, "runnel.start", QtInfoMsg)

//! A window's own, which is known only once it is there; few take more.
constexpr QSize frame(16, 48);

//! As it was when it was closed the last time, but no larger than its screen: nothing of it may be
//! below the edge, and many a screen is lower than 800.
void place(QQuickWindow &window, Preferences &preferences)
{
    if (!preferences.geometry().isEmpty())
        window.setGeometry(preferences.geometry());
    if (const QScreen *const screen = window.screen())
        window.resize(window.size().boundedTo(screen->availableSize() - frame));
    if (preferences.isMaximized())
        window.setWindowStates(Qt::WindowMaximized); // Shown or not.
    // The window's own signal that it closes has an argument that Qt keeps to itself.
    QObject::connect(&window, &QWindow::visibilityChanged, &preferences,
                     [&window, &preferences, last = QWindow::Windowed](auto now) mutable {
                         if (now != QWindow::Hidden) {
                             last = now;
                             return;
                         }
                         preferences.setMaximized(last == QWindow::Maximized);
                         if (last == QWindow::Windowed)
                             preferences.setGeometry(window.geometry());
                     });
}

} // namespace

void prepareQuick()
{
    // Every control has a look of its own; Basic adds the least to it and is the same everywhere.
    QQuickStyle::setStyle(u"Basic"_s);
}

QQuickWindow *loadWindow(QQmlApplicationEngine &engine, const WindowModels &models, bool visible)
{
    // Below Qt 6.5 the engine does not look here by itself.
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconProvider); // The engine owns it.
    engine.addImageProvider(u"tray"_s, new TrayImage);
    const QList<const QInputDevice *> devices = QInputDevice::devices();
    const bool touch = std::ranges::any_of(devices, [](const QInputDevice *device) {
        return device->type() == QInputDevice::DeviceType::TouchScreen;
    });
    engine.setInitialProperties({{u"workspace"_s, QVariant::fromValue(&models.workspace)},
                                 {u"servers"_s, QVariant::fromValue(&models.servers)},
                                 {u"preferences"_s, QVariant::fromValue(&models.preferences)},
                                 {u"firstServer"_s, QVariant::fromValue(&models.firstServer)},
                                 {u"question"_s, QVariant::fromValue(&models.question)},
                                 {u"links"_s, QVariant::fromValue(&models.links)},
                                 {u"attention"_s, QVariant::fromValue(&models.attention)},
                                 {u"touch"_s, touch},
                                 {u"visible"_s, visible}});
    engine.load(QUrl(u"qrc:/qt/qml/Runnel/Ui/pages/MainWindow.qml"_s));
    const QList<QObject *> roots = engine.rootObjects();
    auto *const window =
        roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.constFirst());
    if (window)
        place(*window, models.preferences);
    return window;
}

void logFirstFrame(QQuickWindow &window, Workspace &workspace)
{
    if (!lcStart().isDebugEnabled())
        return;
    // Whoever started us has the same clock.
    const auto log = [&workspace, logged = -1]() mutable {
        const int rows = workspace.conversations()->rowCount();
        if (logged > 0 || rows == logged)
            return;
        logged = rows;
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        qCDebug(lcStart, "First frame at %lld ns with %d conversations.",
                static_cast<long long>(std::chrono::nanoseconds(now).count()), rows);
    };
    QObject::connect(&window, &QQuickWindow::frameSwapped, &workspace, log);
}

void raiseWindow(QWindow &window, const InstanceCommand &command)
{
    // Where Qt's Wayland plugin looks for it; it takes it away again when the window is activated.
    if (!command.activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", command.activationToken.toLatin1());
    if (!command.startupId.isEmpty())
        qputenv("DESKTOP_STARTUP_ID", command.startupId.toLatin1());
    window.setWindowStates(window.windowStates() & ~Qt::WindowMinimized);
    window.setVisible(true);
    window.raise();
    window.requestActivate();
}

} // namespace runnel
