#pragma once

#include "models/preferences.h"
#include "models/workspace.h"

class QQmlApplicationEngine;

namespace runnel {

//! Chooses the style of the controls; before the first window, once.
void prepareQuick();

//! Loads Runnel.Ui's window for \a workspace into \a engine. False when it could not; the engine
//! has said why. The engine outlives neither.
[[nodiscard]] bool loadWindow(QQmlApplicationEngine &engine, Workspace &workspace,
                              Preferences &preferences);

} // namespace runnel
