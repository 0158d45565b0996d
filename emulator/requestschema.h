#pragma once

#include "emulator/googleerror.h"

#include <QJsonObject>
#include <QList>

namespace runnel::emulator {

enum class RequestBody { GenerateContent, CountTokens };

//! Holds a request's body against the fields that Gemini knows, as its proto parser does: names in
//! camel case or snake case, one object where a list is wanted, numbers as strings. Returns what is
//! wrong, at most 20 lines of it; empty when nothing is.
[[nodiscard]] QList<FieldViolation> checkFields(const QJsonObject &body, RequestBody kind);

//! `maxOutputTokens` to `max_output_tokens`.
[[nodiscard]] QString toSnakeCase(QStringView name);

} // namespace runnel::emulator
