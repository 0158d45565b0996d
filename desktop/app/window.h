#pragma once

#include "app/instancecommand.h"
#include "models/attention.h"
#include "models/firstserver.h"
#include "models/linkguard.h"
#include "models/preferences.h"
#include "models/serverlistmodel.h"
#include "models/serverquestion.h"
#include "models/workspace.h"

class QQmlApplicationEngine;
class QQuickWindow;
class QWindow;

namespace runnel {

//! What a window shows; all of it outlives the engine.
struct WindowModels
{
    Workspace &workspace;
    ServerListModel &servers;
    Preferences &preferences;
    FirstServer &firstServer;
    ServerQuestion &question;
    LinkGuard &links;
    Attention &attention;
};

//! Chooses the style of the controls; before the first window, once.
void prepareQuick();

//! Loads Runnel.Ui's window into \a engine; a window that is not \a visible waits for
//! raiseWindow(). Null when it could not; the engine has said why.
[[nodiscard]] QQuickWindow *loadWindow(QQmlApplicationEngine &engine, const WindowModels &models,
                                       bool visible = true);

//! Logs when the first frame of \a window was shown, and the first with conversations,
//! where that is a later one; for bench/window: QT_LOGGING_RULES="runnel.start.debug=true".
void logFirstFrame(QQuickWindow &window, Workspace &workspace);

//! Brings \a window to the front, as another start of the program asked by \a command: with what
//! the desktop gave that start, or the window manager may only mark the window as asking for
//! attention.
void raiseWindow(QWindow &window, const InstanceCommand &command);

} // namespace runnel
