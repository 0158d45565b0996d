#pragma once

namespace runnel {

//! As many files as the system lets this process have: each socket is one, and the usual soft limit
//! of 1,024 is for programs that use select().
void raiseFileLimit();

//! A file that may not become longer (`ulimit -f`) is an error of the write, as a full disk is; by
//! default the kernel ends the process (setrlimit(2), RLIMIT_FSIZE).
void surviveLongFiles();

} // namespace runnel
