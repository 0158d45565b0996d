#include "app/commandline.h"

#include "client/endpoint.h"
#include "protocol/codec.h"

#include <QCommandLineParser>
#include <QLocale>

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

//! \a line with the link that stands alone among the arguments, if there is one. \a named: a server
//! or a conversation was named by options.
Result<CommandLine, CommandLineEnd> withLink(CommandLine line, const QStringList &arguments,
                                             bool named)
{
    if (arguments.isEmpty())
        return line;
    const QString &text = arguments.constFirst();
    if (!text.startsWith(u"runnel:"))
        return wrong(u"\"%1\" is no option and no runnel: link; see --help."_s.arg(text.left(80)));
    if (arguments.size() > 1)
        return wrong(
            u"There may be one link; \"%1\" is one too many."_s.arg(arguments[1].left(80)));
    if (named)
        return wrong(u"A link names the server and the conversation; --server and --session "
                     "cannot be given beside it."_s);
    const auto link = parseDeepLink(text);
    if (!link)
        return wrong(link.error().text);
    line.link = *link;
    line.linkText = text;
    return line;
}

//! Any that Qt knows: where there are no words in it, dates are written in it all the same.
bool isLanguage(const QString &name)
{
    constexpr qsizetype longest = 32; // "language_Script_TERRITORY"
    return name.size() <= longest && QLocale(name).language() != QLocale::C;
}

} // namespace

Result<CommandLine, CommandLineEnd> readCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A window to talk to a Runnel server."_s);
    const QCommandLineOption server(
        u"server"_s, u"The server: an http, https, ws or wss address (http://127.0.0.1:8000)."_s,
        u"URL"_s);
    const QCommandLineOption agent(u"agent"_s, u"The agent to ask first."_s, u"NAME"_s);
    const QCommandLineOption session(
        u"session"_s, u"A conversation to go on with; otherwise a new one begins."_s, u"ID"_s);
    const QCommandLineOption quickAsk(
        u"quick-ask"_s,
        u"A small window for one question; see the man page for how to bind it to a key."_s);
    const QCommandLineOption noCache(u"no-cache"_s,
                                     u"Neither shows nor keeps conversations on this computer."_s);
    const QCommandLineOption language(
        u"language"_s, u"The window's language, such as de or fr; otherwise the system's."_s,
        u"NAME"_s);
    parser.addOptions({server, agent, session, quickAsk, noCache, language});
    parser.addPositionalArgument(
        u"link"_s,
        u"A link to follow: runnel://HOST[:PORT][/PATH][?c=CONVERSATION][&ask=TEXT]. TEXT is put "
        "where one writes, and not sent. runnel: brings the window to the front."_s,
        u"[LINK]"_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    if (!parser.parse(arguments))
        return wrong(parser.errorText());
    // Qt adds the second one too, and lists it.
    if (parser.isSet(help) || parser.isSet(u"help-all"_s))
        return Failure{CommandLineEnd{parser.helpText(), 0}};
    if (parser.isSet(version))
        return Failure{
            CommandLineEnd{u"runnel-desktop %1\n"_s.arg(QStringLiteral(RUNNEL_VERSION)), 0}};
    CommandLine line;
    line.agent = parser.value(agent);
    line.quickAsk = parser.isSet(quickAsk);
    line.noCache = parser.isSet(noCache);
    line.serverNamed = parser.isSet(server);
    if (line.serverNamed) {
        const auto url = parseServerUrl(parser.value(server));
        if (!url)
            return wrong(u"--server: "_s + url.error().text);
        line.server = *url;
    }
    if (parser.isSet(session)) {
        line.session = parser.value(session);
        line.sessionNamed = true;
        if (!isValidId(line.session))
            return wrongId(u"session"_s, line.session);
        if (line.quickAsk)
            return wrong(u"--quick-ask begins a new conversation; --session cannot be given beside "
                         "it."_s);
    }
    if (parser.isSet(agent) && !isValidId(line.agent))
        return wrongId(u"agent"_s, line.agent);
    line.language = parser.value(language);
    if (parser.isSet(language) && !isLanguage(line.language))
        return wrong(u"--language is \"%1\"; it may be a language such as en, de or fr, or one "
                     "with a country such as pt_BR."_s.arg(line.language.left(80)));
    return withLink(line, parser.positionalArguments(),
                    parser.isSet(server) || parser.isSet(session));
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
