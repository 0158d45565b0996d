#pragma once

#include <QQmlEngine>

namespace runnel::test {

//! Lets \a engine find the components, their icons and the fixtures; the window's own program does
//! the same for itself.
void prepareEngine(QQmlEngine &engine);

} // namespace runnel::test
