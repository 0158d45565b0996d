// What main() does about a second start, without a window: prints "first" and then a line a
// command, and ends with its standard input. For tst_singleinstance.
#include "app/startup.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace runnel;

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(QStringLiteral("runnel-desktop"));
    const InstancePlace place = InstancePlace::ofThisUser();
    SingleInstance instance(place);
    const auto line = [&argc, argv, &place, &instance] {
        const QCoreApplication plain(argc, argv);
        return startUp(QCoreApplication::arguments(), QProcessEnvironment::systemEnvironment(),
                       place, instance);
    }();
    if (!line) {
        std::fputs(qPrintable(line.error().text), stderr);
        return line.error().exitCode;
    }

    const QCoreApplication app(argc, argv);
    const auto say = [](const QString &text) {
        std::puts(qPrintable(text));
        std::fflush(stdout);
    };
    QObject::connect(&instance, &SingleInstance::commandReceived, &app,
                     [&say](const InstanceCommand &command) {
                         say(QStringLiteral("%1 [%2] [%3] [%4] [%5] [%6]")
                                 .arg(int(command.kind))
                                 .arg(command.argument, command.conversation, command.agent,
                                      command.activationToken, command.startupId));
                     });
    if (!instance.listen())
        return 3;
    say(QStringLiteral("first"));
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
