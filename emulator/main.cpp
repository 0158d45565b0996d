#include "emulator/emulatorserver.h"
#include "process/filelimit.h"
#include "process/terminationsignal.h"

#ifdef RUNNEL_HAVE_EPOLL
#include "net/epolleventdispatcher.h"
#endif

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

int fail(const QString &line)
{
    std::fprintf(stderr, "%s\n", qPrintable(line));
    return 1;
}

//! A flag's number; fails when it is none or out of range.
std::optional<double> numberFlag(const QCommandLineParser &parser, const QString &name, double from,
                                 double to)
{
    bool isNumber = false;
    const double number = parser.value(name).toDouble(&isNumber);
    if (isNumber && number >= from && number <= to)
        return number;
    fail(u"--%1 must be a number from %2 to %3, is \"%4\""_s.arg(name)
             .arg(from, 0, 'g', 12)
             .arg(to, 0, 'g', 12)
             .arg(parser.value(name)));
    return std::nullopt;
}

void addFlags(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"A Gemini that runs offline: Google's REST interface, answered from a scenario."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        {u"host"_s, u"Address to listen on."_s, u"address"_s, u"127.0.0.1"_s},
        {u"port"_s, u"Port to listen on; 0 picks a free one."_s, u"port"_s, u"8080"_s},
        {u"scenario"_s, u"What to answer: a JSON file, or faults or bench."_s, u"file"_s},
        {u"tokens-per-second"_s, u"Pace of answers, else the scenario's; 0: as fast as it goes."_s,
         u"number"_s, u"30"_s},
        {u"seed"_s, u"Same seed, same answers."_s, u"number"_s, u"1"_s},
        {u"chunk-timestamps"_s,
         u"Begin each chunk with @, the monotonic time in ns in 20 digits, and a semicolon."_s},
    });
}

} // namespace

int main(int argc, char *argv[])
{
#ifdef RUNNEL_HAVE_EPOLL
    QCoreApplication::setEventDispatcher(new runnel::EpollEventDispatcher);
#endif
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"runnel-emulator"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNNEL_VERSION));

    QCommandLineParser parser;
    addFlags(parser);
    parser.process(app);
    if (!parser.positionalArguments().isEmpty())
        return fail(u"Unexpected argument: "_s + parser.positionalArguments().constFirst());

    const auto port = numberFlag(parser, u"port"_s, 0, 65535);
    const auto pace = port ? numberFlag(parser, u"tokens-per-second"_s, 0, 1'000'000) : port;
    const auto seed = pace ? numberFlag(parser, u"seed"_s, 0, 9e15) : pace;
    if (!seed)
        return 1;
    const QHostAddress host(parser.value(u"host"_s));
    if (host.isNull())
        return fail(u"--host must be an IP address, is \"%1\""_s.arg(parser.value(u"host"_s)));

    runnel::emulator::EmulatorOptions options;
    if (parser.isSet(u"tokens-per-second"_s))
        options.tokensPerSecond = *pace;
    options.seed = quint64(*seed);
    options.chunkTimestamps = parser.isSet(u"chunk-timestamps"_s);
    if (parser.isSet(u"scenario"_s)) {
        auto scenario = runnel::emulator::Scenario::load(parser.value(u"scenario"_s));
        if (!scenario)
            return fail(scenario.error());
        options.scenario = std::move(scenario).value();
    }

    runnel::raiseFileLimit();
    const runnel::TerminationSignal termination;
    QObject::connect(&termination, &runnel::TerminationSignal::received, &app,
                     &QCoreApplication::quit);
    runnel::emulator::EmulatorServer server(std::move(options));
    const auto listening = server.listen(host, quint16(*port));
    if (!listening)
        return fail(listening.error());
    std::printf("Listening on %s\n", qPrintable(server.baseUrl()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
