#include "app/opening.h"
#include "app/quickwindow.h"
#include "app/startup.h"
#include "app/telling.h"
#include "app/translation.h"
#include "app/window.h"
#include "models/storeopening.h"

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
    const Translation translation(line->language.isEmpty() ? preferences.language()
                                                           : line->language);
    ServerListModel servers(ServerListModel::defaultPath());
    OfflineStore store;
    TokenStore secrets({});
    Workspace workspace({.server = serverAtStart(*line, servers),
                         .conversation = line->session,
                         .agent = line->agent,
                         .offline = &store});
    keepServers(workspace, servers);
    forgetServers(store, servers);
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
    LinkGuard quickLinks(preferences, QDesktopServices::openUrl);
    QuickWindow quickWindow(engine, workspace, quickLinks, attention);
    QQuickWindow *window = nullptr; // Until what is kept has been read, or is not waited for.
    const auto raise = [&window](const InstanceCommand &command) {
        if (window)
            raiseWindow(*window, command);
    };
    QObject::connect(&workspace, &Workspace::asideTaken, &engine, [&raise] { raise({}); });
    QObject::connect(&instance, &SingleInstance::commandReceived, &engine,
                     [&](const InstanceCommand &command) {
                         if (window && command.kind == InstanceCommand::Kind::QuickAsk &&
                             workspace.hasServer()) {
                             quickWindow.open(command);
                             return;
                         }
                         followCommand(command, destinations);
                         raise(command);
                     });
    const auto show = [&] {
        // Whoever wants to ask one thing is not shown everything.
        const bool quickly = line->quickAsk && !line->link && workspace.hasServer();
        window = loadWindow(
            engine, {workspace, servers, preferences, firstServer, question, links, attention},
            !quickly);
        if (!window) {
            QCoreApplication::exit(1);
            return;
        }
        logFirstFrame(*window, workspace);
        tellDesktop(attention, notifications, workspace, *window);
        workspace.start();
        if (quickly)
            quickWindow.open(commandOf(*line, {}));
    };
    StoreOpening opening(store, secrets, OfflineStore::defaultPath());
    if (line->noCache || !preferences.keepsConversations()) {
        QMetaObject::invokeMethod(&engine, show, Qt::QueuedConnection);
    } else {
        QObject::connect(&opening, &StoreOpening::settled, &engine, show);
        opening.start();
    }
    return QGuiApplication::exec();
}
