#include "emulator/resources.h"

#include <QDir> // Q_INIT_RESOURCE

// A static library's resources are dropped by the linker unless something asks for them; this must
// stand outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(runnel_emulator);
}

namespace runnel::emulator {

void loadResources()
{
    initResources();
}

} // namespace runnel::emulator
