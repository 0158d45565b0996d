#include "uiengine.h"

#include "qml/icons/iconprovider.h"

#include <QtQml/qqmlextensionplugin.h>

// Those of the product come with app/window.cpp.
Q_IMPORT_QML_PLUGIN(Runnel_FixturesPlugin)

namespace runnel::test {

using namespace Qt::StringLiterals;

void prepareEngine(QQmlEngine &engine)
{
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.addImageProvider(u"icon"_s, new IconProvider); // The engine owns it.
}

} // namespace runnel::test
