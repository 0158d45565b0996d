#include "app/opening.h"
#include "app/startup.h"
#include "app/telling.h"
#include "app/window.h"

#include <QDesktopServices>
#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QStandardPaths>
#include <QWindow>

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
    QObject::connect(
        &instance, &SingleInstance::commandReceived, &engine, [&](const InstanceCommand &command) {
            followCommand(command, destinations);
            if (auto *const window = qobject_cast<QWindow *>(engine.rootObjects().value(0)))
                raiseWindow(*window, command);
        });
    if (!loadWindow(engine, {workspace, servers, preferences, firstServer, question, links, attention}))
        return 1;
    tellDesktop(attention, notifications, workspace,
                *qobject_cast<QWindow *>(engine.rootObjects().constFirst()));
    workspace.start();
    return QGuiApplication::exec();
}
