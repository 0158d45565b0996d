#include "emulator/responder.h"

#include "emulator/dice.h"
#include "emulator/schemafiller.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

//! Longer answers than this would pass any model's output limit.
constexpr qsizetype maxAnswerUnits = 1024 * 1024;

QString jsonAnswer(const GenerateRequest &request, const Conversation &conversation)
{
    if (request.responseSchema.isEmpty()) {
        const QJsonObject answer{{u"demo"_s, true},
                                 {u"question"_s, conversation.message.left(300)}};
        return QString::fromUtf8(QJsonDocument(answer).toJson(QJsonDocument::Compact));
    }
    const QJsonValue value = fillSchema(request.responseSchema, conversation.message);
    // QJsonDocument holds objects and lists only; other values are taken out of a list of one.
    const QByteArray enclosed = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(enclosed.mid(1, enclosed.size() - 2));
}

//! `chunks=200 rate=20 size=24` of a message, within the bounds of a scenario's own.
Generate adjusted(Generate generate, const QString &message)
{
    static const QRegularExpression setting(u"\\b(chunks|rate|size)=([0-9.]{1,12})"_s);
    auto it = setting.globalMatch(searchable(message));
    while (it.hasNext()) {
        const QRegularExpressionMatch match = it.next();
        const double value = match.captured(2).toDouble();
        if (match.captured(1) == "chunks"_L1)
            generate.chunks = int(std::clamp(value, 1.0, 1'000'000.0));
        else if (match.captured(1) == "rate"_L1)
            generate.rate = std::clamp(value, 0.0, 10'000.0);
        else
            generate.size = int(std::clamp(value, 1.0, 65'536.0));
    }
    return generate;
}

//! The request that was answered only in part, when this one asks to go on with that answer.
std::optional<GenerateRequest> cutShort(const GenerateRequest &request,
                                        const Conversation &conversation)
{
    static const QRegularExpression goOn(u"\\bwas cut off\\b.*\\bgo on\\b"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (request.contents.size() < 3 || !request.contents[request.contents.size() - 2].isModel ||
        !goOn.match(searchable(conversation.message)).hasMatch()) {
        return std::nullopt;
    }
    GenerateRequest before = request;
    before.contents.resize(request.contents.size() - 2);
    return before;
}

QString repeated(const QString &text, int times)
{
    const qsizetype most =
        text.isEmpty() ? 1 : std::max<qsizetype>(1, maxAnswerUnits / text.size());
    return text.repeated(std::min<qsizetype>(times, most));
}

} // namespace

Responder::Responder(Scenario scenario, quint64 seed)
    : m_scenario(std::move(scenario))
    , m_demo(Scenario::builtIn(u"demo"_s))
    , m_counts(m_scenario.rules.size())
    , m_demoCounts(m_demo.rules.size())
    , m_seed(seed)
{}

AnswerScript Responder::respond(const GenerateRequest &request)
{
    ++m_requests;
    const Conversation conversation = readConversation(request, m_scenario.facts);
    if (m_scenario.name == m_demo.name) { // its last rule answers whatever is asked
        if (const auto before = cutShort(request, conversation))
            return goOn(*before, conversation.previousAnswer);
    }
    if (const auto choice = choose(m_scenario, m_counts, request, conversation))
        return write(*choice, request, conversation);
    if (m_scenario.otherwiseDemo) {
        const Conversation demo = readConversation(request, m_demo.facts);
        if (const auto before = cutShort(request, demo))
            return goOn(*before, demo.previousAnswer);
        if (const auto choice = choose(m_demo, m_demoCounts, request, demo)) {
            AnswerScript script = write(*choice, request, demo);
            script.pace = script.pace.over(m_scenario.pace);
            script.timestamps = m_scenario.timestamps;
            return script;
        }
    }
    AnswerScript script;
    script.fault = Fault{.kind = FaultKind::Status,
                         .status = 500,
                         .message = u"No rule of the emulator's scenario matches this request."_s,
                         .reason = {}};
    return script;
}

//! The same answer from where it was cut off, and to its end.
AnswerScript Responder::goOn(const GenerateRequest &before, const QString &said)
{
    AnswerScript script = respond(before);
    script.fault.reset();
    script.finishReason = AnswerScript().finishReason;
    script.finishAfter = -1;
    script.thoughts.clear();
    if (script.text.startsWith(said))
        script.text = script.text.sliced(said.size());
    return script;
}

std::optional<Responder::Choice> Responder::choose(const Scenario &scenario,
                                                   std::vector<int> &counts,
                                                   const GenerateRequest &request,
                                                   const Conversation &conversation)
{
    for (size_t i = 0; i < scenario.rules.size(); ++i) {
        const Rule &rule = scenario.rules[i];
        Choice choice{&scenario, &rule, {}, {}};
        if (!applies(rule, request, conversation, choice))
            continue;
        if (rule.times > 0 && counts[i] >= rule.times) {
            if (rule.cycle)
                counts[i] = 0;
            continue;
        }
        ++counts[i];
        return choice;
    }
    return std::nullopt;
}

bool Responder::applies(const Rule &rule, const GenerateRequest &request,
                        const Conversation &conversation, Choice &choice) const
{
    const Match &match = rule.match;
    const bool afterTools = !conversation.toolResults.empty();
    if (match.request > 0 && match.request != m_requests)
        return false;
    if (match.turn == Match::Turn::Tool && !afterTools)
        return false;
    if (match.turn == Match::Turn::User && afterTools)
        return false;
    if (!match.model.isEmpty() && match.model != request.model)
        return false;
    if (match.wantsJson && !request.wantsJson)
        return false;
    if (match.hasHistory && conversation.earlier.isEmpty())
        return false;
    const auto isKnown = [&](const QString &fact) { return conversation.facts.contains(fact); };
    if (!std::all_of(match.knows.begin(), match.knows.end(), isKnown))
        return false;
    const QString text = searchable(conversation.message);
    if (!match.contains.isEmpty() && !text.contains(match.contains, Qt::CaseInsensitive))
        return false;
    if (match.system &&
        !match.system->match(searchable(conversation.systemInstruction, searchedSystemUnits))
             .hasMatch())
        return false;
    if (match.regex) {
        choice.match = match.regex->match(text);
        if (!choice.match.hasMatch())
            return false;
    }
    if (match.functionFits || rule.kind == Rule::Answer::Function)
        choice.fitting = fittingCalls(request, conversation.message);
    return !match.functionFits || !choice.fitting.empty();
}

AnswerScript Responder::write(const Choice &choice, const GenerateRequest &request,
                              const Conversation &conversation) const
{
    const Rule &rule = *choice.rule;
    AnswerScript script;
    script.pace = rule.pace.over(choice.scenario->pace);
    script.timestamps = choice.scenario->timestamps;
    script.fault = rule.fault;
    script.thoughts = expand(rule.thoughts, conversation, choice.match);
    script.calls = rule.calls;
    if (!rule.finishReason.isEmpty())
        script.finishReason = rule.finishReason;
    script.finishAfter = rule.finishAfter;
    script.tokens = rule.tokens;

    switch (rule.kind) {
    case Rule::Answer::None:
        break;
    case Rule::Answer::Text: {
        Dice dice(m_seed ^ stableHash(conversation.message) ^ quint64(conversation.earlier.size()));
        const QString &text = rule.answers[dice.between(0, int(rule.answers.size()) - 1)];
        script.text = expand(text, conversation, choice.match);
        break;
    }
    case Rule::Answer::Echo: {
        // The expression has only seen the message's begin; the echo is all of it.
        const bool captured = choice.match.hasMatch() && choice.match.lastCapturedIndex() > 0;
        script.text = conversation.message.mid(captured ? choice.match.capturedStart(1) : 0);
        break;
    }
    case Rule::Answer::Generated:
        script.generate = adjusted(rule.generate, conversation.message);
        break;
    case Rule::Answer::Function:
        script.calls = choice.fitting;
        break;
    case Rule::Answer::Json:
        script.text = jsonAnswer(request, conversation);
        break;
    }
    script.text = repeated(script.text, rule.repeat);
    if (rule.opening) {
        for (const Opening &opening : choice.scenario->openings) {
            if (opening.system
                    .match(searchable(conversation.systemInstruction, searchedSystemUnits))
                    .hasMatch()) {
                script.text.prepend(opening.text + u"\n\n"_s);
                break;
            }
        }
    }
    return script;
}

} // namespace runnel::emulator
