#pragma once

#include "app/commandline.h"
#include "app/instancecommand.h"
#include "models/serverlistmodel.h"
#include "models/workspace.h"

namespace runnel {

//! The server of a first start: the one that \a line names, else the list's current one, else the
//! one that may run on this computer.
[[nodiscard]] QUrl firstServer(const CommandLine &line, const ServerListModel &servers);

//! From now on a server that is reached is in the list: whoever came there once finds the way
//! again. Both live as long.
void keepServers(Workspace &workspace, ServerListModel &servers);

//! Goes where \a link leads. A server that is neither open nor in the list is not connected to, and
//! the workspace says so: anybody can write a link. Its text is put where a message is written, and
//! never sent.
void followLink(const DeepLink &link, Workspace &workspace, ServerListModel &servers);

//! Does what another start of the program asked, but for raising the window.
void followCommand(const InstanceCommand &command, Workspace &workspace, ServerListModel &servers);

} // namespace runnel
