#include "gemini/rawparts.h"

#include "protocol/jsonwriter.h"

namespace runnel {

void RawParts::append(const GeminiPart &part)
{
    if (part.raw.isEmpty()) {
        m_text += part.text;
        return;
    }
    if (!m_text.isEmpty()) {
        appendJson(textAsPart());
        m_text.clear();
    }
    appendJson(part.raw);
}

QByteArray RawParts::toJson() const
{
    if (m_text.isEmpty())
        return m_json.isEmpty() ? QByteArray() : '[' + m_json + ']';
    return '[' + m_json + (m_json.isEmpty() ? "" : ",") + textAsPart() + ']';
}

void RawParts::appendJson(const QByteArray &part)
{
    if (!m_json.isEmpty())
        m_json += ',';
    m_json += part;
}

QByteArray RawParts::textAsPart() const
{
    JsonWriter json(m_text.size() + 16);
    json.beginObject().member(QLatin1String("text"), m_text).endObject();
    return json.take().toUtf8();
}

} // namespace runnel
