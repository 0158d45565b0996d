#pragma once

// What every check.cpp begins with: says what is right and what is missing, as lib/check.mjs does.

#include <QByteArray>
#include <QString>

#include <cstdio>

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

//! For main() to return: 0 when nothing is missing, 1 when something is.
inline int result()
{
    return missing > 0 ? 1 : 0;
}

} // namespace runnel::exercise
