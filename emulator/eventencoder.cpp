#include "emulator/eventencoder.h"

#include "protocol/jsonwriter.h"

#include <charconv>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

void appendNumber(QByteArray &out, int number)
{
    char digits[12];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    out.append(digits, end - digits);
}

QByteArray quotedJson(QStringView text)
{
    return '"' + jsonEscaped(text) + '"';
}

bool stopsInSilence(const QString &reason)
{
    // Answers that were stopped for what they say come without any content.
    return reason != "STOP"_L1 && reason != "MAX_TOKENS"_L1;
}

} // namespace

QByteArray jsonEscaped(QStringView text)
{
    JsonWriter json(text.size() + 16);
    json.value(text);
    const QByteArray quoted = json.take().toUtf8();
    return quoted.sliced(1, quoted.size() - 2);
}

EventEncoder::EventEncoder(const AnswerPlan &plan, Framing framing)
    : m_framing(framing)
    , m_promptTokens(plan.promptTokens)
    , m_signature(plan.signature())
    , m_callId(plan.responseId.left(10).toLower().toUtf8())
{
    const QByteArray prompt = QByteArray::number(plan.promptTokens);
    m_usageHead = "\"usageMetadata\":{\"promptTokenCount\":" + prompt;
    m_usageTail = ",\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":" + prompt +
                  "}],\"serviceTier\":\"standard\"},\"modelVersion\":" + quotedJson(plan.model) +
                  ",\"responseId\":" + quotedJson(plan.responseId) + '}';
}

void EventEncoder::begin(QByteArray &out)
{
    if (m_framing == Framing::Sse)
        out.append("data: ");
    else if (m_framing == Framing::Array)
        out.append(m_isFirst ? "[" : ",\r\n");
    m_isFirst = false;
}

void EventEncoder::end(QByteArray &out)
{
    if (m_framing == Framing::Sse)
        out.append("\r\n\r\n");
}

void EventEncoder::appendEnd(QByteArray &out)
{
    if (m_framing == Framing::Array)
        out.append(m_isFirst ? "[]\r\n" : "]\r\n");
}

void EventEncoder::appendUsage(QByteArray &out, RunningTokens tokens) const
{
    out.append(m_usageHead);
    if (tokens.text > 0) {
        out.append(",\"candidatesTokenCount\":");
        appendNumber(out, tokens.text);
    }
    out.append(",\"totalTokenCount\":");
    appendNumber(out, m_promptTokens + tokens.text + tokens.thoughts);
    if (tokens.thoughts > 0) {
        out.append(",\"thoughtsTokenCount\":");
        appendNumber(out, tokens.thoughts);
    }
    out.append(m_usageTail);
}

void EventEncoder::appendText(QByteArray &out, QByteArrayView json, QByteArrayView stamp,
                              bool isThought, RunningTokens tokens)
{
    begin(out);
    out.append("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"");
    out.append(stamp);
    out.append(json);
    out.append(isThought ? "\",\"thought\":true}" : "\"}");
    out.append("],\"role\":\"model\"},\"index\":0}],");
    appendUsage(out, tokens);
    end(out);
}

void EventEncoder::appendCalls(QByteArray &out, const std::vector<ScriptedCall> &calls,
                               RunningTokens tokens)
{
    begin(out);
    out.append("{\"candidates\":[{\"content\":{\"parts\":[");
    for (size_t i = 0; i < calls.size(); ++i) {
        out.append(i > 0 ? ",{\"functionCall\":{\"name\":" : "{\"functionCall\":{\"name\":");
        out.append(quotedJson(calls[i].name)).append(",\"args\":");
        out.append(calls[i].argsJson.toUtf8()).append(",\"id\":\"call_").append(m_callId);
        appendNumber(out.append('_'), int(i + 1));
        out.append("\"}");
        if (i == 0)
            out.append(",\"thoughtSignature\":\"").append(m_signature).append('"');
        out.append('}');
    }
    out.append("],\"role\":\"model\"},\"index\":0}],");
    appendUsage(out, tokens);
    end(out);
}

void EventEncoder::appendFinish(QByteArray &out, const QString &reason, bool hasContent,
                                bool hasCalls, RunningTokens tokens)
{
    begin(out);
    out.append("{\"candidates\":[{");
    if (!stopsInSilence(reason)) {
        out.append("\"content\":{");
        if (hasCalls)
            out.append("\"parts\":[{\"text\":\"\"}],");
        else if (hasContent)
            out.append("\"parts\":[{\"text\":\"\",\"thoughtSignature\":\"")
                .append(m_signature)
                .append("\"}],");
        out.append("\"role\":\"model\"},");
    }
    out.append("\"finishReason\":").append(quotedJson(reason));
    if (hasCalls)
        out.append(",\"finishMessage\":\"Model generated function call(s).\"");
    out.append(",\"index\":0}],");
    appendUsage(out, tokens);
    end(out);
}

void EventEncoder::appendBlocked(QByteArray &out, const QString &blockReason)
{
    begin(out);
    out.append("{\"promptFeedback\":{\"blockReason\":").append(quotedJson(blockReason));
    out.append("},");
    appendUsage(out, {});
    end(out);
}

void EventEncoder::appendRaw(QByteArray &out, QByteArrayView json)
{
    begin(out);
    out.append(json);
    end(out);
}

QByteArray EventEncoder::whole(const AnswerPlan &plan)
{
    const AnswerScript &script = plan.script;
    const RunningTokens tokens{plan.thoughtTokens, plan.textTokens};
    QByteArray out;
    if (!script.calls.empty()) {
        appendCalls(out, script.calls, tokens);
        // The same event with its end in it: what follows the content is the index alone.
        const QByteArray finish =
            "\"finishReason\":" + quotedJson(script.finishReason) +
            ",\"finishMessage\":\"Model generated function call(s).\",\"index\":0}],";
        const qsizetype at = out.lastIndexOf("\"index\":0}],\"usageMetadata\"");
        return out.replace(at, qsizetype(sizeof "\"index\":0}]," - 1), finish);
    }
    out.append("{\"candidates\":[{");
    if (!stopsInSilence(script.finishReason)) {
        out.append("\"content\":{");
        if (!script.text.isEmpty()) {
            out.append("\"parts\":[");
            if (plan.showThoughts)
                out.append("{\"text\":")
                    .append(quotedJson(script.thoughts))
                    .append(",\"thought\":true},");
            out.append("{\"text\":").append(quotedJson(script.text));
            out.append(",\"thoughtSignature\":\"").append(m_signature).append("\"}],");
        }
        out.append("\"role\":\"model\"},");
    }
    out.append("\"finishReason\":").append(quotedJson(script.finishReason));
    out.append(",\"index\":0}],");
    appendUsage(out, tokens);
    return out;
}

} // namespace runnel::emulator
