#include "options.h"

#include <QCommandLineParser>
#include <QFile>

namespace runnel::faults {

using namespace Qt::StringLiterals;

namespace {

std::optional<Mode> modeFrom(const QString &name)
{
    if (name == u"kill")
        return Mode::Kill;
    if (name == u"network")
        return Mode::Network;
    if (name == u"all")
        return Mode::All;
    return std::nullopt;
}

Result<qint64, QString> number(const QCommandLineParser &parser, const QString &flag, qint64 most)
{
    bool isNumber = false;
    const qint64 value = parser.value(flag).toLongLong(&isNumber);
    if (isNumber && value >= 0 && value <= most)
        return value;
    return Failure{u"--%1 is \"%2\"; it may be a whole number from 0 to %3"_s.arg(flag)
                       .arg(parser.value(flag))
                       .arg(most)};
}

//! Lines of `mode seed round`; what follows a # is for people.
Result<std::vector<Planned>, QString> readSeeds(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Failure{u"\"%1\" cannot be read: %2"_s.arg(name, file.errorString())};
    std::vector<Planned> rounds;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QStringList words = lines[i].section(u'#', 0, 0).split(u' ', Qt::SkipEmptyParts);
        if (words.isEmpty())
            continue;
        bool hasSeed = false;
        bool hasRound = false;
        const auto mode = modeFrom(words[0]);
        const quint64 seed = words.value(1).toULongLong(&hasSeed);
        const int round = words.value(2).toInt(&hasRound);
        if (!mode || !hasSeed || !hasRound || words.size() != 3)
            return Failure{
                u"%1:%2 must be \"MODE SEED ROUND\", is \"%3\""_s.arg(name).arg(i + 1).arg(
                    lines[i])};
        rounds.push_back({*mode, seed, round});
    }
    return rounds;
}

} // namespace

QString nameOf(Mode mode)
{
    return mode == Mode::Kill ? u"kill"_s : mode == Mode::Network ? u"network"_s : u"all"_s;
}

Result<Options, QString> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Tries Runnel against faults: see tests/faults/README.md."_s);
    parser.addHelpOption();
    parser.addOptions({
        {u"seed"_s, u"What all chance comes from, with the round's number."_s, u"number"_s, u"1"_s},
        {u"rounds"_s, u"How many rounds of each mode."_s, u"number"_s, u"10"_s},
        {u"first"_s, u"The first round's number."_s, u"number"_s, u"0"_s},
        {u"mode"_s,
         u"kill, network or all; several with commas between are played one after "
         "another."_s,
         u"mode"_s, u"kill,network"_s},
        {u"seconds"_s, u"No round begins after so long; 0: no limit."_s, u"number"_s, u"0"_s},
        {u"start-limit"_s, u"The longest that a killed server may take to serve again, in ms."_s,
         u"number"_s, u"1000"_s},
        {u"seeds-file"_s, u"Plays the rounds that this file names instead."_s, u"file"_s},
        {u"keep"_s, u"Keeps the folder of a round that failed."_s},
        {u"go-on"_s, u"Goes on after a round that failed."_s},
        {u"verbose"_s, u"Says what each round does."_s},
    });
    parser.process(arguments);

    Options options;
    options.keeps = parser.isSet(u"keep"_s);
    options.goesOn = parser.isSet(u"go-on"_s);
    options.isVerbose = parser.isSet(u"verbose"_s);
    const auto seed = number(parser, u"seed"_s, 1'000'000'000);
    const auto rounds = number(parser, u"rounds"_s, 100'000);
    const auto first = number(parser, u"first"_s, 100'000);
    const auto seconds = number(parser, u"seconds"_s, 1'000'000);
    const auto start = number(parser, u"start-limit"_s, 60'000);
    for (const auto *value : {&seed, &rounds, &first, &seconds, &start}) {
        if (!*value)
            return Failure{value->error()};
    }
    options.limit = std::chrono::seconds(*seconds);
    options.startLimit = std::chrono::milliseconds(*start);
    if (parser.isSet(u"seeds-file"_s)) {
        auto seeds = readSeeds(parser.value(u"seeds-file"_s));
        if (!seeds)
            return Failure{seeds.error()};
        options.rounds = *std::move(seeds);
        return options;
    }
    for (const QString &name : parser.value(u"mode"_s).split(u',')) {
        const auto mode = modeFrom(name);
        if (!mode)
            return Failure{u"--mode is \"%1\"; it may be kill, network or all"_s.arg(name)};
        for (int i = 0; i < int(*rounds); ++i)
            options.rounds.push_back({*mode, quint64(*seed), int(*first) + i});
    }
    return options;
}

} // namespace runnel::faults
