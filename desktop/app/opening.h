#pragma once

#include "app/commandline.h"
#include "app/instancecommand.h"
#include "models/firstserver.h"
#include "models/linkguard.h"
#include "models/serverlistmodel.h"
#include "models/serverquestion.h"
#include "models/workspace.h"

namespace runnel {

//! The server of a first start: the one that \a line names, else the list's current one, else
//! none: then the window asks for one.
[[nodiscard]] QUrl serverAtStart(const CommandLine &line, const ServerListModel &servers);

//! What is chosen on the first page is gone to, and what became of a link is said.
void joinModels(const FirstServer &first, const LinkGuard &links, Workspace &workspace);

//! From now on a server that is reached is in the list: whoever came there once finds the way
//! again. Both live as long.
void keepServers(Workspace &workspace, ServerListModel &servers);

//! What is kept of a server that is taken out of the list goes. Both live as long.
void forgetServers(OfflineStore &store, ServerListModel &servers);

//! What links and other starts of the program lead to; all of it outlives a question.
struct Destinations
{
    Workspace &workspace;
    ServerListModel &servers;
    ServerQuestion &question;
};

//! Goes where \a link leads: at once where its server is open or in the list, else once the person
//! has agreed, for anybody can write a link. Its text is put where a message is written, and never
//! sent. \a agent is asked there, unless it is empty.
void followLink(const DeepLink &link, const Destinations &to, const QString &agent = {});

//! Does what another start of the program asked, but for windows: of QuickAsk, nothing.
void followCommand(const InstanceCommand &command, const Destinations &to);

} // namespace runnel
