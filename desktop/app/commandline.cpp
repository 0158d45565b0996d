#include "app/commandline.h"

#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QCommandLineParser>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

Failure<CommandLineEnd> wrong(const QString &line)
{
    return Failure{CommandLineEnd{u"runnel-desktop: "_s + line + u'\n', 1}};
}

Failure<CommandLineEnd> wrongId(const QString &option, const QString &was)
{
    return wrong(u"--%1 is \"%2\"; it may be 1 to 64 characters of A-Z a-z 0-9 _ -."_s.arg(
        option, was.left(80)));
}

} // namespace

Result<CommandLine, CommandLineEnd> readCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A window to talk to a Runnel server."_s);
    const QCommandLineOption server(
        u"server"_s, u"The server: an http, https, ws or wss address (http://127.0.0.1:8000)."_s,
        u"URL"_s, u"http://127.0.0.1:8000"_s);
    const QCommandLineOption agent(u"agent"_s, u"The agent to ask first."_s, u"NAME"_s);
    const QCommandLineOption session(
        u"session"_s, u"A conversation to go on with; otherwise a new one begins."_s, u"ID"_s);
    parser.addOptions({server, agent, session});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    if (parser.isSet(help))
        return Failure{CommandLineEnd{parser.helpText(), 0}};
    if (parser.isSet(version))
        return Failure{
            CommandLineEnd{u"runnel-desktop %1\n"_s.arg(QStringLiteral(RUNNEL_VERSION)), 0}};
    if (!parser.positionalArguments().isEmpty())
        return wrong(
            u"\"%1\" is no option; see --help."_s.arg(parser.positionalArguments().constFirst()));

    const auto url = parseServerUrl(parser.value(server));
    if (!url)
        return wrong(u"--server: "_s + url.error().text);
    CommandLine line{*url, newSessionId(), parser.value(agent)};
    if (parser.isSet(session)) {
        line.session = parser.value(session);
        if (!isValidId(line.session))
            return wrongId(u"session"_s, line.session);
    }
    if (parser.isSet(agent) && !isValidId(line.agent))
        return wrongId(u"agent"_s, line.agent);
    return line;
}

QString missingDisplay(const QProcessEnvironment &environment)
{
#ifdef Q_OS_LINUX
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!environment.value(QLatin1String(name)).isEmpty())
            return {};
    }
    return QStringLiteral("There is no screen to open a window on: neither DISPLAY nor "
                          "WAYLAND_DISPLAY is set. The page does the same in any browser.\n");
#else
    Q_UNUSED(environment);
    return {};
#endif
}

} // namespace runnel
