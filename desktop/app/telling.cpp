#include "app/telling.h"

#include "app/window.h"

#include <QWindow>

namespace runnel {

void tellDesktop(Attention &attention, DesktopNotifications &notifications, Workspace &workspace,
                 QWindow &window)
{
    QObject::connect(&attention, &Attention::noticed, &notifications,
                     [&notifications](const Notice &notice) {
                         notifications.show({notice.conversation, notice.title, notice.body});
                     });
    QObject::connect(&attention, &Attention::seen, &notifications, &DesktopNotifications::withdraw);
    QObject::connect(&notifications, &DesktopNotifications::activated, &attention,
                     [&workspace, &window](const QString &conversation, const QString &token) {
                         workspace.open(conversation);
                         InstanceCommand raise;
                         raise.activationToken = token;
                         raiseWindow(window, raise);
                     });
    const auto look = [&attention, &window] {
        attention.setLooking(window.isActive() && window.isVisible());
    };
    QObject::connect(&window, &QWindow::activeChanged, &attention, look);
    QObject::connect(&window, &QWindow::visibleChanged, &attention, look);
    look();
}

} // namespace runnel
