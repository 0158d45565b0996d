#include "protocol/jsonwriter.h"

namespace runnel {

namespace {

constexpr char16_t hexDigits[] = u"0123456789abcdef";

void appendUnicodeEscape(QString &out, char16_t unit)
{
    const char16_t escape[] = {u'\\',
                               u'u',
                               hexDigits[(unit >> 12) & 0xf],
                               hexDigits[(unit >> 8) & 0xf],
                               hexDigits[(unit >> 4) & 0xf],
                               hexDigits[unit & 0xf]};
    out.append(QStringView(escape, std::size(escape)));
}

void appendEscape(QString &out, char16_t unit)
{
    switch (unit) {
    case u'"':
        out.append(QLatin1String("\\\""));
        return;
    case u'\\':
        out.append(QLatin1String("\\\\"));
        return;
    case u'\n':
        out.append(QLatin1String("\\n"));
        return;
    case u'\r':
        out.append(QLatin1String("\\r"));
        return;
    case u'\t':
        out.append(QLatin1String("\\t"));
        return;
    default:
        appendUnicodeEscape(out, unit);
    }
}

} // namespace

JsonWriter &JsonWriter::open(char16_t bracket)
{
    separate();
    m_out.append(QChar(bracket));
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::close(char16_t bracket)
{
    m_out.append(QChar(bracket));
    m_needsComma = true;
    return *this;
}

void JsonWriter::separate()
{
    if (m_needsComma)
        m_out.append(u',');
    m_needsComma = true;
}

JsonWriter &JsonWriter::key(QLatin1String name)
{
    separate();
    m_out.append(u'"');
    m_out.append(name);
    m_out.append(QLatin1String("\":"));
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::value(QStringView text)
{
    separate();
    m_out.append(u'"');
    appendEscaped(text);
    m_out.append(u'"');
    return *this;
}

JsonWriter &JsonWriter::value(QLatin1String text)
{
    return value(QStringView(QString(text)));
}

JsonWriter &JsonWriter::value(qint64 number)
{
    separate();
    m_out.append(QString::number(number));
    return *this;
}

JsonWriter &JsonWriter::value(quint64 number)
{
    separate();
    m_out.append(QString::number(number));
    return *this;
}

JsonWriter &JsonWriter::value(double number)
{
    separate();
    m_out.append(QString::number(number, 'g', 12));
    return *this;
}

JsonWriter &JsonWriter::value(bool truth)
{
    separate();
    m_out.append(truth ? QLatin1String("true") : QLatin1String("false"));
    return *this;
}

JsonWriter &JsonWriter::null()
{
    separate();
    m_out.append(QLatin1String("null"));
    return *this;
}

JsonWriter &JsonWriter::raw(QStringView json)
{
    separate();
    m_out.append(json);
    return *this;
}

void JsonWriter::appendEscaped(QStringView text)
{
    // Runs of ordinary characters are copied whole; only what JSON or UTF-8 cannot hold is written
    // apart.
    qsizetype runStart = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        const bool plain =
            unit >= 0x20 && unit != u'"' && unit != u'\\' && !QChar::isSurrogate(unit);
        if (plain)
            continue;
        if (QChar::isHighSurrogate(unit) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
            continue;
        }
        m_out.append(text.sliced(runStart, i - runStart));
        appendEscape(m_out, unit);
        runStart = i + 1;
    }
    m_out.append(text.sliced(runStart));
}

} // namespace runnel
