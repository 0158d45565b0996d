#pragma once

#include "models/attention.h"
#include "models/workspace.h"
#include "notify/desktopnotifications.h"

class QWindow;

namespace runnel {

//! From now on the desktop shows what happens while \a window is not the one that somebody works
//! in; a click brings the window to the front, with the conversation that it is about. All of them
//! live as long as \a attention.
void tellDesktop(Attention &attention, DesktopNotifications &notifications, Workspace &workspace,
                 QWindow &window);

} // namespace runnel
