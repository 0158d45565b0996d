#pragma once

#include "protocol/result.h"
#include "round.h"

#include <chrono>

namespace runnel::faults {

//! A round that is to be played.
struct Planned
{
    Mode mode = Mode::All;
    quint64 seed = 1;
    int round = 0;
};

struct Options
{
    std::vector<Planned> rounds;
    std::chrono::seconds limit{0}; //!< No round begins after it; 0: none.
    //! The longest that a server may take from its start after kill -9 until it serves.
    std::chrono::milliseconds startLimit{1000};
    bool keeps = false;  //!< The folder of a failed round stays.
    bool goesOn = false; //!< After a failure.
    bool isVerbose = false;
};

//! From the command line; the error is one line. Ends the program for --help.
[[nodiscard]] Result<Options, QString> readOptions(const QStringList &arguments);

[[nodiscard]] QString nameOf(Mode mode);

} // namespace runnel::faults
