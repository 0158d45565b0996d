#pragma once

#include "models/serverlistmodel.h"

namespace runnel {

//! What the file of servers says.
struct ServerFile
{
    QList<ServerEntry> servers;
    QString currentId; //!< One of servers; empty when there are none.
};

//! Why a file of servers was not read.
enum class ServerFileProblem {
    Unreadable, //!< It is there, and may not be read: it stays as it is.
    Damaged,    //!< No INI, of another version, too long, or with a value that none may have.
};

//! Empty for a file that is not there.
[[nodiscard]] Result<ServerFile, ServerFileProblem> readServerFile(const QString &path);

//! Writes all of it anew, to another file that then takes its place. False when it could not.
[[nodiscard]] bool writeServerFile(const QString &path, const ServerFile &file);

} // namespace runnel
