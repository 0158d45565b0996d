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
    QObject::connect(&attention, &Attention::seen, &notifications,
                     &DesktopNotifications::withdraw);
    QObject::connect(&notifications, &DesktopNotifications::activated, &attention,
                     [&workspace, &window](const QString &conversation, const QString &token) {
                         workspace.open(conversation);
                         raiseWindow(window, {InstanceCommand::Kind::Raise, {}, token, {}});
                     });
    QObject::connect(&window, &QWindow::activeChanged, &attention,
                     [&attention, &window] { attention.setLooking(window.isActive()); });
    attention.setLooking(window.isActive());
}

} // namespace runnel
