#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>
#include <string_view>

#include <simdjson.h>

//! What the decoders of this room share. Only .cpp files include it: simdjson.h is a big header.
namespace runnel::json {

//! A document, fully validated.
struct Document
{
    simdjson::dom::element root; //!< Valid until the next parse() on this thread.
    QByteArray text;             //!< What was parsed.
};

//! Nothing when \a bytes are not JSON. A lone surrogate's escape, which simdjson refuses, is read
//! as U+FFFD.
[[nodiscard]] std::optional<Document> parse(QByteArrayView bytes);

[[nodiscard]] inline QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

//! The string there, or a null one.
[[nodiscard]] QString string(const simdjson::dom::element &object, std::string_view key);

[[nodiscard]] std::optional<qint64> integer(const simdjson::dom::element &object,
                                            std::string_view key);

//! \a bytes with every lone surrogate's escape replaced by the one of U+FFFD.
[[nodiscard]] QByteArray withoutLoneSurrogates(QByteArrayView bytes);

} // namespace runnel::json
