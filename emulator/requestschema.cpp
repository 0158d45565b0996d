#include "emulator/requestschema.h"

#include <QByteArray>
#include <QJsonArray>

#include <algorithm>
#include <span>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr qsizetype reportedViolations = 20;

enum class Type { Text, Bytes, Number, Bool, Struct, Any, Message };

struct Field;
using Fields = std::span<const Field>;

struct Field
{
    QLatin1String name;
    Type type = Type::Any;
    bool repeated = false;
    Fields fields = {}; //!< Of a Message.
};

constexpr bool list = true;

// What the fields mean is in Google's reference; here only which there are and of what type.
constexpr Field functionCall[] = {{"id"_L1, Type::Text},
                                  {"name"_L1, Type::Text},
                                  {"args"_L1, Type::Struct},
                                  {"partialArgs"_L1},
                                  {"willContinue"_L1, Type::Bool}};
constexpr Field functionResponse[] = {
    {"id"_L1, Type::Text}, {"name"_L1, Type::Text},         {"response"_L1, Type::Struct},
    {"parts"_L1},          {"willContinue"_L1, Type::Bool}, {"scheduling"_L1, Type::Text}};
constexpr Field blob[] = {
    {"mimeType"_L1, Type::Text}, {"data"_L1, Type::Bytes}, {"displayName"_L1, Type::Text}};
constexpr Field fileData[] = {
    {"mimeType"_L1, Type::Text}, {"fileUri"_L1, Type::Text}, {"displayName"_L1, Type::Text}};
constexpr Field executableCode[] = {
    {"id"_L1, Type::Text}, {"language"_L1, Type::Text}, {"code"_L1, Type::Text}};
constexpr Field codeResult[] = {
    {"id"_L1, Type::Text}, {"outcome"_L1, Type::Text}, {"output"_L1, Type::Text}};
constexpr Field part[] = {{"text"_L1, Type::Text},
                          {"inlineData"_L1, Type::Message, false, blob},
                          {"fileData"_L1, Type::Message, false, fileData},
                          {"functionCall"_L1, Type::Message, false, functionCall},
                          {"functionResponse"_L1, Type::Message, false, functionResponse},
                          {"executableCode"_L1, Type::Message, false, executableCode},
                          {"codeExecutionResult"_L1, Type::Message, false, codeResult},
                          {"toolCall"_L1},
                          {"toolResponse"_L1},
                          {"audioTranscription"_L1},
                          {"speechMetadata"_L1},
                          {"thought"_L1, Type::Bool},
                          {"thoughtSignature"_L1, Type::Bytes},
                          {"videoMetadata"_L1},
                          {"mediaResolution"_L1},
                          {"mediaProcessing"_L1},
                          {"partMetadata"_L1, Type::Struct}};
constexpr Field content[] = {{"role"_L1, Type::Text}, {"parts"_L1, Type::Message, list, part}};
constexpr Field thinkingConfig[] = {{"includeThoughts"_L1, Type::Bool},
                                    {"thinkingBudget"_L1, Type::Number},
                                    {"thinkingLevel"_L1, Type::Text}};
constexpr Field generationConfig[] = {{"temperature"_L1, Type::Number},
                                      {"topP"_L1, Type::Number},
                                      {"topK"_L1, Type::Number},
                                      {"candidateCount"_L1, Type::Number},
                                      {"maxOutputTokens"_L1, Type::Number},
                                      {"stopSequences"_L1, Type::Text, list},
                                      {"responseMimeType"_L1, Type::Text},
                                      {"responseSchema"_L1},
                                      {"responseJsonSchema"_L1},
                                      {"responseFormat"_L1},
                                      {"responseModalities"_L1, Type::Text, list},
                                      {"responseLogprobs"_L1, Type::Bool},
                                      {"logprobs"_L1, Type::Number},
                                      {"presencePenalty"_L1, Type::Number},
                                      {"frequencyPenalty"_L1, Type::Number},
                                      {"seed"_L1, Type::Number},
                                      {"mediaResolution"_L1},
                                      {"speechConfig"_L1},
                                      {"imageConfig"_L1},
                                      {"enableEnhancedCivicAnswers"_L1, Type::Bool},
                                      {"thinkingConfig"_L1, Type::Message, false, thinkingConfig}};
constexpr Field safetySetting[] = {{"category"_L1, Type::Text}, {"threshold"_L1, Type::Text}};
constexpr Field declaration[] = {{"name"_L1, Type::Text},
                                 {"description"_L1, Type::Text},
                                 {"parameters"_L1},
                                 {"parametersJsonSchema"_L1},
                                 {"response"_L1},
                                 {"responseJsonSchema"_L1},
                                 {"behavior"_L1, Type::Text}};
constexpr Field tool[] = {{"functionDeclarations"_L1, Type::Message, list, declaration},
                          {"googleSearch"_L1},
                          {"googleSearchRetrieval"_L1},
                          {"urlContext"_L1},
                          {"codeExecution"_L1},
                          {"googleMaps"_L1},
                          {"fileSearch"_L1},
                          {"computerUse"_L1},
                          {"mcpServers"_L1}};
constexpr Field callingConfig[] = {{"mode"_L1, Type::Text},
                                   {"allowedFunctionNames"_L1, Type::Text, list}};
