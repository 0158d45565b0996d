#pragma once

#include "app/deeplink.h"
#include "protocol/result.h"

#include <QProcessEnvironment>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace runnel {

//! What `runnel-desktop` was started with.
struct CommandLine
{
    QUrl server;                  //!< Empty when none was named.
    QString session;              //!< The same.
    QString agent;                //!< Empty: the server's first.
    bool serverNamed = false;     //!< Whether --server was given.
    bool sessionNamed = false;    //!< Whether --session was.
    std::optional<DeepLink> link; //!< Instead of --server and --session, never with them.
    QString linkText;             //!< The link as it was given, to pass on; empty without one.
    bool quickAsk = false;        //!< The small window for one question.
    bool noCache = false;         //!< Nothing is read from this computer's cache, or put into it.
    QString language{}; //!< Of the window's words; empty: what is chosen, or the system's.
};

//! What to print instead of starting, and the exit code.
struct CommandLineEnd
{
    QString text;
    int exitCode = 0;
};

//! \a arguments with the program's name first. A wrong value ends with one line that names the
//! option, what it was and what it may be.
[[nodiscard]] Result<CommandLine, CommandLineEnd> readCommandLine(const QStringList &arguments);

//! What to print where there is no screen to open a window on: Qt itself would abort. Empty when
//! \a environment names one, or the platform plugin to take.
[[nodiscard]] QString missingDisplay(const QProcessEnvironment &environment);

} // namespace runnel
