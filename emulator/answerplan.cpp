#include "emulator/answerplan.h"

#include "emulator/dice.h"
#include "emulator/tokenizer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

//! Units of the first \a tokens tokens of a text, and how many there were.
std::pair<qsizetype, int> cutAt(QStringView text, int tokens)
{
    qsizetype units = 0;
    int counted = 0;
    while (counted < tokens && units < text.size()) {
        units += tokenLength(text.sliced(units));
        ++counted;
    }
    return {units, counted};
}

void applyStopSequences(AnswerScript &script, const QStringList &stops)
{
    qsizetype first = script.text.size();
    for (const QString &stop : stops) {
        const qsizetype at = stop.isEmpty() ? -1 : script.text.indexOf(stop);
        if (at >= 0)
            first = std::min(first, at);
    }
    script.text.truncate(first);
}

QString makeResponseId(quint64 seed, quint64 number)
{
    Dice dice(seed + number * 0x2545f4914f6cdd1dULL);
    const quint64 words[] = {dice.next(), dice.next()};
    QByteArray bytes(reinterpret_cast<const char *>(words), sizeof words);
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

//! What thinking costs: more than its summary shows, and something even where there is none.
int thinkingTokens(const AnswerScript &script, const GenerateRequest &request, Dice &dice)
{
    if (request.thinkingBudget && *request.thinkingBudget == 0)
        return 0;
    if (script.generate)
        return 0;
    const int shown = countTokens(script.thoughts);
    return shown > 0 ? 2 * shown + dice.between(10, 40) : dice.between(24, 96);
}

} // namespace

QByteArray AnswerPlan::signature() const
{
    const QByteArray plain =
        "runnel-emulator thought signature of " + model.toUtf8() + ' ' + responseId.toUtf8();
    return plain.toBase64();
}

AnswerPlan planAnswer(AnswerScript script, const GenerateRequest &request, const ModelInfo &model,
                      quint64 seed, quint64 number)
{
    const QString message = request.contents.empty() || request.contents.back().parts.empty()
                                ? QString()
                                : request.contents.back().parts.back().text;
    AnswerPlan plan;
    plan.seed = seed ^ stableHash(message) ^ (request.contents.size() << 32U);
    Dice dice(plan.seed);
    plan.model = model.servedAs;
    plan.responseId = makeResponseId(seed, number);
    plan.promptTokens = promptTokens(request);
    plan.thoughtTokens = thinkingTokens(script, request, dice);
    plan.showThoughts =
        request.includeThoughts && plan.thoughtTokens > 0 && !script.thoughts.isEmpty();

    applyStopSequences(script, request.stopSequences);
    const double most = script.tokens.value_or(model.outputTokens);
    const int limit = int(std::min(request.maxOutputTokens.value_or(most), most));
    const int budget = std::max(0, limit - plan.thoughtTokens);
    plan.thoughtTokens = std::min(plan.thoughtTokens, limit);
    const auto [units, tokens] = cutAt(script.text, budget);
    if (units < script.text.size()) {
        script.text.truncate(units);
        script.finishReason = u"MAX_TOKENS"_s;
    }
    plan.textTokens = tokens;
    plan.script = std::move(script);
    return plan;
}

} // namespace runnel::emulator
