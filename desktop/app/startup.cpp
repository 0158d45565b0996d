#include "app/startup.h"

#include <QCoreApplication>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Nothing where this start has become the first one after all.
std::optional<CommandLineEnd> handOver(const InstanceCommand &command, const InstancePlace &place,
                                       SingleInstance &instance)
{
    using Outcome = InstanceMessenger::Outcome;
    Outcome outcome = Outcome::Silent;
    InstanceMessenger messenger(place, instance);
    QObject::connect(&messenger, &InstanceMessenger::finished, &messenger, [&outcome](Outcome how) {
        outcome = how;
        QCoreApplication::quit();
    });
    messenger.pass(command);
    QCoreApplication::exec();
    switch (outcome) {
    case Outcome::Taken:
        return CommandLineEnd{};
    case Outcome::Gone:
        return std::nullopt;
    case Outcome::Refused:
        return CommandLineEnd{u"runnel-desktop: The window that is open did not take what it was "
                              "asked; it may be of another version.\n"_s,
                              1};
    case Outcome::Silent:
        break;
    }
    return CommandLineEnd{u"runnel-desktop: It runs already but does not answer. End that process, "
                          "then start again.\n"_s,
                          1};
}

} // namespace

InstanceCommand commandOf(const CommandLine &line, const QProcessEnvironment &environment)
{
    InstanceCommand command;
    if (line.link) {
        command.kind = InstanceCommand::Kind::OpenLink;
        command.argument = line.linkText;
    } else if (line.quickAsk) {
        command.kind = InstanceCommand::Kind::QuickAsk;
    } else if (line.serverNamed) {
        command.kind = InstanceCommand::Kind::OpenServer;
        command.argument = line.server.toString(QUrl::FullyEncoded);
    }
    if (line.sessionNamed)
        command.conversation = line.session;
    command.agent = line.agent;
    command.activationToken = environment.value(u"XDG_ACTIVATION_TOKEN"_s);
    command.startupId = environment.value(u"DESKTOP_STARTUP_ID"_s);
    return command;
}

Result<CommandLine, CommandLineEnd> startUp(const QStringList &arguments,
                                            const QProcessEnvironment &environment,
                                            const InstancePlace &place, SingleInstance &instance)
{
    const auto line = readCommandLine(arguments);
    if (!line)
        return line;
    if (const QString problem = missingDisplay(environment); !problem.isEmpty())
        return Failure{CommandLineEnd{problem, 1}};
    if (instance.tryLock())
        return line;
    if (const auto end = handOver(commandOf(*line, environment), place, instance))
        return Failure{*end};
    return line;
}

} // namespace runnel
