#include "app/commandline.h"
#include "app/window.h"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QStandardPaths>

#include <cstdio>

int main(int argc, char *argv[])
{
    using namespace runnel;

    QCoreApplication::setApplicationName(QStringLiteral("runnel-desktop"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNNEL_VERSION));
    // Without a window system, so that --help works everywhere.
    const auto line = [&argc, argv] {
        const QCoreApplication plain(argc, argv);
        return readCommandLine(QCoreApplication::arguments());
    }();
    if (!line) {
        std::fputs(qPrintable(line.error().text), line.error().exitCode == 0 ? stdout : stderr);
        return line.error().exitCode;
    }

    if (const QString problem = missingDisplay(QProcessEnvironment::systemEnvironment());
        !problem.isEmpty()) {
        std::fputs(qPrintable(problem), stderr);
        return 1;
    }

    prepareQuick();
    const QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Runnel"));
    QGuiApplication::setDesktopFileName(QStringLiteral("runnel-desktop"));

    Preferences preferences(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                            QStringLiteral("/desktop.ini"));
    Workspace workspace({line->server, line->session, line->agent});
    QQmlApplicationEngine engine;
    if (!loadWindow(engine, workspace, preferences))
        return 1;
    workspace.start();
    return QGuiApplication::exec();
}
