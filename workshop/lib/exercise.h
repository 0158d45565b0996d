#pragma once

// What every check.cpp begins with: says what is right and what is missing, as lib/check.mjs does.

#include <QByteArray>
#include <QString>

#include <csignal>
#include <cstdio>
#include <new>

#include <sys/resource.h>
#include <unistd.h>

namespace runnel::exercise {

inline int missing = 0;

//! The learner reads these three sentences: what is right, or what is missing and where to look.
inline bool expect(bool holds, const QString &right, const QString &missingSentence,
                   const QString &look = {})
{
    std::printf("%s %s\n", holds ? "right   " : "missing ",
                qUtf8Printable(holds ? right : missingSentence));
    if (!holds) {
        ++missing;
        if (!look.isEmpty())
            std::printf("         Look at %s.\n", qUtf8Printable(look));
    }
    std::fflush(stdout);
    return holds;
}

namespace detail {

inline QByteArray atHand =
    QByteArrayLiteral(".\n"); //!< What is said where nothing else can be: no memory is taken then.

[[noreturn]] inline void endAtOnce(const char *what)
{
    (void)!::write(STDOUT_FILENO, what, qstrlen(what));
    (void)!::write(STDOUT_FILENO, atHand.constData(), std::size_t(atHand.size()));
    ::_exit(1);
}

} // namespace detail

//! What the check looks at now, as in "It does not come to an end \a what", and where to look if it
//! ends there.
inline void during(const QString &what, const QString &look)
{
    detail::atHand = QStringLiteral(" %1.\n         Look at %2.\n").arg(what, look).toUtf8();
}

//! Whatever a learner wrote, the check ends: after so many seconds, at a crash, or when it has
//! taken so many GiB, and then says so with the words of during().
inline void endWithin(unsigned seconds, rlim_t gibibytes = 1)
{
    for (const int signal : {SIGALRM, SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) {
        std::signal(signal, [](int number) {
            detail::endAtOnce(number == SIGALRM ? "missing  It does not come to an end"
                                                : "missing  The program crashes");
        });
    }
    std::set_new_handler([] { detail::endAtOnce("missing  It takes too much memory"); });
    const rlimit memory{gibibytes << 30, gibibytes << 30};
    ::setrlimit(RLIMIT_AS, &memory);
    ::alarm(seconds);
}

//! For main() to return: 0 when nothing is missing, 1 when something is.
inline int result()
{
    return missing > 0 ? 1 : 0;
}

} // namespace runnel::exercise
