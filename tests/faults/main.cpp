#include "findings.h"
#include "options.h"
#include "stage.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLoggingCategory>

#include <algorithm>
#include <cstdio>

namespace {

using namespace runnel::faults;
using namespace Qt::StringLiterals;

void say(const QString &line)
{
    std::printf("%s\n", line.toUtf8().constData());
    std::fflush(stdout);
}

void keep(const Stage &stage, const QString &name, const QStringList &lines)
{
    QFile file(stage.folder() + u'/' + name);
    if (file.open(QIODevice::WriteOnly))
        file.write(lines.join(u'\n').toUtf8());
}

//! True when all was well in it.
bool play(Stage &stage, const Planned &planned, const Options &options, QMap<QString, int> &counts)
{
    Findings findings;
    QElapsedTimer clock;
    clock.start();
    const qsizetype startsBefore = stage.starts().size();
    Round round(stage, planned.mode, planned.seed, planned.round, findings);
    round.play();
    for (auto count = findings.counts().cbegin(); count != findings.counts().cend(); ++count)
        counts[count.key()] += count.value();
    counts[u"requests"_s] += int(round.requests());
    for (qsizetype i = startsBefore; i < stage.starts().size(); ++i) {
        findings.expect(stage.starts()[i] < options.startLimit.count(),
                        u"the server took %1 ms to serve"_s.arg(stage.starts()[i]));
    }
    const QString title =
        u"%1 seed %2 round %3"_s.arg(nameOf(planned.mode)).arg(planned.seed).arg(planned.round);
    if (options.isVerbose || !findings.isClean()) {
        for (const QString &line : findings.story().mid(
                 options.isVerbose ? 0 : std::max<qsizetype>(0, findings.story().size() - 60)))
            say(u"    "_s + line);
    }
    if (options.isVerbose)
        say(u"%1: %2 ms"_s.arg(title).arg(clock.elapsed()));
    if (findings.isClean())
        return true;
    say(u"FAILED: %1"_s.arg(title));
    for (const QString &failure : findings.failures())
        say(u"  "_s + failure);
    say(u"  Again: runnel-faults --mode %1 --seed %2 --first %3 --rounds 1 --keep"_s
            .arg(nameOf(planned.mode))
            .arg(planned.seed)
            .arg(planned.round));
    if (options.keeps) {
        keep(stage, u"story.txt"_s, findings.story());
        keep(stage, u"frames.txt"_s, round.frames());
        say(u"  Kept: "_s + stage.folder());
    }
    return false;
}

QString startsOf(QList<qint64> starts)
{
    if (starts.isEmpty())
        return {};
    std::ranges::sort(starts);
    return u"%1 starts of the server: median %2 ms, longest %3 ms"_s.arg(starts.size())
        .arg(starts[starts.size() / 2])
        .arg(starts.last());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules(u"runnel.client.info=false\ndefault.warning=false"_s);
    const auto options = readOptions(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "runnel-faults: %s.\n", qPrintable(options.error()));
        return 2;
    }
    QElapsedTimer clock;
    clock.start();
    auto stage = std::make_unique<Stage>();
    QList<qint64> starts;
    QMap<QString, int> counts;
    int played = 0;
    int failed = 0;
    for (const Planned &planned : options->rounds) {
        if (options->limit.count() > 0 && clock.elapsed() > options->limit.count() * 1000)
            break;
        ++played;
        const bool good = play(*stage, planned, *options, counts);
        if (!good) {
            ++failed;
            if (options->keeps)
                stage->keepFolder();
            starts += stage->starts();
            stage = std::make_unique<Stage>(); // what is broken shall not break the next
            if (!options->goesOn)
                break;
        }
        if (played % 20 == 0)
            say(u"%1 rounds, %2 failed, %3 s"_s.arg(played).arg(failed).arg(clock.elapsed() /
                                                                            1000));
    }
    starts += stage->starts();
    if (stage->atFirst && stage->atLast) {
        say(u"At rest, the last server: %1 MB and %2 descriptors at first, %3 MB and %4 at last."_s
                .arg(stage->atFirst->residentKilobytes / 1024)
                .arg(stage->atFirst->descriptors)
                .arg(stage->atLast->residentKilobytes / 1024)
                .arg(stage->atLast->descriptors));
    }
    QStringList met;
    for (auto count = counts.cbegin(); count != counts.cend(); ++count)
        met.append(u"%1 %2"_s.arg(count.value()).arg(count.key()));
    say(u"Met: %1."_s.arg(met.join(u", "_s)));
    say(u"%1 of %2 rounds played in %3 s, %4 failed. %5."_s.arg(played)
            .arg(options->rounds.size())
            .arg(clock.elapsed() / 1000)
            .arg(failed)
            .arg(startsOf(starts)));
    return failed == 0 && played > 0 ? 0 : 1;
}
