#include "emulator/requestparser.h"

#include "emulator/tokenizer.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

QString toJsonText(const QJsonValue &value)
{
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
}

//! A field by its name in camel case, or by its name in snake case.
QJsonValue fieldOf(const QJsonObject &object, const QString &name)
{
    const QJsonValue value = object[name];
    return value.isUndefined() ? object[toSnakeCase(name)] : value;
}

//! A repeated field: Gemini takes one object for a list of one.
QJsonArray listOf(const QJsonObject &object, const QString &name)
{
    const QJsonValue value = fieldOf(object, name);
    if (value.isArray())
        return value.toArray();
    return value.isUndefined() || value.isNull() ? QJsonArray() : QJsonArray{value};
}

std::optional<double> numberOf(const QJsonObject &object, const QString &name)
{
    const QJsonValue value = fieldOf(object, name);
    if (value.isDouble())
        return value.toDouble();
    if (value.isString())
        return value.toString().toDouble();
    return std::nullopt;
}

GeminiPart readPart(const QJsonObject &object)
{
    GeminiPart part;
    part.thought = object[u"thought"].toBool();
    part.isSigned = !fieldOf(object, u"thoughtSignature"_s).toString().isEmpty();
    const QJsonValue call = fieldOf(object, u"functionCall"_s);
    const QJsonValue response = fieldOf(object, u"functionResponse"_s);
    if (call.isObject() || response.isObject()) {
        const QJsonObject inner = call.isObject() ? call.toObject() : response.toObject();
        part.kind =
            call.isObject() ? GeminiPart::Kind::FunctionCall : GeminiPart::Kind::FunctionResponse;
        part.name = inner[u"name"].toString();
        part.id = inner[u"id"].toString();
        part.json = toJsonText(call.isObject() ? inner[u"args"] : inner[u"response"]);
        return part;
    }
    if (object[u"text"].isString() || part.isSigned) {
        part.text = object[u"text"].toString();
        return part;
    }
    part.kind = GeminiPart::Kind::Other;
    part.json = object.isEmpty() ? QString() : toJsonText(object);
    return part;
}

QString textOf(const QJsonObject &content)
{
    QStringList texts;
    const QJsonArray parts = listOf(content, u"parts"_s);
    for (const auto &part : parts)
        texts.append(part.toObject()[u"text"].toString());
    return texts.join(u'\n');
}

Result<std::vector<GeminiContent>, GoogleError> readContents(const QJsonObject &body)
{
    std::vector<GeminiContent> contents;
    const QJsonArray array = listOf(body, u"contents"_s);
    contents.reserve(size_t(array.size()));
    for (const auto &value : array) {
        const QJsonObject object = value.toObject();
        const QString role = object[u"role"].toString();
        if (!role.isEmpty() && role != "user"_L1 && role != "model"_L1)
            return Failure{
                googleerrors::invalidArgument(u"Please use a valid role: user, model."_s)};
        GeminiContent content;
        content.isModel = role == "model"_L1;
        const QJsonArray parts = listOf(object, u"parts"_s);
        for (const auto &part : parts)
            content.parts.push_back(readPart(part.toObject()));
        contents.push_back(std::move(content));
    }
    return contents;
}

void readTools(const QJsonObject &body, GenerateRequest &request)
{
    const QJsonArray tools = listOf(body, u"tools"_s);
    if (!tools.isEmpty())
        request.toolsJson = toJsonText(tools);
    for (const auto &tool : tools) {
        const QJsonArray declarations = listOf(tool.toObject(), u"functionDeclarations"_s);
        for (const auto &value : declarations) {
            const QJsonObject object = value.toObject();
            QJsonObject schema = fieldOf(object, u"parametersJsonSchema"_s).toObject();
            if (schema.isEmpty())
                schema = object[u"parameters"].toObject();
            request.functions.push_back(
                {object[u"name"].toString(), object[u"description"].toString(), schema});
        }
    }
    const QJsonObject calling =
        fieldOf(fieldOf(body, u"toolConfig"_s).toObject(), u"functionCallingConfig"_s).toObject();
    const QString mode = calling[u"mode"].toString().toUpper();
    if (mode == "ANY"_L1)
        request.callingMode = CallingMode::Any;
    else if (mode == "NONE"_L1)
        request.callingMode = CallingMode::None;
    const QJsonArray allowed = listOf(calling, u"allowedFunctionNames"_s);
    for (const auto &name : allowed)
        request.allowedFunctions.append(name.toString());
}

