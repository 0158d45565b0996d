#pragma once

#include "emulator/generaterequest.h"
#include "emulator/scenario.h"

#include <QJsonValue>

namespace runnel::emulator {

//! A value that a schema (JSON Schema or Gemini's OpenAPI subset) allows, made of what the message
//! says where it says something: a quoted text, a number, an enum's word, a name after "in" or
//! "for".
[[nodiscard]] QJsonValue fillSchema(const QJsonObject &schema, const QString &message);

//! The calls of declared functions that the message seems to ask for, with arguments; several of
//! one function where the message names several things ("in Paris and Tokyo"). Empty when none
//! fits; under CallingMode::Any never empty, under CallingMode::None always.
[[nodiscard]] std::vector<ScriptedCall> fittingCalls(const GenerateRequest &request,
                                                     const QString &message);

} // namespace runnel::emulator
