#include "loadgen/firstanswer.h"
#include "loadgen/report.h"

#include <cstdio>

#include <sys/resource.h>

int main(int argc, char **argv)
{
    using namespace runnel::bench;
    const auto parsed = parseOptions(argc, argv);
    if (const auto *error = std::get_if<std::string>(&parsed)) {
        std::fputs(error->c_str(), stderr);
        return 2;
    }
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    const Options &options = std::get<Options>(parsed);
    if (options.first)
        std::puts(toJson(awaitFirstAnswer(options)).c_str());
    else
        std::puts(toJson(options, LoadRun(options).run()).c_str());
    return 0;
}
