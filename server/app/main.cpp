#include "app/commandline.h"
#include "app/healthcheck.h"
#include "app/logging.h"
#include "app/serverapp.h"
#include "process/filelimit.h"
#include "process/terminationsignal.h"
#include "storage/databasetools.h"

#ifdef RUNNEL_HAVE_EPOLL
#include "net/epolleventdispatcher.h"
#endif

#include <QCoreApplication>

#include <cstdio>

using namespace runnel;

namespace {

int fail(const QString &line)
{
    std::fprintf(stderr, "runnel-server: %s\n", qUtf8Printable(line));
    return 1;
}

//! Qt's network threads poll by themselves: with glib, each switch of a socket's notifier, and so
//! each chunk, wakes its loop once more (docs/performance.md). The main thread has a dispatcher of
//! its own. Before the application: no other thread may be there.
void keepGlibOut()
{
    if (!qEnvironmentVariableIsSet("QT_NO_THREADED_GLIB"))
        qputenv("QT_NO_THREADED_GLIB", "1");
}

//! Of what is done and over: the line to print and the exit code.
int finish(const Result<QString, QString> &done)
{
    if (!done)
        return fail(done.error());
    std::printf("%s\n", qUtf8Printable(*done));
    return 0;
}

int serve(const Settings &settings)
{
    ServerApp server(settings);
    // Before the start: a signal that comes while it starts ends it in order too.
    const TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, &server, &ServerApp::shutDown);
    QObject::connect(&server, &ServerApp::stopped, qApp, &QCoreApplication::quit);

    const Result<QUrl, QString> url = server.start();
    if (!url)
        return fail(url.error());

    std::printf("Listening on %s\n", qUtf8Printable(url->toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    keepGlibOut();
#ifdef RUNNEL_HAVE_EPOLL
    QCoreApplication::setEventDispatcher(new EpollEventDispatcher); // the application owns it
#endif
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("runnel-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNNEL_VERSION));

    const auto commandLine = parseCommandLine(QCoreApplication::arguments());
    if (!commandLine)
        return fail(commandLine.error() + QLatin1String(" Try --help."));
    if (commandLine->printAndExit) {
        std::fputs(qUtf8Printable(*commandLine->printAndExit), stdout);
        return 0;
    }
    const auto settings = loadSettings(*commandLine);
    if (!settings)
        return fail(settings.error());
    if (commandLine->healthCheck)
        return checkHealth(settings->host, settings->port);
    if (!commandLine->backup.isEmpty())
        return finish(backUpDatabase(settings->databaseUrl, commandLine->backup));
    if (commandLine->checkDatabase)
        return finish(checkDatabase(settings->databaseUrl));

    installLogging(settings->logLevel, settings->logFormat);
    raiseFileLimit();
    surviveLongFiles();
    return serve(*settings);
}
