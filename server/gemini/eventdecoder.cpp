#include "gemini/geminicodec.h"
#include "gemini/jsonreader.h"

#include <QByteArray>

#include <algorithm>
#include <utility>

namespace runnel {

namespace {

using simdjson::dom::element;

//! Where the first candidate's parts stand in the text of a validated document, one entry a part.
//! The DOM does not remember it, so this is a second walk, taken only for parts that must be kept
//! byte for byte.
std::vector<QByteArray> partsAsTheyCame(QByteArrayView bytes)
{
    namespace ondemand = simdjson::ondemand;
    thread_local ondemand::parser parser;
    const simdjson::padded_string padded(bytes.data(), size_t(bytes.size()));
    std::vector<QByteArray> found;
    ondemand::document document;
    ondemand::array candidates;
    if (parser.iterate(padded).get(document) || document["candidates"].get_array().get(candidates))
        return found;
    for (auto candidate : candidates) {
        ondemand::array parts;
        if (candidate["content"]["parts"].get_array().get(parts))
            return found;
        for (auto part : parts) {
            ondemand::object object;
            std::string_view raw;
            if (part.get_object().get(object) || object.raw_json().get(raw))
                return found;
            found.push_back(QByteArray(raw.data(), qsizetype(raw.size())).trimmed());
        }
        return found;
    }
    return found;
}

GeminiPart readPart(const element &object)
{
    GeminiPart part;
    std::string_view text;
    if (object["text"].get(text))
        return part;
    bool thought = false;
    part.kind = !object["thought"].get(thought) && thought ? GeminiPart::Kind::Thought
                                                           : GeminiPart::Kind::Text;
    part.text = json::toQString(text);
    return part;
}

bool isPlainText(const GeminiPart &part, const element &object)
{
    simdjson::dom::object fields;
    return part.kind == GeminiPart::Kind::Text && !object.get(fields) && fields.size() == 1;
}

void readParts(const simdjson::dom::array &parts, QByteArrayView bytes, GeminiEvent &event)
{
    std::vector<std::pair<size_t, element>> toKeep; // by their place in event.parts
    for (const element object : parts) {
        if (!object.is_object())
            continue;
        event.parts.push_back(readPart(object));
        if (!isPlainText(event.parts.back(), object))
            toKeep.emplace_back(event.parts.size() - 1, object);
    }
    if (toKeep.empty())
        return;
    std::vector<QByteArray> raw = partsAsTheyCame(bytes);
    // Where the two walks disagree (an escaped or doubled key, a part that is no object), the part
    // is written anew: it means the same.
    const bool agree = raw.size() == event.parts.size() && raw.size() == parts.size();
    for (const auto &[place, object] : toKeep) {
        event.parts[place].raw =
            agree ? std::move(raw[place]) : QByteArray::fromStdString(simdjson::minify(object));
    }
}

void readCandidate(const element &candidate, QByteArrayView bytes, GeminiEvent &event)
{
    event.hasCandidate = true;
    event.finishReason = json::string(candidate, "finishReason");
    event.finishMessage = json::string(candidate, "finishMessage");
    event.continuationToken = json::string(candidate, "continuationToken");
    simdjson::dom::array parts;
    if (!candidate["content"]["parts"].get(parts))
        readParts(parts, bytes, event);
}

Usage readUsage(const element &json)
{
    Usage usage;
    usage.promptTokens = json::integer(json, "promptTokenCount").value_or(-1);
    // The results of server-side tools are read by the model as a prompt, and billed so.
    if (const auto toolUse = json::integer(json, "toolUsePromptTokenCount"))
        usage.promptTokens = std::max<qint64>(usage.promptTokens, 0) + *toolUse;
    usage.cachedTokens = json::integer(json, "cachedContentTokenCount").value_or(-1);
    usage.thoughtTokens = json::integer(json, "thoughtsTokenCount").value_or(-1);
    usage.answerTokens = json::integer(json, "candidatesTokenCount").value_or(-1);
    usage.totalTokens = json::integer(json, "totalTokenCount").value_or(-1);
    return usage;
}

} // namespace

Result<GeminiEvent, QString> GeminiCodec::decodeEvent(QByteArrayView bytes,
                                                      const ErrorContext &context)
{
    const auto document = json::parse(bytes);
    if (!document)
        return Failure{QStringLiteral("an event of %1 bytes is not JSON").arg(bytes.size())};
    if (!document->root.is_object())
        return Failure{QStringLiteral("an event of %1 bytes is no JSON object").arg(bytes.size())};

    const element &root = document->root;
    GeminiEvent event;
    element found;
    simdjson::dom::array candidates;
    if (!root["candidates"].get(candidates) && candidates.size() > 0)
        readCandidate(*candidates.begin(), document->text, event);
    if (!root["promptFeedback"].get(found))
        event.blockReason = json::string(found, "blockReason");
    if (!root["usageMetadata"].get(found) && found.is_object())
        event.usage = readUsage(found);
    event.modelVersion = json::string(root, "modelVersion");
    if (!root["error"].get(found) && !found.is_null())
        event.error = decodeError(0, bytes, context); // parses again: nothing is read after it
    return event;
}

} // namespace runnel
