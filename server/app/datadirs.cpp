#include "app/datadirs.h"

#include <QCoreApplication>
#include <QDir>

namespace runnel {

QString dataDir(const QString &name)
{
    const QDir prefix(QCoreApplication::applicationDirPath() + QStringLiteral("/.."));
    const QString path = prefix.absoluteFilePath(QStringLiteral("share/runnel/") + name);
    return QDir(path).exists() ? QDir::cleanPath(path) : QString();
}

} // namespace runnel
