// The program plain-page, which is what Qt Creator runs: it becomes runnel-server with the
// workshop's page, in the folder of the sources, where .env and data/ are.

#include <cstdio>
#include <unistd.h>
#include <vector>

int main(int, char **argv)
{
    if (chdir(RUNNEL_SOURCE_DIR) != 0) {
        std::perror(RUNNEL_SOURCE_DIR);
        return 2;
    }
    char server[] = RUNNEL_SERVER;
    char page[] = "--frontend-dir=" RUNNEL_PAGE;
    std::vector<char *> arguments{server, page};
    for (char **more = argv + 1; *more; ++more)
        arguments.push_back(*more);
    arguments.push_back(nullptr);
    execv(server, arguments.data());
    std::perror(server);
    return 2;
}
