#include "app/opening.h"
#include "app/quickwindow.h"
#include "app/startup.h"
#include "app/telling.h"
#include "app/window.h"

#include <QDesktopServices>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QStandardPaths>

#include <cstdio>

int main(int argc, char *argv[])
{
    using namespace runnel;

    QCoreApplication::setApplicationName(QStringLiteral("runnel-desktop"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNNEL_VERSION));
    const InstancePlace place = InstancePlace::ofThisUser();
    SingleInstance instance(place);
    // Without a window system, so that --help works everywhere.
    const auto line = [&argc, argv, &place, &instance] {
        const QCoreApplication plain(argc, argv);
        return startUp(QCoreApplication::arguments(), QProcessEnvironment::systemEnvironment(),
                       place, instance);
    }();
    if (!line) {
        std::fputs(qPrintable(line.error().text), line.error().exitCode == 0 ? stdout : stderr);
        return line.error().exitCode;
    }

    prepareQuick();
    const QGuiApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Runnel"));
    // The name of everything in desktop/packaging: by it a desktop finds the window's entry.
    QGuiApplication::setDesktopFileName(QStringLiteral("org.runnel.Runnel"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/org.runnel.Runnel.svg")));
    instance.listen();

    Preferences preferences(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                            QStringLiteral("/desktop.ini"));
    ServerListModel servers(ServerListModel::defaultPath());
    Workspace workspace({serverAtStart(*line, servers), line->session, line->agent});
    keepServers(workspace, servers);
    FirstServer firstServer{FirstServer::Options{}};
    LinkGuard links(preferences, QDesktopServices::openUrl);
    joinModels(firstServer, links, workspace);
    Attention attention(workspace, preferences);
    DesktopNotifications notifications(QDBusConnection::sessionBus);
    ServerQuestion question;
    const Destinations destinations{workspace, servers, question};
    if (line->link)
        followLink(*line->link, destinations);
    QQmlApplicationEngine engine;
    // Whoever wants to ask one thing is not shown everything.
    const bool quickly = line->quickAsk && !line->link && workspace.hasServer();
    QQuickWindow *const window = loadWindow(
        engine, {workspace, servers, preferences, firstServer, question, links, attention},
        !quickly);
    if (!window)
        return 1;
    tellDesktop(attention, notifications, workspace, *window);
    LinkGuard quickLinks(preferences, QDesktopServices::openUrl);
    QuickWindow quickWindow(engine, workspace, quickLinks, attention);
    QObject::connect(&workspace, &Workspace::asideTaken, window,
                     [window] { raiseWindow(*window, {}); });
    QObject::connect(
        &instance, &SingleInstance::commandReceived, window, [&](const InstanceCommand &command) {
            if (command.kind == InstanceCommand::Kind::QuickAsk && workspace.hasServer()) {
                quickWindow.open(command);
                return;
            }
            followCommand(command, destinations);
            raiseWindow(*window, command);
        });
    workspace.start();
    if (quickly)
        quickWindow.open(commandOf(*line, {}));
    return QGuiApplication::exec();
}
