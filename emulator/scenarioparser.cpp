#include "emulator/scenarioparser.h"

#include "emulator/jsoncursor.h"

#include <QFile>
#include <QHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr qsizetype fileBytes = 1024 * 1024;
constexpr qsizetype textUnits = 256 * 1024;
constexpr qsizetype patternUnits = 1000;
constexpr qsizetype nameUnits = 100;
constexpr qsizetype maxRules = 1000;
constexpr qsizetype maxItems = 100;
constexpr int maxChunks = 1'000'000;
constexpr int maxTokens = 1'000'000;
constexpr double maxMilliseconds = 3'600'000;

std::chrono::milliseconds milliseconds(double value)
{
    return std::chrono::milliseconds(qint64(value));
}

QRegularExpression readRegex(const JsonCursor &at)
{
    QRegularExpression regex(at.text(patternUnits),
                             QRegularExpression::CaseInsensitiveOption |
                                 QRegularExpression::UseUnicodePropertiesOption);
    if (!regex.isValid())
        at.fail(u"is no regular expression: %1 at character %2"_s.arg(regex.errorString())
                    .arg(regex.patternErrorOffset()));
    return regex;
}

std::optional<QRegularExpression> readOptionalRegex(const JsonCursor &at)
{
    if (!at.exists())
        return std::nullopt;
    return readRegex(at);
}

template <typename T>
T readWord(const JsonCursor &at, const QHash<QString, T> &words, T fallback)
{
    if (!at.exists())
        return fallback;
    const QString word = at.text(nameUnits);
    const auto it = words.find(word);
    if (it != words.end())
        return *it;
    QStringList known = words.keys();
    known.sort();
    at.fail(u"is \"%1\", it may be %2"_s.arg(word, known.join(u", "_s)));
    return fallback;
}

const QHash<QString, FaultKind> &faultKinds()
{
    static const QHash<QString, FaultKind> kinds{
        {u"bad_key"_s, FaultKind::BadKey},
        {u"not_found"_s, FaultKind::NotFound},
        {u"rate_limited"_s, FaultKind::RateLimited},
        {u"daily_quota"_s, FaultKind::DailyQuota},
        {u"internal"_s, FaultKind::Internal},
        {u"unavailable"_s, FaultKind::Unavailable},
        {u"status"_s, FaultKind::Status},
        {u"html"_s, FaultKind::Html},
        {u"hang"_s, FaultKind::Hang},
        {u"blocked_prompt"_s, FaultKind::BlockedPrompt},
        {u"stream_error"_s, FaultKind::StreamError},
        {u"garbage"_s, FaultKind::Garbage},
        {u"stall"_s, FaultKind::Stall},
        {u"cut"_s, FaultKind::Cut},
        {u"close"_s, FaultKind::Close},
        {u"no_finish"_s, FaultKind::NoFinish},
    };
    return kinds;
}

Fault readFault(const JsonCursor &at)
{
    at.allow({u"kind"_s, u"status"_s, u"message"_s, u"reason"_s, u"after_chunks"_s,
              u"retry_after_ms"_s, u"seconds"_s});
    Fault fault;
    if (!at[u"kind"_s].exists())
        at[u"kind"_s].fail(u"is missing"_s);
    fault.kind = readWord(at[u"kind"_s], faultKinds(), FaultKind::Internal);
    const bool isPage = fault.kind == FaultKind::Html;
    fault.status = at[u"status"_s].integer(400, 599, isPage ? 502 : 503);
    fault.message = at[u"message"_s].text(textUnits);
    fault.reason = at[u"reason"_s].text(nameUnits, u"PROHIBITED_CONTENT"_s);
    fault.afterChunks = at[u"after_chunks"_s].integer(0, maxChunks, 1);
    if (fault.kind == FaultKind::RateLimited)
        fault.delay = milliseconds(at[u"retry_after_ms"_s].number(0, maxMilliseconds, 2000));
    else
        fault.delay = milliseconds(at[u"seconds"_s].number(0, 3600, 600) * 1000);
    return fault;
}

