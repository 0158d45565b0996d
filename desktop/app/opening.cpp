#include "app/opening.h"

#include "client/endpoint.h"

#include <QCoreApplication>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

void goTo(const QUrl &server, Workspace &workspace, ServerListModel &servers)
{
    if (const auto known = servers.find(server))
        (void)servers.setCurrent(known->id);
    workspace.useServer(server);
}

} // namespace

QUrl firstServer(const CommandLine &line, const ServerListModel &servers)
{
    return line.serverNamed || servers.rowCount() == 0 ? line.server : servers.currentUrl();
}

void keepServers(Workspace &workspace, ServerListModel &servers)
{
    QObject::connect(&workspace, &Workspace::reached, &servers, [&servers](const QUrl &server) {
        if (!servers.find(server))
            (void)servers.add({}, server.toString());
    });
}

void followLink(const DeepLink &link, Workspace &workspace, ServerListModel &servers)
{
    if (link.server.isEmpty())
        return;
    const QUrl server = canonicalServer(link.server);
    if (server != workspace.server() && !servers.find(server)) {
        workspace.tell(QCoreApplication::translate(
                           "runnel::opening",
                           "The link leads to %1, which is not in your list of servers. Add it "
                           "first, if you know it.")
                           .arg(server.toDisplayString()));
        return;
    }
    goTo(server, workspace, servers);
    if (!link.conversation.isEmpty())
        workspace.open(link.conversation);
    else if (!link.ask.isEmpty())
        workspace.newChat();
    if (!link.ask.isEmpty())
        workspace.suggest(link.ask);
}

void followCommand(const InstanceCommand &command, Workspace &workspace, ServerListModel &servers)
{
    switch (command.kind) {
    case InstanceCommand::Kind::OpenServer:
        if (const auto server = parseServerUrl(command.argument))
            goTo(*server, workspace, servers);
        return;
    case InstanceCommand::Kind::OpenLink:
        if (const auto link = parseDeepLink(command.argument))
            followLink(*link, workspace, servers);
        return;
    case InstanceCommand::Kind::QuickAsk:
        workspace.newChat();
        return;
    case InstanceCommand::Kind::Raise:
        return;
    }
}

} // namespace runnel
