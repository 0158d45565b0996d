#include "http/conversationexport.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"
#include "storage/conversationtitle.h"

#include <QHash>

#include <algorithm>

namespace runnel {

namespace {

//! From the root to the active leaf.
std::vector<const MessageRecord *> visibleBranch(const StoredConversation &conversation)
{
    QHash<QString, const MessageRecord *> byId;
    for (const StoredMessage &message : conversation.messages)
        byId.insert(message.record.messageId, &message.record);
    std::vector<const MessageRecord *> branch;
    // take(): a walk to the root ends, whatever the store says.
    const MessageRecord *message = byId.take(conversation.head.active);
    while (message) {
        branch.push_back(message);
        message = byId.take(message->parentId);
    }
    std::ranges::reverse(branch);
    return branch;
}

QString shortTime(const QDateTime &at)
{
    return at.toUTC().toString(u"yyyy-MM-dd hh:mm") + QStringLiteral(" UTC");
}

//! A line of text in which nothing is Markdown.
QString plainMarkdown(const QString &line)
{
    constexpr QLatin1String special("\\`*_[]<>#|~&!");
    QString plain;
    plain.reserve(line.size() + 8);
    for (const QChar c : line) {
        if (special.contains(c))
            plain += u'\\';
        plain += c;
    }
    return plain;
}

//! What closes a block of code that the text leaves open; an answer that was cut off shall not take
//! the next message into its code.
QString closingFence(const QString &markdown)
{
    QString open;
    for (const QStringView line : QStringView(markdown).split(u'\n')) {
        const QStringView text = line.trimmed();
        if (!text.startsWith(u"```") && !text.startsWith(u"~~~"))
            continue;
        const auto other = std::ranges::find_if(text, [&](QChar c) { return c != text[0]; });
        const QStringView fence = text.first(other - text.begin());
        if (open.isEmpty())
            open = fence.toString();
        else if (fence.startsWith(open) && fence.size() == text.size())
            open.clear();
    }
    return open;
}

//! How an answer ended that did not end by itself.
QString remarkOn(const MessageRecord &message)
{
    switch (message.state) {
    case MessageState::Running:
        return QStringLiteral("(is being written)");
    case MessageState::Stopped:
        return QStringLiteral("(stopped)");
    case MessageState::Interrupted:
        return QStringLiteral("(interrupted)");
    case MessageState::Failed:
        return message.error ? QStringLiteral("(failed: %1)").arg(message.error->text.simplified())
                             : QStringLiteral("(failed)");
    case MessageState::Done:
        break;
    }
    return {};
}

constexpr qsizetype longestFileName = 80; // without its suffix
constexpr QLatin1String forbiddenInFileNames("/\\:*?\"<>|");

//! Neither hidden, nor with an end that Windows cuts off, nor empty.
QString withFitEnds(QString name)
{
    while (name.startsWith(u'.') || name.startsWith(u' '))
        name.remove(0, 1);
    while (name.endsWith(u'.') || name.endsWith(u' '))
        name.chop(1);
    return name.isEmpty() ? QStringLiteral("conversation") : name;
}

//! The name for those who know ASCII only. Looked at once more: what is taken apart may become what
//! was forbidden (a wide quote a quote, an ellipsis three dots).
QByteArray asciiNameOf(const QString &name)
{
    QString ascii;
    const QString apart = name.normalized(QString::NormalizationForm_KD).left(longestFileName);
    for (const QChar c : apart) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue; // of a letter that ASCII has without it
        const bool isPlain = c.unicode() >= 0x20 && c.unicode() < 0x7F && c != u'%';
        ascii += forbiddenInFileNames.contains(c) ? u'-' : isPlain ? c : QChar(u'_');
    }
    return withFitEnds(ascii).toLatin1();
}

QByteArray percentEncoded(const QString &name)
{
    return name.toUtf8().toPercentEncoding("!#$&+^`|"); // what RFC 8187 leaves, beside the usual
}

} // namespace

QByteArray exportJson(const StoredConversation &conversation, const QDateTime &now)
{
    const ConversationHead &head = conversation.head;
    qsizetype size = 1024;
    for (const StoredMessage &message : conversation.messages)
        size += 512 + charactersOf(message.record);
    JsonWriter json(size);
    json.beginObject()
        .member(keys::format, exportFormat)
        .member(keys::version, exportVersion)
        .member(keys::exportedAt, formatTimestamp(now))
        .key(keys::conversation)
        .beginObject()
        .key(keys::title);
    if (head.title.isEmpty())
        json.null();
    else
        json.value(head.title);
    json.member(keys::pinned, head.pinned)
        .member(keys::createdAt, formatTimestamp(head.createdAt))
        .member(keys::updatedAt, formatTimestamp(head.updatedAt))
        .member(keys::active, head.active)
        .key(keys::messages)
        .beginArray();
    for (const StoredMessage &message : conversation.messages)
        writeMessage(json, message.record);
    json.endArray().endObject().endObject();
    return json.take().toUtf8();
}

QByteArray exportMarkdown(const StoredConversation &conversation)
{
    QString text = u"# " + plainMarkdown(titleOf(conversation)) + u'\n';
    for (const MessageRecord *message : visibleBranch(conversation)) {
        const bool isUser = message->role == Role::User;
        QString who = isUser ? QStringLiteral("You") : plainMarkdown(message->agent);
        if (!isUser && !message->model.isEmpty())
            who += u" (" + plainMarkdown(message->model) + u')';
        text += u"\n## " + who + u", " + shortTime(message->at) + u"\n\n";
        const QString content = message->content.trimmed();
        text += content + u'\n';
        if (const QString fence = closingFence(content); !fence.isEmpty())
            text += fence + u'\n';
        if (isUser)
            continue;
        if (const QString remark = remarkOn(*message); !remark.isEmpty())
            text += u"\n*" + plainMarkdown(remark) + u"*\n";
    }
    return text.toUtf8();
}

QByteArray attachmentNamed(const QString &title, const QByteArray &suffix)
{
    QString name;
    for (const char32_t c : title.simplified().toUcs4()) {
        const bool isFit =
            QChar::isPrint(c) && !(c < 0x80 && forbiddenInFileNames.contains(QChar(c)));
        // Format characters are not printable: none can turn the name around.
        name += isFit && !QChar::isSurrogate(c) ? QString::fromUcs4(&c, 1) : QStringLiteral("-");
        if (name.size() >= longestFileName)
            break;
    }
    name = withFitEnds(name);
    return "attachment; filename=\"" + asciiNameOf(name) + '.' + suffix + "\"; filename*=UTF-8''" +
           percentEncoded(name) + '.' + suffix;
}

} // namespace runnel