void readConfig(const QJsonObject &config, GenerateRequest &request)
{
    request.temperature = numberOf(config, u"temperature"_s);
    request.maxOutputTokens = numberOf(config, u"maxOutputTokens"_s);
    const QJsonArray stops = listOf(config, u"stopSequences"_s);
    for (const auto &stop : stops)
        request.stopSequences.append(stop.toString());
    request.wantsJson = fieldOf(config, u"responseMimeType"_s).toString() == "application/json"_L1;
    request.responseSchema = fieldOf(config, u"responseJsonSchema"_s).toObject();
    if (request.responseSchema.isEmpty())
        request.responseSchema = fieldOf(config, u"responseSchema"_s).toObject();
    const QJsonObject thinking = fieldOf(config, u"thinkingConfig"_s).toObject();
    request.includeThoughts = fieldOf(thinking, u"includeThoughts"_s).toBool();
    request.thinkingBudget = numberOf(thinking, u"thinkingBudget"_s);
    request.thinkingLevel = fieldOf(thinking, u"thinkingLevel"_s).toString().toUpper();
}

GoogleError malformed(const QByteArray &body, const QJsonParseError &error)
{
    constexpr qsizetype around = 20;
    const qsizetype at = std::clamp<qsizetype>(error.offset, 0, body.size());
    const qsizetype from = std::max<qsizetype>(0, at - around);
    QString snippet = QString::fromUtf8(body.mid(from, 2 * around));
    snippet.replace(u'\n', u' ');
    const QString text = u"Invalid JSON payload received. Unexpected token.\n%1\n%2^"_s.arg(
        snippet, QString(at - from, u' '));
    return googleerrors::badFields({{{}, text}});
}

} // namespace

Result<GenerateRequest, GoogleError> parseRequest(const QByteArray &body, const QString &model,
                                                  RequestBody kind)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    // An empty body is an empty request to Google's front end.
    if (error.error != QJsonParseError::NoError && !body.trimmed().isEmpty())
        return Failure{malformed(body, error)};
    if (document.isArray())
        return Failure{googleerrors::badFields(
            {{{},
              u"Invalid JSON payload received. Unknown name \"\": Root element must be a message."_s}})};

    QJsonObject object = document.object();
    const QList<FieldViolation> violations = checkFields(object, kind);
    if (!violations.isEmpty())
        return Failure{googleerrors::badFields(violations)};
    if (kind == RequestBody::CountTokens) {
        const QJsonValue inner = fieldOf(object, u"generateContentRequest"_s);
        if (inner.isObject())
            object = inner.toObject();
    }

    GenerateRequest request;
    request.model = model;
    auto contents = readContents(object);
    if (!contents)
        return Failure{contents.error()};
    request.contents = std::move(contents).value();
    request.systemInstruction = textOf(fieldOf(object, u"systemInstruction"_s).toObject());
    readTools(object, request);
    readConfig(fieldOf(object, u"generationConfig"_s).toObject(), request);
    return request;
}

int promptTokens(const GenerateRequest &request)
{
    int tokens = countTokens(request.systemInstruction) + countTokens(request.toolsJson);
    for (const GeminiContent &content : request.contents) {
        for (const GeminiPart &part : content.parts)
            tokens += countTokens(part.text) + countTokens(part.name) + countTokens(part.json);
    }
    return tokens;
}

} // namespace runnel::emulator
