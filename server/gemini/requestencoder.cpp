#include "gemini/geminicodec.h"
#include "protocol/jsonwriter.h"

#include <algorithm>

namespace runnel {

namespace {

//! What UTF-8, and so a protobuf string, can hold.
QString withoutLoneSurrogates(const QString &text)
{
    if (std::ranges::none_of(text, [](QChar c) { return c.isSurrogate(); }))
        return text;
    QString clean = text;
    for (qsizetype i = 0; i < clean.size(); ++i) {
        if (!clean.at(i).isSurrogate())
            continue;
        const bool pair = clean.at(i).isHighSurrogate() && i + 1 < clean.size() &&
                          clean.at(i + 1).isLowSurrogate();
        if (pair)
            ++i;
        else
            clean[i] = QChar::ReplacementCharacter;
    }
    return clean;
}

void writeTextPart(JsonWriter &json, const QString &text)
{
    json.beginObject().member(QLatin1String("text"), withoutLoneSurrogates(text)).endObject();
}

QLatin1String nameOf(Role role)
{
    return role == Role::User ? QLatin1String("user") : QLatin1String("model");
}

//! The inside of a JSON array of parts; empty when there is none.
QString insideOf(const QByteArray &rawParts)
{
    const QByteArray array = rawParts.trimmed();
    if (!array.startsWith('[') || !array.endsWith(']') || array.size() < 2)
        return {};
    return QString::fromUtf8(QByteArrayView(array).sliced(1, array.size() - 2)).trimmed();
}

//! Neighbours of one role become one content, so that user and model alternate as Gemini asks,
//! also where a model's message without a word was left out.
void writeContents(JsonWriter &json, const std::vector<HistoryMessage> &history)
{
    json.key(QLatin1String("contents")).beginArray();
    std::optional<Role> open;
    const auto close = [&json, &open] {
        if (open)
            json.endArray().endObject();
    };
    for (const HistoryMessage &message : history) {
        const QString raw = message.role == Role::Model ? insideOf(message.rawParts) : QString();
        if (message.role == Role::Model && raw.isEmpty() && message.text.isEmpty())
            continue;
        if (open != message.role) {
            close();
            open = message.role;
            json.beginObject()
                .member(QLatin1String("role"), nameOf(message.role))
                .key(QLatin1String("parts"))
                .beginArray();
        }
        if (raw.isEmpty())
            writeTextPart(json, message.text);
        else
            json.raw(raw);
    }
    close();
    json.endArray();
}

template <typename T>
void writeIfSet(JsonWriter &json, QLatin1String name, const std::optional<T> &value)
{
    if (value)
        json.member(name, *value);
}

void writeThinking(JsonWriter &json, const ThinkingConfig &thinking)
{
    json.key(QLatin1String("thinkingConfig")).beginObject();
    writeIfSet(json, QLatin1String("thinkingBudget"), thinking.budget);
    if (!thinking.level.isEmpty())
        json.member(QLatin1String("thinkingLevel"), thinking.level);
    writeIfSet(json, QLatin1String("includeThoughts"), thinking.includeThoughts);
    json.endObject();
}

bool hasGenerationConfig(const GenerationConfig &config)
{
    return config.temperature || config.topP || config.topK || config.maxOutputTokens ||
           config.seed || config.presencePenalty || config.frequencyPenalty ||
           !config.stopSequences.isEmpty() || config.thinking;
}

void writeGenerationConfig(JsonWriter &json, const GenerationConfig &config)
{
    json.key(QLatin1String("generationConfig")).beginObject();
    writeIfSet(json, QLatin1String("temperature"), config.temperature);
    writeIfSet(json, QLatin1String("topP"), config.topP);
    writeIfSet(json, QLatin1String("topK"), config.topK);
    writeIfSet(json, QLatin1String("maxOutputTokens"), config.maxOutputTokens);
    writeIfSet(json, QLatin1String("seed"), config.seed);
    writeIfSet(json, QLatin1String("presencePenalty"), config.presencePenalty);
    writeIfSet(json, QLatin1String("frequencyPenalty"), config.frequencyPenalty);
    if (!config.stopSequences.isEmpty()) {
        json.key(QLatin1String("stopSequences")).beginArray();
        for (const QString &stop : config.stopSequences)
            json.value(withoutLoneSurrogates(stop));
        json.endArray();
    }
    if (config.thinking)
        writeThinking(json, *config.thinking);
    json.endObject();
}

void writeSafetySettings(JsonWriter &json, const GenerationConfig &config)
{
    json.key(QLatin1String("safetySettings")).beginArray();
    for (const auto &[category, threshold] : config.safetySettings) {
        json.beginObject()
            .member(QLatin1String("category"), category)
            .member(QLatin1String("threshold"), threshold)
            .endObject();
    }
    json.endArray();
}

} // namespace

QByteArray GeminiCodec::encodeRequest(const CompletionRequest &request)
{
    JsonWriter json(1024);
    json.beginObject();
    // First what stays the same from turn to turn: Gemini caches a request's prefix.
    if (!request.systemInstruction.isEmpty()) {
        json.key(QLatin1String("systemInstruction")).beginObject();
        json.key(QLatin1String("parts")).beginArray();
        writeTextPart(json, request.systemInstruction);
        json.endArray().endObject();
    }
    if (hasGenerationConfig(request.config))
        writeGenerationConfig(json, request.config);
    if (!request.config.safetySettings.empty())
        writeSafetySettings(json, request.config);
    writeContents(json, request.history);
    json.endObject();
    return json.take().toUtf8();
}

QByteArray GeminiCodec::withContinuation(const QByteArray &body, const QString &token)
{
    JsonWriter json;
    json.beginObject()
        .member(QLatin1String("continuationToken"), withoutLoneSurrogates(token))
        .endObject();
    QByteArray continued = body;
    continued.chop(1);
    return continued + ',' + json.take().toUtf8().sliced(1);
}

} // namespace runnel
