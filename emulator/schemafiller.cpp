#include "emulator/schemafiller.h"

#include "emulator/conversation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr int maxDepth = 8;
constexpr qsizetype maxCalls = 8;

QString typeOf(const QJsonObject &schema)
{
    const QJsonValue type = schema[u"type"];
    const QString name = type.isArray() ? type.toArray().first().toString() : type.toString();
    if (!name.isEmpty())
        return name.toLower();
    return schema.contains(u"properties"_s) ? u"object"_s : u"string"_s;
}

QString enumWord(const QJsonArray &words, const QString &message)
{
    for (const auto &word : words) {
        if (message.contains(word.toString(), Qt::CaseInsensitive))
            return word.toString();
    }
    return words.first().toString();
}

//! The things that a message is about: quoted ones, else those after "in", "for", "of", "about" …,
//! split at "and".
QStringList subjects(const QString &message)
{
    static const QRegularExpression inQuotes(u"[\"“'‘]([^\"”'’]{1,100})[\"”'’]"_s);
    const QRegularExpressionMatch quote = inQuotes.match(message);
    if (quote.hasMatch())
        return {quote.captured(1)};
    static const QRegularExpression behind(
        u"\\b(?:in|for|of|about|at|to|on|from)\\s+((?:the\\s+)?[\\p{L}\\d][^?!.,;:]{0,100})"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression between(u"\\s+(?:and|or|und|et|y)\\s+|\\s*,\\s*"_s);
    static const QRegularExpression tail(
        u"\\s+(?:today|tomorrow|now|please|right now|this week)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    QStringList found;
    const QRegularExpressionMatch match = behind.match(message);
    const QStringList items = match.captured(1).split(between, Qt::SkipEmptyParts);
    for (QString item : items)
        found.append(item.remove(tail).trimmed());
    found.removeAll(QString());
    return found;
}

QList<double> numbersOf(const QString &message)
{
    static const QRegularExpression number(u"-?\\d+(?:\\.\\d+)?"_s);
    QList<double> numbers;
    auto it = number.globalMatch(message);
    while (it.hasNext() && numbers.size() < 100)
        numbers.append(it.next().captured().toDouble());
    return numbers;
}

class SchemaFiller
{
public:
    SchemaFiller(const QString &message, const QString &subject)
        : m_message(message)
        , m_subject(subject.isEmpty() ? message.left(200) : subject)
        , m_numbers(numbersOf(message))
    {}

    QJsonValue fill(const QJsonObject &schema, int depth = 0);

private:
    QJsonValue number(const QJsonObject &schema);
    QJsonObject object(const QJsonObject &schema, int depth);

    QString m_message;
    QString m_subject;
    QList<double> m_numbers;
};

QJsonValue SchemaFiller::number(const QJsonObject &schema)
{
    if (!m_numbers.isEmpty())
        return m_numbers.takeFirst();
    return schema[u"minimum"].toVariant().toDouble() > 1 ? schema[u"minimum"].toVariant().toDouble()
                                                         : 1.0;
}

QJsonObject SchemaFiller::object(const QJsonObject &schema, int depth)
{
    QJsonObject result;
    const QJsonObject properties = schema[u"properties"].toObject();
    const QJsonArray required = schema[u"required"].toArray();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (required.isEmpty() || required.contains(it.key()))
            result[it.key()] = fill(it.value().toObject(), depth + 1);
    }
    return result;
}

QJsonValue SchemaFiller::fill(const QJsonObject &schema, int depth)
{
    if (depth > maxDepth)
        return QJsonValue::Null;
    if (schema.contains(u"const"_s))
        return schema[u"const"];
    if (const QJsonArray words = schema[u"enum"].toArray(); !words.isEmpty())
        return enumWord(words, m_message);
    for (const QString &key : {u"anyOf"_s, u"oneOf"_s}) {
        if (const QJsonArray choices = schema[key].toArray(); !choices.isEmpty())
            return fill(choices.first().toObject(), depth + 1);
    }
    const QString type = typeOf(schema);
    if (type == "object"_L1)
        return object(schema, depth);
    if (type == "array"_L1)
        return QJsonArray{fill(schema[u"items"].toObject(), depth + 1)};
    if (type == "integer"_L1)
        return qint64(number(schema).toDouble());
    if (type == "number"_L1)
        return number(schema);
    if (type == "boolean"_L1)
        return true;
    if (type == "null"_L1)
        return QJsonValue::Null;
    return m_subject;
}

//! Words of four letters and more, and of an identifier's parts; without plural's s.
QSet<QString> wordsOf(QString text)
{
    static const QRegularExpression humps(u"([a-z])([A-Z])"_s);
    static const QRegularExpression gaps(u"[^\\p{L}]+"_s);
    static const QSet<QString> common{u"this"_s,  u"that"_s,   u"with"_s,   u"from"_s, u"what"_s,
                                      u"when"_s,  u"which"_s,  u"have"_s,   u"into"_s, u"your"_s,
                                      u"given"_s, u"return"_s, u"please"_s, u"about"_s};
    QSet<QString> words;
    const QStringList parts = text.replace(humps, u"\\1 \\2"_s).toLower().split(gaps);
    for (QString word : parts) {
        if (word.size() > 4 && word.endsWith(u's'))
            word.chop(1);
        if (word.size() >= 4 && !common.contains(word))
            words.insert(word);
    }
    return words;
}

int fitness(const FunctionDeclaration &function, const QSet<QString> &asked)
{
    QSet<QString> name = wordsOf(function.name);
    QSet<QString> about = wordsOf(function.description.left(2000));
    // One word of the name is enough ("weather"); of the description it takes two.
    const qsizetype inName = name.intersect(asked).size();
    const qsizetype inText = about.intersect(asked).size();
    return inName > 0 || inText > 1 ? int(3 * inName + inText) : 0;
}

int stringParameters(const FunctionDeclaration &function)
{
    int count = 0;
    const QJsonObject properties = function.parameters[u"properties"].toObject();
    const QJsonArray required = function.parameters[u"required"].toArray();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const QJsonObject schema = it.value().toObject();
        const bool counts = required.isEmpty() || required.contains(it.key());
        if (counts && typeOf(schema) == "string"_L1 && !schema.contains(u"enum"_s))
            ++count;
    }
    return count;
}

