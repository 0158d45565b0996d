#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sys/types.h>

namespace runnel::bench {

//! What one run of the load generator does.
struct Options
{
    using Seconds = std::chrono::duration<double>;

    std::uint16_t port = 0;
    int chats = 100;
    double rate = 20;       //!< Chunks a second and chat.
    int size = 24;          //!< Bytes of text a chunk.
    Seconds ramp{2};        //!< The chats start one after the other within this time.
    Seconds warmUp{1};      //!< After the last start, before the measured window.
    Seconds window{10};     //!< What is measured.
    Seconds grace{10};      //!< How long answers may be late after their proper end.
    Seconds connecting{10}; //!< How long all connections together may take.
    bool v1 = false;        //!< Ask for the subprotocol runnel.v1.
    std::vector<std::pair<std::string, pid_t>> processes; //!< Whose CPU time is taken.

    //! Chunks of an answer, so that it goes on a second longer than the window.
    [[nodiscard]] int chunks() const;
};

//! The options, or what is wrong with them and how to say it right.
[[nodiscard]] std::variant<Options, std::string> parseOptions(int argc, char **argv);

} // namespace runnel::bench
