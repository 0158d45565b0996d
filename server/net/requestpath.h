#pragma once

#include <QByteArrayView>

namespace runnel {

//! Whether \a path is \a root or below it: "/api/x" and "/api/x/1", not "/api/xy". Below an empty
//! root is nothing.
[[nodiscard]] inline bool isAtOrBelow(QByteArrayView path, QByteArrayView root)
{
    return !root.isEmpty() && path.startsWith(root) &&
           (path.size() == root.size() || path[root.size()] == '/');
}

} // namespace runnel
