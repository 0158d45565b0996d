#include "process/filelimit.h"

#include <csignal>

#include <sys/resource.h>

namespace runnel {

void raiseFileLimit()
{
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
}

void surviveLongFiles()
{
    std::signal(SIGXFSZ, SIG_IGN);
}

} // namespace runnel
