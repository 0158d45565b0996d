#include "app/instancecommand.h"

#include "app/deeplink.h"
#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <optional>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int version = 1;
constexpr qsizetype longestActivation = 256; // Characters.

struct KindName
{
    InstanceCommand::Kind kind;
    QLatin1String name;
};
constexpr std::array kindNames{
    KindName{InstanceCommand::Kind::Raise, QLatin1String("raise")},
    KindName{InstanceCommand::Kind::OpenServer, QLatin1String("server")},
    KindName{InstanceCommand::Kind::OpenLink, QLatin1String("link")},
    KindName{InstanceCommand::Kind::QuickAsk, QLatin1String("quick-ask")},
};

//! What goes into the environment, where a NUL or a line feed would be something else.
QString activation(const QString &text)
{
    const bool fine = text.size() <= longestActivation &&
                      std::ranges::all_of(text, [](QChar c) { return c > u' ' && c < u'\x7f'; });
    return fine ? text : QString();
}

QByteArray lineOf(const InstanceCommand &command)
{
    QJsonObject object{{u"runnel"_s, version}};
    const auto *const kind = std::ranges::find(kindNames, command.kind, &KindName::kind);
    object.insert(u"command"_s, QString(kind->name));
    const auto add = [&object](const QString &key, const QString &value) {
        if (!value.isEmpty())
            object.insert(key, value);
    };
    add(u"argument"_s, command.argument);
    add(u"conversation"_s, command.conversation);
    add(u"agent"_s, command.agent);
    add(u"activation_token"_s, activation(command.activationToken));
    add(u"startup_id"_s, activation(command.startupId));
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Failure<Error> refusedCommand(const QString &why)
{
    return Failure{Error{ErrorCode::BadFrame, why}};
}

//! Empty when \a command has what its kind needs, and nothing else.
QString problemOf(const InstanceCommand &command)
{
    using Kind = InstanceCommand::Kind;
    if (!command.conversation.isEmpty() &&
        (!isValidId(command.conversation) || command.kind == Kind::OpenLink ||
         command.kind == Kind::QuickAsk))
        return u"Its conversation is none, or has no place in it."_s;
    if (!command.agent.isEmpty() && !isValidId(command.agent))
        return u"Its agent is none."_s;
    switch (command.kind) {
    case InstanceCommand::Kind::Raise:
    case InstanceCommand::Kind::QuickAsk:
        return command.argument.isEmpty() ? QString() : u"It takes no argument."_s;
    case InstanceCommand::Kind::OpenServer: {
        const auto url = parseServerUrl(command.argument);
        return url ? QString() : url.error().text;
    }
    case InstanceCommand::Kind::OpenLink: {
        const auto link = parseDeepLink(command.argument);
        return link ? QString() : link.error().text;
    }
    }
    return {};
}

} // namespace

Result<QByteArray, Error> encodeInstanceCommand(const InstanceCommand &command)
{
    QByteArray line = lineOf(command);
    if (line.size() > maxInstanceMessage)
        line =
            lineOf({command.kind, command.argument, command.conversation, command.agent, {}, {}});
    if (line.size() > maxInstanceMessage)
        return Failure{Error{ErrorCode::TooLarge, u"The address is too long to be passed on."_s}};
    return line;
}

Result<InstanceCommand, Error> decodeInstanceCommand(const QByteArray &line)
{
    if (line.size() >= maxInstanceMessage)
        return refusedCommand(u"It is too long."_s);
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.value("runnel"_L1).toInt() != version)
        return refusedCommand(u"It is of another version, or no message at all."_s);
    const QString name = object.value("command"_L1).toString();
    const auto *const kind = std::ranges::find(kindNames, name, &KindName::name);
    if (kind == kindNames.end())
        return refusedCommand(u"Its command is not known."_s);
    const InstanceCommand command{kind->kind,
                                  object.value("argument"_L1).toString(),
                                  object.value("conversation"_L1).toString(),
                                  object.value("agent"_L1).toString(),
                                  activation(object.value("activation_token"_L1).toString()),
                                  activation(object.value("startup_id"_L1).toString())};
    if (const QString problem = problemOf(command); !problem.isEmpty())
        return refusedCommand(problem);
    return command;
}

} // namespace runnel
