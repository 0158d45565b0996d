#pragma once

#include <QQuickItem>
#include <QStringList>

namespace runnel::test {

//! What breaks the layout in \a root: visible items that reach beyond its sides, texts that are
//! wider than their item, neighbours in a row that overlap. What stands in a frame of its own that
//! scrolls sideways (code, tables) may be as wide as it likes.
[[nodiscard]] QStringList layoutFaults(const QQuickItem *root);

} // namespace runnel::test
