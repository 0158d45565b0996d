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

//! Whom the server has not got is not asked: it would only refuse.
void ask(const QString &agent, Workspace &workspace)
{
    if (agent.isEmpty())
        return;
    const AgentListModel &agents = *workspace.session()->agents();
    if (agents.rowCount() == 0 || agents.contains(agent))
        workspace.session()->setAgent(agent);
    else
        workspace.tell(
            QCoreApplication::translate("runnel::opening", "There is no agent “%1” here.")
                .arg(agent));
}

} // namespace

QUrl serverAtStart(const CommandLine &line, const ServerListModel &servers)
{
    return line.serverNamed ? line.server : servers.currentUrl();
}

void joinModels(const FirstServer &first, const LinkGuard &links, Workspace &workspace)
{
    QObject::connect(&first, &FirstServer::chosen, &workspace, &Workspace::useServer);
    QObject::connect(&links, &LinkGuard::told, &workspace,
                     [&workspace](const QString &sentence) { workspace.tell(sentence); });
}

void keepServers(Workspace &workspace, ServerListModel &servers)
{
    QObject::connect(&workspace, &Workspace::reached, &servers, [&servers](const QUrl &server) {
        if (!servers.find(server))
            (void)servers.add({}, server.toString());
    });
}

void forgetServers(OfflineStore &store, ServerListModel &servers)
{
    QObject::connect(&servers, &ServerListModel::serverRemoved, &store,
                     [&store](const QString &, const QUrl &url) { store.forgetServer(url); });
}

void followLink(const DeepLink &link, const Destinations &to, const QString &agent)
{
    if (link.server.isEmpty())
        return;
    const auto go = [link, to, agent] {
        goTo(canonicalServer(link.server), to.workspace, to.servers);
        if (!link.conversation.isEmpty())
            to.workspace.open(link.conversation);
        else if (!link.ask.isEmpty())
            to.workspace.newChat();
        if (!link.ask.isEmpty())
            to.workspace.suggest(link.ask);
        ask(agent, to.workspace);
    };
    const QUrl server = canonicalServer(link.server);
    if (server == to.workspace.server() || to.servers.find(server))
        go();
    else if (!to.question.ask(server, !link.ask.isEmpty(), go))
        to.workspace.tell(QCoreApplication::translate(
            "runnel::opening", "Another link was not followed: answer the first one's question."));
}

void followCommand(const InstanceCommand &command, const Destinations &to)
{
    using Kind = InstanceCommand::Kind;
    if (command.kind == Kind::QuickAsk)
        return;
    if (command.kind == Kind::OpenLink) {
        if (const auto link = parseDeepLink(command.argument))
            followLink(*link, to, command.agent);
        return;
    }
    if (command.kind == Kind::OpenServer) {
        if (const auto server = parseServerUrl(command.argument))
            goTo(*server, to.workspace, to.servers);
    }
    if (!command.conversation.isEmpty())
        to.workspace.open(command.conversation);
    ask(command.agent, to.workspace);
}

} // namespace runnel