QString argsFor(const FunctionDeclaration &function, const QString &message, const QString &subject)
{
    SchemaFiller filler(message, subject);
    const QJsonObject args =
        function.parameters.isEmpty() ? QJsonObject() : filler.fill(function.parameters).toObject();
    return QString::fromUtf8(QJsonDocument(args).toJson(QJsonDocument::Compact));
}

} // namespace

QJsonValue fillSchema(const QJsonObject &schema, const QString &message)
{
    const QString text = searchable(message);
    return SchemaFiller(text, subjects(text).value(0)).fill(schema);
}

std::vector<ScriptedCall> fittingCalls(const GenerateRequest &request, const QString &message)
{
    if (request.callingMode == CallingMode::None)
        return {};
    const bool must = request.callingMode == CallingMode::Any;
    const QString text = searchable(message);
    const QSet<QString> asked = wordsOf(text);
    const FunctionDeclaration *best = nullptr;
    int bestFitness = must ? -1 : 0;
    for (const FunctionDeclaration &function : request.functions) {
        if (must && !request.allowedFunctions.isEmpty() &&
            !request.allowedFunctions.contains(function.name))
            continue;
        const int fits = fitness(function, asked);
        if (fits > bestFitness) {
            best = &function;
            bestFitness = fits;
        }
    }
    if (!best)
        return {};

    QStringList things = subjects(text).mid(0, maxCalls);
    if (things.isEmpty() || stringParameters(*best) != 1)
        things = {things.value(0)};
    std::vector<ScriptedCall> calls;
    for (const QString &thing : std::as_const(things))
        calls.push_back({best->name, argsFor(*best, text, thing)});
    return calls;
}

} // namespace runnel::emulator