constexpr Field toolConfig[] = {{"functionCallingConfig"_L1, Type::Message, false, callingConfig},
                                {"retrievalConfig"_L1},
                                {"includeServerSideToolInvocations"_L1, Type::Bool}};
constexpr Field generateContentBody[] = {
    {"model"_L1, Type::Text},
    {"contents"_L1, Type::Message, list, content},
    {"systemInstruction"_L1, Type::Message, false, content},
    {"generationConfig"_L1, Type::Message, false, generationConfig},
    {"safetySettings"_L1, Type::Message, list, safetySetting},
    {"tools"_L1, Type::Message, list, tool},
    {"toolConfig"_L1, Type::Message, false, toolConfig},
    {"cachedContent"_L1, Type::Text},
    {"serviceTier"_L1, Type::Text},
    {"store"_L1, Type::Bool},
    {"continuationToken"_L1, Type::Text}};
constexpr Field countTokensBody[] = {
    {"contents"_L1, Type::Message, list, content},
    {"generateContentRequest"_L1, Type::Message, false, generateContentBody}};

QLatin1String protoName(Type type)
{
    switch (type) {
    case Type::Bytes:
        return "TYPE_BYTES"_L1;
    case Type::Number:
        return "TYPE_FLOAT"_L1;
    case Type::Bool:
        return "TYPE_BOOL"_L1;
    default:
        return "TYPE_STRING"_L1;
    }
}

bool isBase64(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('-', '+').replace('_', '/');
    const auto result =
        QByteArray::fromBase64Encoding(bytes, QByteArray::AbortOnBase64DecodingErrors);
    return bool(result);
}

class FieldCheck
{
public:
    void checkMessage(const QJsonObject &object, Fields fields, const QString &path);
    [[nodiscard]] QList<FieldViolation> take() { return std::move(m_violations); }

private:
    void checkField(const QJsonValue &value, const Field &field, const QString &path);
    void checkValue(const QJsonValue &value, const Field &field, const QString &path);
    void add(const QString &path, const QString &text);

    QList<FieldViolation> m_violations;
};

void FieldCheck::add(const QString &path, const QString &text)
{
    if (m_violations.size() < reportedViolations)
        m_violations.append({path, text});
}

void FieldCheck::checkMessage(const QJsonObject &object, Fields fields, const QString &path)
{
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = it.key();
        const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field &known) {
            return name == known.name || name == toSnakeCase(QString(known.name));
        });
        if (field == fields.end()) {
            const QString where = path.isEmpty() ? QString() : u" at '%1'"_s.arg(path);
            add(path,
                u"Invalid JSON payload received. Unknown name \"%1\"%2: Cannot find field."_s.arg(
                    name, where));
            continue;
        }
        const QString snake = toSnakeCase(QString(field->name));
        checkField(it.value(), *field, path.isEmpty() ? snake : path + u'.' + snake);
    }
}

void FieldCheck::checkField(const QJsonValue &value, const Field &field, const QString &path)
{
    if (field.type == Type::Any || value.isNull())
        return;
    if (!value.isArray())
        return checkValue(value, field, path);
    if (!field.repeated)
        return add(path, u"Invalid JSON payload received. Unknown name \"%1\": Proto field is not "
                         "repeating, cannot start list."_s.arg(path));
    const QJsonArray array = value.toArray();
    for (qsizetype i = 0; i < array.size(); ++i)
        checkValue(array[i], field, u"%1[%2]"_s.arg(path).arg(i));
}

void FieldCheck::checkValue(const QJsonValue &value, const Field &field, const QString &path)
{
    const auto invalid = [&](const QString &what) {
        add(path,
            u"Invalid value at '%1' (%2), %3"_s.arg(path, QString(protoName(field.type)), what));
    };
    const bool wantsObject = field.type == Type::Message || field.type == Type::Struct;
    if (wantsObject) {
        if (!value.isObject())
            add(path, u"Invalid value at '%1', an object is wanted"_s.arg(path));
        else if (field.type == Type::Message)
            checkMessage(value.toObject(), field.fields, path);
        return;
    }
    if (value.isObject() || value.isArray())
        return invalid(u"Starting an object on a scalar field"_s);
    if (field.type == Type::Bool && !value.isBool())
        return invalid(value.toVariant().toString());
    if (field.type == Type::Number) {
        bool isNumber = value.isDouble();
        if (value.isString())
            value.toString().toDouble(&isNumber);
        if (!isNumber)
            invalid(u'"' + value.toVariant().toString() + u'"');
        return;
    }
    if ((field.type == Type::Text || field.type == Type::Bytes) && !value.isString())
        return invalid(value.toVariant().toString());
    if (field.type == Type::Bytes && !isBase64(value.toString()))
        invalid(u"Base64 decoding failed"_s);
}

} // namespace

QString toSnakeCase(QStringView name)
{
    QString snake;
    for (const QChar c : name) {
        if (c.isUpper())
            snake.append(u'_');
        snake.append(c.toLower());
    }
    return snake;
}

QList<FieldViolation> checkFields(const QJsonObject &body, RequestBody kind)
{
    FieldCheck check;
    check.checkMessage(body,
                       kind == RequestBody::CountTokens ? Fields(countTokensBody)
                                                        : Fields(generateContentBody),
                       {});
    return check.take();
}

} // namespace runnel::emulator
