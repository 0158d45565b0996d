#pragma once

#include "emulator/generaterequest.h"
#include "emulator/googleerror.h"
#include "emulator/modelcatalog.h"
#include "emulator/requestschema.h"
#include "protocol/result.h"

namespace runnel::emulator {

//! A body of generateContent, streamGenerateContent (RequestBody::GenerateContent) or countTokens
//! as a typed request, or the 400 that Gemini gives: no JSON, an unknown field, a wrong type.
[[nodiscard]] Result<GenerateRequest, GoogleError>
parseRequest(const QByteArray &body, const QString &model, RequestBody kind);

//! What Gemini refuses although every field is well formed: contents missing, a wrong role, a
//! history that ends with the model, calls without their answers or signatures, settings that the
//! model does not take. Nothing when all is well.
[[nodiscard]] std::optional<GoogleError> checkRules(const GenerateRequest &request,
                                                    const ModelInfo &model);

} // namespace runnel::emulator
