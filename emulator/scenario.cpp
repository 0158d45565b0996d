#include "emulator/scenario.h"

#include "emulator/resources.h"
#include "emulator/scenarioparser.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

template <typename T>
std::optional<T> either(const std::optional<T> &first, const std::optional<T> &second)
{
    return first ? first : second;
}

bool isBuiltInName(const QString &name)
{
    return name == "demo"_L1 || name == "faults"_L1 || name == "bench"_L1;
}

QString builtInPath(const QString &name)
{
    return u":/runnel/emulator/scenarios/%1.json"_s.arg(name);
}

} // namespace

Pace Pace::over(const Pace &other) const
{
    Pace pace;
    pace.tokensPerSecond = either(tokensPerSecond, other.tokensPerSecond);
    pace.firstToken = either(firstToken, other.firstToken);
    // A rate in tokens said here is not to be undone by an interval said further out.
    pace.interval = tokensPerSecond ? interval : either(interval, other.interval);
    pace.jitter = either(jitter, other.jitter);
    pace.maxSeconds = either(maxSeconds, other.maxSeconds);
    pace.chunkTokens = either(chunkTokens, other.chunkTokens);
    return pace;
}

Result<Scenario, QString> Scenario::load(const QString &fileOrName)
{
    loadResources();
    const bool isBuiltIn = isBuiltInName(fileOrName) && !QFileInfo::exists(fileOrName);
    const QString path = isBuiltIn ? builtInPath(fileOrName) : fileOrName;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{u"Cannot read the scenario %1: %2"_s.arg(path, file.errorString())};
    // One byte more than allowed is enough to see that it is too much.
    auto scenario = parseScenario(file.read(1024 * 1024 + 1), QFileInfo(path).path());
    if (!scenario)
        return Failure{u"Scenario %1: %2"_s.arg(path, scenario.error())};
    return scenario;
}

Scenario Scenario::builtIn(const QString &name)
{
    auto scenario = load(builtInPath(name));
    if (!scenario)
        qFatal("%s", qPrintable(scenario.error()));
    return std::move(scenario).value();
}

} // namespace runnel::emulator
