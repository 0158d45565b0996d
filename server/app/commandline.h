#pragma once

#include "app/settings.h"

#include <QStringList>

#include <optional>

namespace runnel {

//! What the command line asked for.
struct CommandLine
{
    //! Text to print and be done with: --help or --version.
    std::optional<QString> printAndExit;
    QHash<QString, QString> flags; //!< By SettingInfo::name.
    QString envFile;               //!< Of --env-file; empty: `.env` where there is one.
    bool healthCheck = false; //!< --health-check: ask the running server and say by the exit code.
    QString backup;           //!< --backup: the file to copy the database to.
    bool checkDatabase = false; //!< --check-database.
};

//! Reads the arguments (the program's name first). The error is one line that names the argument.
[[nodiscard]] Result<CommandLine, QString> parseCommandLine(const QStringList &arguments);

//! Flags, the environment and `.env` put together and checked. The error is one line.
[[nodiscard]] Result<Settings, QString> loadSettings(const CommandLine &commandLine);

} // namespace runnel
