#include "http/conversationjson.h"

#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"

namespace runnel {

FoundText foundText(const QString &snippet)
{
    constexpr QChar begins(0xE000);
    constexpr QChar ends(0xE001);
    FoundText found;
    found.text.reserve(snippet.size());
    qsizetype from = -1;
    // The text itself may have such characters: a mark without its other half is passed over.
    for (const QChar c : snippet) {
        if (c == begins) {
            from = found.text.size();
        } else if (c == ends) {
            if (from >= 0 && found.text.size() > from)
                found.ranges.append({from, found.text.size()});
            from = -1;
        } else {
            found.text += c;
        }
    }
    return found;
}

void writeConversation(JsonWriter &json, const ConversationSummary &summary, bool answering)
{
    json.beginObject()
        .member(keys::id, summary.id)
        .member(keys::title, summary.title)
        .member(keys::pinned, summary.pinned)
        .member(keys::createdAt, formatTimestamp(summary.createdAt))
        .member(keys::updatedAt, formatTimestamp(summary.updatedAt))
        .member(keys::messages, summary.messages)
        .member(keys::answering, answering);
    if (!summary.messageId.isEmpty()) {
        const FoundText found = foundText(summary.snippet);
        json.key(keys::match)
            .beginObject()
            .member(keys::messageId, summary.messageId)
            .member(keys::text, found.text)
            .key(keys::ranges)
            .beginArray();
        for (const auto &[from, to] : found.ranges)
            json.beginArray().value(qint64(from)).value(qint64(to)).endArray();
        json.endArray().endObject();
    }
    json.endObject();
}

} // namespace runnel
