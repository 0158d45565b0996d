#pragma once

namespace runnel::emulator {

//! The files that are built into the emulator can be read from here on, under ":/runnel/emulator/".
//! Any number of times, from any thread.
void loadResources();

} // namespace runnel::emulator
