#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace runnel::test {

//! The folder tests/data of the source tree.
[[nodiscard]] QString dataPath(const QString &relative);

//! The cases of a golden file: a JSON array of objects. Aborts the test program when it cannot be
//! read or is empty, so that a lost file never passes as "nothing to check".
[[nodiscard]] QList<QJsonObject> goldenCases(const QString &relative);

} // namespace runnel::test
