// The program exercise-1.2, which is what Qt Creator runs: it becomes workshop/check 1.2.

#include <cstdio>
#include <unistd.h>

int main()
{
    execl(RUNNEL_CHECK, RUNNEL_CHECK, RUNNEL_EXERCISE, "--build", RUNNEL_BUILD, nullptr);
    std::perror(RUNNEL_CHECK);
    return 2;
}
