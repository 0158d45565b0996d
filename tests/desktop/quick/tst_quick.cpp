//! Runs the tst_*.qml of this folder, one after the other: `tst_quick [NAME::test_function]…`.

#include "app/window.h"
#include "gallery/uiengine.h"

#include <QtQuickTest>

using namespace runnel;
using namespace runnel::test;

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void applicationAvailable() { prepareQuick(); }
    void qmlEngineAvailable(QQmlEngine *engine) { prepareEngine(*engine); }
};

QUICK_TEST_MAIN_WITH_SETUP(tst_quick, Setup)
#include "tst_quick.moc"
