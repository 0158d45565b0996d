#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace runnel::emulator {

//! One part of a content. Other kinds than these (media, code) count as Other.
struct GeminiPart
{
    enum class Kind { Text, FunctionCall, FunctionResponse, Other };

    Kind kind = Kind::Text;
    QString text = {};
    bool thought = false;
    bool isSigned = false; //!< It carries a thought signature.
    QString name = {};     //!< Of a call or a response.
    QString id = {};       //!< Of a call or a response; may be empty.
    QString json = {};     //!< A call's args, a response's response, or the other part: JSON text.
};

struct GeminiContent
{
    bool isModel = false;
    std::vector<GeminiPart> parts;
};

//! A function that the model may call. Its schema is JSON by nature and stays so.
struct FunctionDeclaration
{
    QString name;
    QString description;
    QJsonObject parameters; //!< JSON Schema or OpenAPI schema; empty: no parameters.
};

enum class CallingMode { Auto, Any, None };

//! The body of generateContent, streamGenerateContent and countTokens, as far as the emulator looks
//! at it.
struct GenerateRequest
{
    QString model; //!< Without `models/`.
    QString systemInstruction;
    std::vector<GeminiContent> contents;
    std::vector<FunctionDeclaration> functions;
    CallingMode callingMode = CallingMode::Auto;
    QStringList allowedFunctions;
    QString toolsJson; //!< The tools as they came, for counting.

    std::optional<double> temperature;
    std::optional<double> maxOutputTokens;
    QStringList stopSequences;
    bool wantsJson = false;
    QJsonObject responseSchema;
    bool includeThoughts = false;
    std::optional<double> thinkingBudget;
    QString thinkingLevel; //!< Upper case; may be empty.
};

//! Tokens of the whole prompt: system instruction, tools and contents.
[[nodiscard]] int promptTokens(const GenerateRequest &request);

} // namespace runnel::emulator
