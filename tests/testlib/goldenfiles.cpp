#include "testlib/goldenfiles.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace runnel::test {

QString dataPath(const QString &relative)
{
    return QStringLiteral(RUNNEL_TEST_DATA "/") + relative;
}

QList<QJsonObject> goldenCases(const QString &relative)
{
    QFile file(dataPath(relative));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    QList<QJsonObject> cases;
    const QJsonArray array = QJsonDocument::fromJson(file.readAll()).array();
    for (const auto &value : array)
        cases.append(value.toObject());
    if (cases.isEmpty())
        qFatal("No cases in %s", qPrintable(file.fileName()));
    return cases;
}

} // namespace runnel::test
