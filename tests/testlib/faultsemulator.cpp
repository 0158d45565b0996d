#include "testlib/faultsemulator.h"

namespace runnel::test {

using namespace Qt::StringLiterals;

FaultsEmulator::FaultsEmulator()
    : ServerProcess(u"runnel-emulator"_s)
{}

bool FaultsEmulator::startScript()
{
    return start({u"--port"_s, u"0"_s, u"--scenario"_s,
                  QStringLiteral(RUNNEL_SOURCE_DIR "/emulator/scenarios/faults.json")});
}

QStringList FaultsEmulator::environment() const
{
    return {u"PORT=0"_s, u"GOOGLE_API_KEY=secret-key"_s,
            u"GOOGLE_GEMINI_BASE_URL="_s + url().toString()};
}

} // namespace runnel::test
