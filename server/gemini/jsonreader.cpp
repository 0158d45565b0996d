#include "gemini/jsonreader.h"

namespace runnel {

namespace {

//! The code unit of the escape `\uXXXX` at \a at.
std::optional<char16_t> escapedUnit(QByteArrayView bytes, qsizetype at)
{
    if (at + 6 > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u')
        return {};
    bool isHex = false;
    const ushort unit = bytes.sliced(at + 2, 4).toByteArray().toUShort(&isHex, 16);
    return isHex ? std::optional<char16_t>(unit) : std::nullopt;
}

} // namespace

QByteArray json::withoutLoneSurrogates(QByteArrayView bytes)
{
    QByteArray clean = bytes.toByteArray();
    for (qsizetype i = 0; i + 1 < clean.size(); ++i) {
        if (clean.at(i) != '\\')
            continue;
        const auto unit = escapedUnit(clean, i);
        if (!unit) {
            ++i; // another escape: what follows the backslash starts none
            continue;
        }
        const auto next = escapedUnit(clean, i + 6);
        const bool pair = QChar::isHighSurrogate(*unit) && next && QChar::isLowSurrogate(*next);
        if (QChar::isSurrogate(*unit) && !pair)
            clean.replace(i + 2, 4, "fffd");
        i += pair ? 11 : 5;
    }
    return clean;
}

std::optional<json::Document> json::parse(QByteArrayView bytes)
{
    // Made once a thread, and keeps its memory: making a parser costs more than reading an event.
    thread_local simdjson::dom::parser parser;
    Document document{{}, bytes.toByteArray()};
    const auto parseText = [&document] {
        const QByteArray &text = document.text;
        return parser.parse(text.constData(), size_t(text.size())).get(document.root);
    };
    auto error = parseText();
    if (error == simdjson::STRING_ERROR) {
        document.text = withoutLoneSurrogates(bytes);
        error = parseText();
    }
    return error ? std::nullopt : std::optional(std::move(document));
}

QString json::string(const simdjson::dom::element &object, std::string_view key)
{
    std::string_view text;
    return object[key].get(text) ? QString() : toQString(text);
}

std::optional<qint64> json::integer(const simdjson::dom::element &object, std::string_view key)
{
    int64_t number = 0;
    return object[key].get(number) ? std::nullopt : std::optional<qint64>(number);
}

} // namespace runnel
