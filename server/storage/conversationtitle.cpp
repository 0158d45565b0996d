#include "storage/conversationtitle.h"

namespace runnel {

QString titleFrom(const QString &firstMessage)
{
    constexpr qsizetype longest = 60;
    const QString trimmed = firstMessage.trimmed();
    const QString line = trimmed.left(trimmed.indexOf(u'\n')).simplified();
    if (line.size() <= longest)
        return line;
    // A pair of surrogates stays whole.
    const qsizetype end = line.at(longest - 2).isHighSurrogate() ? longest - 2 : longest - 1;
    QString start = line.left(end);
    while (start.endsWith(u' '))
        start.chop(1);
    return start + u'…';
}

QString titleOf(const StoredConversation &conversation)
{
    if (!conversation.head.title.isEmpty())
        return conversation.head.title;
    const QString title = conversation.messages.empty()
                              ? QString()
                              : titleFrom(conversation.messages.front().record.content);
    return title.isEmpty() ? QStringLiteral("…") : title;
}

ConversationSummary summaryOf(const StoredConversation &conversation)
{
    const ConversationHead &head = conversation.head;
    ConversationSummary summary;
    summary.id = head.id;
    summary.title = titleOf(conversation);
    summary.pinned = head.pinned;
    summary.createdAt = head.createdAt;
    summary.updatedAt = head.updatedAt;
    summary.messages = int(conversation.messages.size());
    return summary;
}

} // namespace runnel
