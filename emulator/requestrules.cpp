#include "emulator/requestparser.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

using Kind = GeminiPart::Kind;

//! Contents of one role that follow each other are one turn: Google's own client sends every chunk
//! of an answer back as a content of its own.
struct Turn
{
    bool isModel = false;
    size_t firstContent = 0;
    std::vector<const GeminiPart *> parts;

    [[nodiscard]] size_t count(Kind kind) const
    {
        return size_t(std::count_if(parts.begin(), parts.end(),
                                    [&](const GeminiPart *part) { return part->kind == kind; }));
    }
};

std::vector<Turn> turnsOf(const GenerateRequest &request)
{
    std::vector<Turn> turns;
    for (size_t i = 0; i < request.contents.size(); ++i) {
        const GeminiContent &content = request.contents[i];
        if (turns.empty() || turns.back().isModel != content.isModel)
            turns.push_back({content.isModel, i, {}});
        for (const GeminiPart &part : content.parts)
            turns.back().parts.push_back(&part);
    }
    return turns;
}

std::optional<GoogleError> checkContents(const GenerateRequest &request, const ModelInfo &model)
{
    if (request.contents.empty())
        return googleerrors::invalidArgument(
            u"* GenerateContentRequest.contents: contents is not specified\n"_s);
    for (size_t i = 0; i < request.contents.size(); ++i) {
        const auto &parts = request.contents[i].parts;
        if (parts.empty())
            return googleerrors::invalidArgument(
                u"* GenerateContentRequest.contents[%1].parts: contents.parts must not be empty.\n"_s
                    .arg(i));
        for (size_t j = 0; j < parts.size(); ++j) {
            if (parts[j].kind == Kind::Other && parts[j].json.isEmpty())
                return googleerrors::invalidArgument(
                    u"* GenerateContentRequest.contents[%1].parts[%2].data: required oneof field "
                    "'data' must have one initialized field\n"_s.arg(i)
                        .arg(j));
        }
    }
    if (request.contents.back().isModel && !model.takesPrefill())
        return googleerrors::invalidArgument(
            u"Requests ending with a model turn are not supported."_s);
    return std::nullopt;
}

std::optional<GoogleError> checkCalls(const std::vector<Turn> &turns)
{
    for (size_t i = 0; i < turns.size(); ++i) {
        const Turn &turn = turns[i];
        const size_t calls = turn.isModel ? turn.count(Kind::FunctionCall) : 0;
        const size_t responses = turn.isModel ? 0 : turn.count(Kind::FunctionResponse);
        if (calls > 0 && i == 0)
            return googleerrors::invalidArgument(
                u"Please ensure that function call turn comes immediately after a user turn or "
                "after a function response turn."_s);
        const size_t answered =
            i + 1 < turns.size() ? turns[i + 1].count(Kind::FunctionResponse) : 0;
        if (calls > 0 && calls != answered)
            return googleerrors::invalidArgument(
                u"Please ensure that the number of function response parts is equal to the number "
                "of function call parts of the function call turn."_s);
        if (responses > 0 && (i == 0 || turns[i - 1].count(Kind::FunctionCall) == 0))
            return googleerrors::invalidArgument(
                u"Please ensure that function response turn comes immediately after a function "
                "call turn."_s);
    }
    return std::nullopt;
}

//! In the current turn, which begins with the last thing that the user said, the first call of each
//! step must bring its signature back.
std::optional<GoogleError> checkSignatures(const std::vector<Turn> &turns)
{
    size_t current = turns.size();
    while (current > 0) {
        --current;
        if (!turns[current].isModel && turns[current].count(Kind::FunctionResponse) == 0)
            break;
    }
    for (size_t i = current; i < turns.size(); ++i) {
        const auto &parts = turns[i].parts;
        const auto call = std::find_if(parts.begin(), parts.end(), [](const GeminiPart *part) {
            return part->kind == Kind::FunctionCall;
        });
        if (!turns[i].isModel || call == parts.end() || (*call)->isSigned)
            continue;
        return googleerrors::invalidArgument(
            u"Function call is missing a thought_signature in functionCall parts. This is required "
            "for tools to work correctly, and missing thought_signature may lead to degraded model "
            "performance. Additional data, function call `default_api:%1` , position %2. Please "
            "refer to https://ai.google.dev/gemini-api/docs/thought-signatures for more details."_s
                .arg((*call)->name)
                .arg(turns[i].firstContent + 1));
    }
    return std::nullopt;
}

std::optional<GoogleError> checkThinking(const GenerateRequest &request, const ModelInfo &model)
{
    const QString &level = request.thinkingLevel;
    if (request.thinkingBudget && !level.isEmpty())
        return googleerrors::invalidArgument(
            u"You can only set only one of thinking budget and thinking level."_s);
    if (level.isEmpty())
        return std::nullopt;
    if (!QStringList({u"MINIMAL"_s, u"LOW"_s, u"MEDIUM"_s, u"HIGH"_s}).contains(level))
        return googleerrors::badFields(
            {{u"generation_config.thinking_config.thinking_level"_s,
              u"Invalid value at 'generation_config.thinking_config.thinking_level' "
              "(type.googleapis.com/google.ai.generativelanguage.v1beta.GenerationConfig."
              "ThinkingConfig.ThinkingLevel), \"%1\""_s.arg(level)}});
    if (!model.takesThinkingLevel())
        return googleerrors::invalidArgument(u"Thinking level is not supported for this model."_s);
    if (level == "MINIMAL"_L1 && !model.minimalThinking)
        return googleerrors::invalidArgument(
            u"Thinking level MINIMAL is not supported for this model. Please retry with other "
            "thinking level."_s);
    return std::nullopt;
}

std::optional<GoogleError> checkConfig(const GenerateRequest &request, const ModelInfo &model)
{
    const double most = model.outputTokens;
    if (request.maxOutputTokens &&
        (*request.maxOutputTokens < 1 || *request.maxOutputTokens > most))
        return googleerrors::invalidArgument(
            u"Unable to submit request because it has a maxOutputTokens value of %1 but the "
            "supported range is from 1 (inclusive) to %2 (exclusive). Update the value and try "
            "again."_s.arg(*request.maxOutputTokens)
                .arg(model.outputTokens + 1));
    if (request.temperature && (*request.temperature < 0 || *request.temperature > 2))
        return googleerrors::invalidArgument(
            u"* GenerateContentRequest.generation_config.temperature: temperature must be in the "
            "range [0.0, 2.0].\n"_s);
    if (request.stopSequences.size() > 5)
        return googleerrors::invalidArgument(
            u"* GenerateContentRequest.generation_config.stop_sequences: at most 5 stop sequences "
            "are supported.\n"_s);
    if (!request.allowedFunctions.isEmpty() && request.callingMode != CallingMode::Any)
        return googleerrors::invalidArgument(
            u"allowed_function_names should be set only when function calling mode is ANY."_s);
    return std::nullopt;
}

} // namespace

std::optional<GoogleError> checkRules(const GenerateRequest &request, const ModelInfo &model)
{
    if (auto error = checkContents(request, model))
        return error;
    const std::vector<Turn> turns = turnsOf(request);
    if (auto error = checkCalls(turns))
        return error;
    if (model.requiresSignatures()) {
        if (auto error = checkSignatures(turns))
            return error;
    }
    if (auto error = checkThinking(request, model))
        return error;
    return checkConfig(request, model);
}

} // namespace runnel::emulator