Pace readPace(const JsonCursor &at)
{
    Pace pace;
    if (!at.exists())
        return pace;
    at.allow({u"tokens_per_second"_s, u"first_token_ms"_s, u"interval_ms"_s, u"jitter"_s,
              u"max_seconds"_s, u"chunk_tokens"_s});
    if (const JsonCursor rate = at[u"tokens_per_second"_s]; rate.exists())
        pace.tokensPerSecond = rate.number(0, 1'000'000, 30);
    if (const JsonCursor first = at[u"first_token_ms"_s]; first.exists())
        pace.firstToken = milliseconds(first.number(0, maxMilliseconds, 0));
    if (const JsonCursor interval = at[u"interval_ms"_s]; interval.exists())
        pace.interval =
            std::chrono::nanoseconds(qint64(interval.number(0, maxMilliseconds, 0) * 1'000'000));
    if (const JsonCursor jitter = at[u"jitter"_s]; jitter.exists())
        pace.jitter = jitter.number(0, 1, 0);
    if (const JsonCursor longest = at[u"max_seconds"_s]; longest.exists())
        pace.maxSeconds = longest.number(0.001, 3600, 60);
    if (const JsonCursor tokens = at[u"chunk_tokens"_s]; tokens.exists()) {
        QList<int> range;
        tokens.forEach(2,
                       [&](const JsonCursor &item) { range.append(item.integer(1, 100'000, 1)); });
        if (range.size() == 2 && range[0] <= range[1])
            pace.chunkTokens = std::pair(range[0], range[1]);
        else
            tokens.fail(u"must be a list of two numbers, the smaller first"_s);
    }
    return pace;
}

Match readMatch(const JsonCursor &at)
{
    Match match;
    if (!at.exists())
        return match;
    at.allow({u"contains"_s, u"regex"_s, u"system"_s, u"model"_s, u"request"_s, u"turn"_s,
              u"function_fits"_s, u"wants_json"_s, u"has_history"_s, u"knows"_s});
    match.contains = at[u"contains"_s].text(patternUnits);
    match.regex = readOptionalRegex(at[u"regex"_s]);
    match.system = readOptionalRegex(at[u"system"_s]);
    match.model = at[u"model"_s].text(nameUnits);
    match.request = at[u"request"_s].integer(1, maxChunks, 0 + 1);
    if (!at[u"request"_s].exists())
        match.request = 0;
    match.turn =
        readWord(at[u"turn"_s], {{u"user"_s, Match::Turn::User}, {u"tool"_s, Match::Turn::Tool}},
                 Match::Turn::Any);
    match.functionFits = at[u"function_fits"_s].truth(false);
    match.wantsJson = at[u"wants_json"_s].truth(false);
    match.hasHistory = at[u"has_history"_s].truth(false);
    at[u"knows"_s].forEach(
        maxItems, [&](const JsonCursor &item) { match.knows.append(item.text(nameUnits)); });
    return match;
}

Generate readGenerate(const JsonCursor &at)
{
    at.allow({u"chunks"_s, u"rate"_s, u"size"_s});
    Generate generate;
    generate.chunks = at[u"chunks"_s].integer(1, maxChunks, generate.chunks);
    generate.rate = at[u"rate"_s].number(0, 10'000, generate.rate);
    generate.size = at[u"size"_s].integer(1, 65'536, generate.size);
    return generate;
}

//! A Markdown file beside the scenario; never one from elsewhere.
QString readMarkdown(const JsonCursor &at, const QString &folder)
{
    const QString relative = at.text(nameUnits);
    if (relative.startsWith(u'/') || relative.contains(u".."_s) || relative.contains(u':')) {
        at.fail(u"must be a file beside the scenario, is \"%1\""_s.arg(relative));
        return {};
    }
    QFile file(folder + u'/' + relative);
    if (!file.open(QIODevice::ReadOnly)) {
        at.fail(u"cannot be read: %1: %2"_s.arg(relative, file.errorString()));
        return {};
    }
    if (file.size() > textUnits) {
        at.fail(u"is too large: %1 has %2 bytes, at most %3 are allowed"_s.arg(relative)
                    .arg(file.size())
                    .arg(textUnits));
        return {};
    }
    return QString::fromUtf8(file.readAll()).trimmed();
}

//! One text or a list of them, of which one will be taken.
template <typename Read>
QStringList readChoices(const JsonCursor &at, const Read &read)
{
    QStringList choices;
    if (at.isArray())
        at.forEach(maxItems, [&](const JsonCursor &item) { choices.append(read(item)); });
    else
        choices.append(read(at));
    if (choices.isEmpty())
        at.fail(u"must not be empty"_s);
    return choices;
}

void readCalls(const JsonCursor &at, Rule &rule)
{
    if (at.value().isString()) {
        if (at.text(nameUnits) != "fitting"_L1)
            at.fail(u"must be a list of calls, or \"fitting\""_s);
        rule.kind = Rule::Answer::Function;
        return;
    }
    at.forEach(maxItems, [&](const JsonCursor &item) {
        item.allow({u"name"_s, u"args"_s});
        if (item[u"name"_s].text(nameUnits).isEmpty())
            item[u"name"_s].fail(u"is missing"_s);
        const JsonCursor args = item[u"args"_s];
        if (args.exists() && !args.value().isObject())
            args.fail(u"must be an object"_s);
        const QJsonDocument document(args.value().toObject());
        rule.calls.push_back({item[u"name"_s].text(nameUnits),
                              QString::fromUtf8(document.toJson(QJsonDocument::Compact))});
    });
}

void readAnswer(const JsonCursor &at, const QString &folder, Rule &rule)
{
    int answers = 0;
    const auto take = [&](const QString &key, Rule::Answer kind) {
        if (!at[key].exists())
            return false;
        ++answers;
        rule.kind = kind;
        return true;
    };
    if (take(u"answer"_s, Rule::Answer::Text))
        rule.answers = readChoices(at[u"answer"_s],
                                   [](const JsonCursor &text) { return text.text(textUnits); });
    if (take(u"markdown"_s, Rule::Answer::Text))
        rule.answers = readChoices(
            at[u"markdown"_s], [&](const JsonCursor &file) { return readMarkdown(file, folder); });
    if (take(u"echo"_s, Rule::Answer::Echo) && !at[u"echo"_s].truth(false))
        at[u"echo"_s].fail(u"can only be true"_s);
    if (take(u"generate"_s, Rule::Answer::Generated))
        rule.generate = readGenerate(at[u"generate"_s]);
    if (take(u"fill_schema"_s, Rule::Answer::Json) && !at[u"fill_schema"_s].truth(false))
        at[u"fill_schema"_s].fail(u"can only be true"_s);
    if (answers > 1)
        at.fail(u"must have only one of answer, markdown, echo, generate, fill_schema"_s);
    if (at[u"function_calls"_s].exists())
        readCalls(at[u"function_calls"_s], rule);
}

Rule readRule(const JsonCursor &at, const QString &folder)
{
    at.allow({u"name"_s, u"match"_s, u"times"_s, u"cycle"_s, u"answer"_s, u"markdown"_s, u"echo"_s,
              u"generate"_s, u"fill_schema"_s, u"function_calls"_s, u"thoughts"_s, u"opening"_s,
              u"repeat"_s, u"max_tokens"_s, u"pace"_s, u"finish_reason"_s, u"finish_after"_s,
              u"fault"_s});
    Rule rule;
    rule.name = at[u"name"_s].text(nameUnits);
    rule.match = readMatch(at[u"match"_s]);
    rule.times = at[u"times"_s].integer(0, maxChunks, 0);
    rule.cycle = at[u"cycle"_s].truth(false);
    readAnswer(at, folder, rule);
    rule.thoughts = at[u"thoughts"_s].text(textUnits);
    rule.opening = at[u"opening"_s].truth(false);
    rule.repeat = at[u"repeat"_s].integer(1, 10'000, 1);
    if (const JsonCursor tokens = at[u"max_tokens"_s]; tokens.exists())
        rule.tokens = tokens.integer(1, maxTokens, 1);
    rule.pace = readPace(at[u"pace"_s]);
    rule.finishReason = at[u"finish_reason"_s].text(nameUnits);
    rule.finishAfter = at[u"finish_after"_s].integer(0, maxChunks, 0);
    if (!at[u"finish_after"_s].exists())
        rule.finishAfter = -1;
    if (at[u"fault"_s].exists())
        rule.fault = readFault(at[u"fault"_s]);
    const bool says = rule.kind != Rule::Answer::None || !rule.calls.empty() || rule.fault;
    if (!says && rule.finishReason.isEmpty())
        at.fail(
            u"says nothing: it needs an answer, a markdown, an echo, a generate, a fill_schema, "
            "function_calls, a finish_reason or a fault"_s);
    return rule;
}

Fact readFact(const JsonCursor &at)
{
    at.allow({u"name"_s, u"regex"_s, u"in"_s});
    Fact fact;
    fact.name = at[u"name"_s].text(nameUnits);
    if (fact.name.isEmpty())
        at[u"name"_s].fail(u"is missing"_s);
    fact.regex = readRegex(at[u"regex"_s]);
    if (fact.regex.isValid() && fact.regex.captureCount() < 1)
        at[u"regex"_s].fail(u"needs a group that is the fact"_s);
    fact.inSystem = readWord(at[u"in"_s], {{u"user"_s, false}, {u"system"_s, true}}, false);
    return fact;
}

} // namespace

Result<Scenario, QString> parseScenario(const QByteArray &json, const QString &folder)
{
    if (json.size() > fileBytes)
        return Failure{
            u"the file has %1 bytes, at most %2 are allowed"_s.arg(json.size()).arg(fileBytes)};
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError) {
        const qsizetype line = json.left(error.offset).count('\n') + 1;
        return Failure{u"line %1 is no JSON: %2"_s.arg(line).arg(error.errorString())};
    }

    const JsonCursor root(document.isArray() ? QJsonValue(document.array())
                                             : QJsonValue(document.object()));
    root.allow({u"$schema"_s, u"name"_s, u"description"_s, u"timestamps"_s, u"otherwise"_s,
                u"pace"_s, u"facts"_s, u"openings"_s, u"rules"_s});
    Scenario scenario;
    scenario.name = root[u"name"_s].text(nameUnits);
    scenario.timestamps = root[u"timestamps"_s].truth(false);
    scenario.otherwiseDemo =
        readWord(root[u"otherwise"_s], {{u"demo"_s, true}, {u"error"_s, false}}, true);
    scenario.pace = readPace(root[u"pace"_s]);
    root[u"facts"_s].forEach(
        maxItems, [&](const JsonCursor &item) { scenario.facts.push_back(readFact(item)); });
    root[u"openings"_s].forEach(maxItems, [&](const JsonCursor &item) {
        item.allow({u"system"_s, u"text"_s});
        scenario.openings.push_back(
            {readRegex(item[u"system"_s]), item[u"text"_s].text(textUnits)});
    });
    if (!root[u"rules"_s].exists())
        root[u"rules"_s].fail(u"is missing"_s);
    root[u"rules"_s].forEach(maxRules, [&](const JsonCursor &item) {
        scenario.rules.push_back(readRule(item, folder));
    });
    if (!root.error().isEmpty())
        return Failure{root.error()};
    return scenario;
}

} // namespace runnel::emulator
