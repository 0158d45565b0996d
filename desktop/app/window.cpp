#include "app/window.h"

#include "qml/icons/iconprovider.h"

#include <QInputDevice>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>

Q_IMPORT_QML_PLUGIN(Runnel_CorePlugin)
Q_IMPORT_QML_PLUGIN(Runnel_UiPlugin)

namespace runnel {

using namespace Qt::StringLiterals;

void prepareQuick()
{
    // Every control has a look of its own; Basic adds the least to it and is the same everywhere.
    QQuickStyle::setStyle(u"Basic"_s);
}

bool loadWindow(QQmlApplicationEngine &engine, ChatSession &session)
{
    // Below Qt 6.5 the engine does not look here by itself.
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconProvider); // The engine owns it.
    const QList<const QInputDevice *> devices = QInputDevice::devices();
    const bool touch = std::ranges::any_of(devices, [](const QInputDevice *device) {
        return device->type() == QInputDevice::DeviceType::TouchScreen;
    });
    engine.setInitialProperties(
        {{u"session"_s, QVariant::fromValue(&session)}, {u"touch"_s, touch}});
    engine.load(QUrl(u"qrc:/qt/qml/Runnel/Ui/pages/MainWindow.qml"_s));
    return !engine.rootObjects().isEmpty();
}

} // namespace runnel
