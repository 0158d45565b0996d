#include "emulator/conversation.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace runnel::emulator {

namespace {

constexpr qsizetype searchedMessages = 200;
constexpr qsizetype quotedUnits = 280;

//! A text as it may stand in the middle of a sentence: one line, not too long.
QString quoted(const QString &text)
{
    QString line = text.left(4 * quotedUnits).simplified();
    if (line.size() <= quotedUnits && text.size() <= 4 * quotedUnits)
        return line;
    line.truncate(quotedUnits);
    if (!line.isEmpty() && line.back().isHighSurrogate())
        line.chop(1);
    return line + u'…';
}

QString listed(const QStringList &texts)
{
    constexpr qsizetype most = 10;
    QStringList lines;
    const qsizetype first = std::max<qsizetype>(0, texts.size() - most);
    for (qsizetype i = first; i < texts.size(); ++i)
        lines.append(u"%1. “%2”"_s.arg(i + 1).arg(quoted(texts[i])));
    return lines.join(u'\n');
}

QString describe(const GeminiPart &result)
{
    const QJsonObject response = QJsonDocument::fromJson(result.json.toUtf8()).object();
    if (response.contains(u"error"_s))
        return u"- `%1` failed: %2"_s.arg(result.name,
                                          quoted(response[u"error"].toVariant().toString()));
    const QJsonValue output =
        response.contains(u"output"_s) ? response[u"output"] : response[u"result"];
    if (output.isString() || output.isDouble() || output.isBool())
        return u"- `%1` says: %2"_s.arg(result.name, quoted(output.toVariant().toString()));
    const QByteArray json = QJsonDocument(response).toJson(QJsonDocument::Indented);
    return u"- `%1` says:\n\n```json\n%2```"_s.arg(result.name, QString::fromUtf8(json.left(4096)));
}

QString toolResults(const Conversation &conversation)
{
    QStringList lines;
    for (const GeminiPart &result : conversation.toolResults)
        lines.append(describe(result));
    return lines.join(u'\n');
}

QString valueOf(const QString &name, const Conversation &conversation,
                const QRegularExpressionMatch &match)
{
    if (name == "question"_L1)
        return quoted(conversation.message);
    if (name == "first_question"_L1)
        return quoted(conversation.earlier.value(0, conversation.message));
    if (name == "previous_question"_L1)
        return quoted(conversation.earlier.isEmpty() ? QString() : conversation.earlier.last());
    if (name == "previous_answer"_L1)
        return quoted(conversation.previousAnswer);
    if (name == "questions"_L1)
        return listed(conversation.earlier);
    if (name == "count"_L1)
        return QString::number(conversation.earlier.size() + 1);
    if (name == "model"_L1)
        return conversation.model;
    if (name == "tool_results"_L1)
        return toolResults(conversation);
    if (name.size() == 1 && name.front().isDigit())
        return quoted(match.captured(name.front().digitValue()));
    return quoted(conversation.facts.value(name));
}

void readFacts(const std::vector<Fact> &facts, Conversation &conversation)
{
    QStringList messages = conversation.earlier.mid(
        std::max<qsizetype>(0, conversation.earlier.size() - searchedMessages));
    messages.append(conversation.message);
    for (const Fact &fact : facts) {
        const QStringList texts =
            fact.inSystem ? QStringList{conversation.systemInstruction} : messages;
        const qsizetype units = fact.inSystem ? searchedSystemUnits : 4096;
        for (const QString &text : texts) {
            const QRegularExpressionMatch match = fact.regex.match(searchable(text, units));
            if (match.hasMatch() && !match.captured(1).trimmed().isEmpty())
                conversation.facts[fact.name] = match.captured(1).trimmed();
        }
    }
}

} // namespace

QString searchable(const QString &text, qsizetype units)
{
    QString head = text.left(units);
    for (qsizetype i = 0; i < head.size(); ++i) {
        if (!head[i].isSurrogate())
            continue;
        if (head[i].isHighSurrogate() && i + 1 < head.size() && head[i + 1].isLowSurrogate())
            ++i;
        else
            head[i] = QChar::ReplacementCharacter;
    }
    return head;
}

Conversation readConversation(const GenerateRequest &request, const std::vector<Fact> &facts)
{
    Conversation conversation;
    conversation.model = request.model;
    conversation.systemInstruction = request.systemInstruction;
    for (const GeminiContent &content : request.contents) {
        QString text;
        std::vector<GeminiPart> results;
        for (const GeminiPart &part : content.parts) {
            if (part.kind == GeminiPart::Kind::FunctionResponse)
                results.push_back(part);
            else if (part.kind == GeminiPart::Kind::Text && !part.thought)
                text += part.text;
        }
        if (content.isModel) {
            conversation.previousAnswer =
                conversation.toolResults.empty() ? text : conversation.previousAnswer + text;
            continue;
        }
        conversation.toolResults = std::move(results);
        if (!conversation.toolResults.empty() && text.isEmpty())
            continue;
        if (!conversation.message.isNull())
            conversation.earlier.append(conversation.message);
        conversation.message = text.isNull() ? u""_s : text;
    }
    readFacts(facts, conversation);
    return conversation;
}

QString expand(const QString &text, const Conversation &conversation,
               const QRegularExpressionMatch &match)
{
    QString out;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf(u"{{"_s, at);
        const qsizetype close = open < 0 ? -1 : text.indexOf(u"}}"_s, open);
        if (close < 0)
            break;
        out += text.mid(at, open - at);
        out += valueOf(text.mid(open + 2, close - open - 2), conversation, match);
        at = close + 2;
    }
    return out + text.mid(at);
}

} // namespace runnel::emulator
