#pragma once

#include "models/chatsession.h"

class QQmlApplicationEngine;

namespace runnel {

//! Chooses the style of the controls; before the first window, once.
void prepareQuick();

//! Loads Runnel.Ui's window for \a session into \a engine. False when it could not; the engine has
//! said why. The engine does not outlive the session.
[[nodiscard]] bool loadWindow(QQmlApplicationEngine &engine, ChatSession &session);

} // namespace runnel
