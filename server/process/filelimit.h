#pragma once

namespace runnel {

//! As many files as the system lets this process have: each socket is one, and the usual soft limit
//! of 1,024 is for programs that use select().
void raiseFileLimit();

} // namespace runnel
