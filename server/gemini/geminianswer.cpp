#include "gemini/geminianswer.h"

#include <algorithm>
#include <array>

namespace runnel {

namespace {

bool isOneOf(const QString &name, std::initializer_list<QLatin1String> names)
{
    return std::ranges::any_of(names, [&name](QLatin1String one) { return name == one; });
}

bool isBlocked(const QString &reason)
{
    return isOneOf(reason,
                   {QLatin1String("SAFETY"), QLatin1String("RECITATION"), QLatin1String("LANGUAGE"),
                    QLatin1String("BLOCKLIST"), QLatin1String("PROHIBITED_CONTENT"),
                    QLatin1String("SPII"), QLatin1String("IMAGE_SAFETY"),
                    QLatin1String("IMAGE_PROHIBITED_CONTENT"), QLatin1String("IMAGE_RECITATION")});
}

//! Slips of a model, which a second try mends more often than not.
bool isSlip(const QString &reason)
{
    return isOneOf(reason,
                   {QLatin1String("MALFORMED_FUNCTION_CALL"), QLatin1String("UNEXPECTED_TOOL_CALL"),
                    QLatin1String("MALFORMED_RESPONSE")});
}

qint64 sum(qint64 a, qint64 b)
{
    return a < 0 ? b : a + std::max<qint64>(b, 0);
}

GeminiError modelError(const QString &summary, const QString &quote = {})
{
    GeminiError error;
    error.summary = summary;
    error.text = summary + QLatin1String(" Ask again.");
    if (!quote.isEmpty())
        error.text += QStringLiteral(" It said: \"%1\"").arg(quote);
    return error;
}

//! Why a prompt was blocked (https://ai.google.dev/api/generate-content#BlockReason).
QString inWords(const QString &reason)
{
    static const std::array<std::pair<QLatin1String, QLatin1String>, 7> known{{
        {QLatin1String("SAFETY"), QLatin1String("its safety filters found it harmful")},
        {QLatin1String("BLOCKLIST"), QLatin1String("it has a word that is on a block list")},
        {QLatin1String("PROHIBITED_CONTENT"), QLatin1String("its content is prohibited")},
        {QLatin1String("IMAGE_SAFETY"), QLatin1String("its safety filters found an image harmful")},
        {QLatin1String("JAILBREAK"), QLatin1String("it was taken for an attempt at a jailbreak")},
        {QLatin1String("MODEL_ARMOR"), QLatin1String("Model Armor refused it")},
        {QLatin1String("OTHER"), QLatin1String("no reason was given")},
    }};
    const auto found = std::ranges::find(known, reason, [](const auto &row) { return row.first; });
    return found != known.end() ? QString(found->second)
                                : QStringLiteral("the reason given is %1").arg(reason);
}

GeminiError blockedPrompt(const QString &reason)
{
    GeminiError error;
    error.code = ErrorCode::Blocked;
    error.summary = QStringLiteral("Gemini blocked this message: %1.").arg(inWords(reason));
    error.text = error.summary + QLatin1String(" Put it in other words and try again.");
    return error;
}

} // namespace

void GeminiAnswer::add(const GeminiEvent &event)
{
    m_hasBegun = true;
    m_hasCandidate = m_hasCandidate || event.hasCandidate;
    for (const GeminiPart &part : event.parts) {
        m_parts.append(part);
        if (part.kind == GeminiPart::Kind::Other ||
            (part.kind == GeminiPart::Kind::Text && !part.text.isEmpty()))
            m_hasContent = true;
    }
    if (event.usage)
        m_usage = *event.usage; // a running total: the last one wins
    const auto keep = [](QString &known, const QString &said) {
        if (!said.isEmpty())
            known = said;
    };
    keep(m_modelVersion, event.modelVersion);
    keep(m_finishReason, event.finishReason);
    keep(m_finishMessage, event.finishMessage);
    keep(m_continuationToken, event.continuationToken);
    keep(m_blockReason, event.blockReason);
}

void GeminiAnswer::startContinuation()
{
    m_before = usage();
    m_usage = {};
    m_finishReason.clear();
    m_finishMessage.clear();
    m_continuationToken.clear();
    m_hasBegun = false;
}

GeminiAnswer::Conclusion GeminiAnswer::conclude(const GeminiCodec::ErrorContext &context) const
{
    using Step = Conclusion::Step;
    if (hasBlockedPrompt()) {
        const QString reason = GeminiCodec::quotable(m_blockReason, context.secret);
        return {Step::Finish, failed(blockedPrompt(reason)), {}};
    }
    const bool hasStopped = m_finishReason == QLatin1String("STOP");
    if (hasStopped && !m_hasContent)
        return {Step::AskAgain, {}, modelError(QStringLiteral("The model gave no answer."))};
    if (m_finishReason.isEmpty())
        return {Step::Finish, ended(FinishReason::Interrupted), {}};
    if (hasStopped)
        return {Step::Finish, ended(FinishReason::Stop), {}};
    return concludeReason(context);
}

//! The reasons other than that the model was done.
GeminiAnswer::Conclusion
GeminiAnswer::concludeReason(const GeminiCodec::ErrorContext &context) const
{
    using Step = Conclusion::Step;
    if (m_finishReason == QLatin1String("MAX_TOKENS"))
        return {Step::Finish, ended(FinishReason::Length), {}};
    if (m_finishReason == QLatin1String("CONTINUATION")) {
        if (m_continuationToken.isEmpty())
            return {Step::Finish, ended(FinishReason::Interrupted), {}};
        return {Step::Continue, {}, {}};
    }
    if (isBlocked(m_finishReason))
        return {Step::Finish, ended(FinishReason::Blocked), {}};
    const QString quote = GeminiCodec::quotable(m_finishMessage, context.secret);
    if (isSlip(m_finishReason)) {
        const QString summary = QStringLiteral("The model's answer was malformed.");
        return {Step::AskAgain, {}, modelError(summary, quote)};
    }
    const QString reason = GeminiCodec::quotable(m_finishReason, context.secret);
    const QString summary = QStringLiteral("The model broke off its answer (%1).").arg(reason);
    return {Step::Finish, failed(modelError(summary, quote)), {}};
}

bool GeminiAnswer::hasBlockedPrompt() const
{
    return !m_hasCandidate && !m_blockReason.isEmpty();
}

Outcome GeminiAnswer::ended(FinishReason reason) const
{
    Outcome outcome = soFar();
    outcome.finishReason = reason;
    return outcome;
}

Outcome GeminiAnswer::failed(const GeminiError &error) const
{
    Outcome outcome = soFar();
    outcome.error = Error{error.code, error.text};
    outcome.retryAfter = error.retryAfter;
    return outcome;
}

Outcome GeminiAnswer::soFar() const
{
    Outcome outcome;
    outcome.usage = usage();
    outcome.modelVersion = m_modelVersion;
    outcome.rawParts = m_parts.toJson();
    return outcome;
}

Usage GeminiAnswer::usage() const
{
    return {sum(m_before.promptTokens, m_usage.promptTokens),
            sum(m_before.cachedTokens, m_usage.cachedTokens),
            sum(m_before.thoughtTokens, m_usage.thoughtTokens),
            sum(m_before.answerTokens, m_usage.answerTokens),
            sum(m_before.totalTokens, m_usage.totalTokens)};
}

} // namespace runnel
