#pragma once

#include "testlib/serverprocess.h"

namespace runnel::test {

//! runnel-emulator with the script of faults, in which a message says what becomes of its answer.
class FaultsEmulator : public ServerProcess
{
public:
    FaultsEmulator();

    //! As ServerProcess::start() does it.
    [[nodiscard]] bool startScript();

    //! What a runnel-server is started with that asks it, with the key `secret-key`, and listens on
    //! a free port.
    [[nodiscard]] QStringList environment() const;
};

} // namespace runnel::test
