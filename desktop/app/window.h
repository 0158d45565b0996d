#pragma once

#include "app/instancecommand.h"
#include "models/preferences.h"
#include "models/serverlistmodel.h"
#include "models/workspace.h"

class QQmlApplicationEngine;
class QWindow;

namespace runnel {

//! Chooses the style of the controls; before the first window, once.
void prepareQuick();

//! Loads Runnel.Ui's window for \a workspace into \a engine. False when it could not; the engine
//! has said why. The engine outlives none of them.
[[nodiscard]] bool loadWindow(QQmlApplicationEngine &engine, Workspace &workspace,
                              ServerListModel &servers, Preferences &preferences);

//! Brings \a window to the front, as another start of the program asked by \a command: with what
//! the desktop gave that start, or the window manager may only mark the window as asking for
//! attention.
void raiseWindow(QWindow &window, const InstanceCommand &command);

} // namespace runnel
