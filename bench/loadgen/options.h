#pragma once

#include "loadgen/chatclient.h"

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

    Endpoint server;
    int chats = 100;
    int watchers = 1;   //!< Connections a chat; the first of them asks.
    int idle = 0;       //!< Connections beside them that ask nothing, each with a chat of its own.
    bool speak = false; //!< After the answers all idle ones say something at once.
    bool first = false; //!< Nothing but one answer, from a server that is about to start.
    double rate = 20;   //!< Chunks a second and chat.
    int size = 24;      //!< Bytes of text a chunk.
    Seconds ramp{2};    //!< The chats start one after the other within this time.
    Seconds warmUp{1};  //!< After the last start, before the measured window.
    Seconds window{10}; //!< What is measured.
    Seconds grace{10};  //!< How long answers may be late after their proper end.
    Seconds connecting{30}; //!< How long all connections together may take.
    bool v1 = false;        //!< Ask for the subprotocol runnel.v1.
    std::vector<std::pair<std::string, pid_t>> processes; //!< Whose CPU time and memory is taken.

    //! When a chat starts, counted from the start of the first.
    [[nodiscard]] Seconds startOf(int chat) const;
    //! Chunks of a chat's answer, so that it ends a moment after the window.
    [[nodiscard]] int chunks(int chat) const;
};

//! The options, or what is wrong with them and how to say it right.
[[nodiscard]] std::variant<Options, std::string> parseOptions(int argc, char **argv);

} // namespace runnel::bench
