#include "storage/memorystore.h"

#include "protocol/codec.h"
#include "storage/conversationtitle.h"
#include "storage/listcursor.h"
#include "storage/searchwords.h"

#include <algorithm>
#include <tuple>

namespace runnel {

namespace {

//! What a conversation costs besides its texts, about.
constexpr qint64 entryBytes = 500;

qint64 bytesOf(const StoredMessage &message)
{
    return entryBytes + 2 * charactersOf(message.record) + message.rawParts.size();
}

//! The text around the first place of \a word, in one line, with the word marked.
QString snippetOf(const QString &text, const QString &word)
{
    constexpr qsizetype around = 60;
    const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at < 0)
        return text.left(2 * around).simplified();
    QString snippet = text.mid(std::max<qsizetype>(0, at - around), around + word.size() + around);
    const qsizetype found = std::min(at, around);
    snippet.insert(found + word.size(), QChar(0xE001));
    snippet.insert(found, QChar(0xE000));
    return snippet.simplified();
}

//! The line of that conversation when it has all of the \a words.
std::optional<ConversationSummary> find(const StoredConversation &conversation,
                                        const QStringList &words)
{
    const auto hasAll = [&words](const QString &text) {
        return std::ranges::all_of(words, [&text](const QString &word) {
            return text.contains(word, Qt::CaseInsensitive);
        });
    };
    if (words.isEmpty())
        return summaryOf(conversation);
    // The newest place, as in the database.
    const auto &messages = conversation.messages;
    const auto found = std::find_if(messages.rbegin(), messages.rend(), [&](const auto &message) {
        return message.record.state != MessageState::Running && hasAll(message.record.content);
    });
    if (found == messages.rend() && !hasAll(titleOf(conversation)))
        return std::nullopt;
    ConversationSummary summary = summaryOf(conversation);
    if (found != messages.rend()) {
        summary.messageId = found->record.messageId;
        summary.snippet = snippetOf(found->record.content, words.front());
    }
    return summary;
}

ListCursor cursorOf(const ConversationHead &head)
{
    return {head.pinned, head.updatedAt.toMSecsSinceEpoch(), head.id};
}

//! Whether it is listed before the other one.
bool isBefore(const ListCursor &a, const ListCursor &b)
{
    return std::tie(a.pinned, a.updated, a.key) > std::tie(b.pinned, b.updated, b.key);
}

} // namespace

MemoryStore::MemoryStore(qint64 maxBytes, QObject *parent)
    : ConversationStore(parent)
    , m_maxBytes(maxBytes)
{}

void MemoryStore::putHead(const ConversationHead &head)
{
    Entry &entry = m_entries[head.id];
    if (entry.conversation.head.epoch != head.epoch) {
        m_bytes -= entry.bytes;
        entry = {};
        entry.bytes = entryBytes;
        m_bytes += entry.bytes;
    }
    entry.conversation.head = head;
}

void MemoryStore::putMessage(const QString &conversation, const StoredMessage &message)
{
    const auto found = m_entries.find(conversation);
    if (found == m_entries.end())
        return; // it went for want of room
    Entry &entry = *found;
    std::vector<StoredMessage> &messages = entry.conversation.messages;
    const auto known = std::ranges::find_if(messages, [&message](const StoredMessage &m) {
        return m.record.messageId == message.record.messageId;
    });
    qint64 growth = bytesOf(message);
    if (known == messages.end()) {
        messages.push_back(message);
    } else {
        growth -= bytesOf(*known);
        *known = message;
    }
    entry.bytes += growth;
    m_bytes += growth;
}

//! The session has the running answer; should it go before the answer ends, so does the process.
void MemoryStore::append(const QString &conversation, Seq seq, Append, const QString &)
{
    const auto found = m_entries.find(conversation);
    if (found != m_entries.end())
        found->conversation.head.seq = seq;
}

std::optional<Error> MemoryStore::commit()
{
    makeRoom();
    return std::nullopt;
}

Result<std::optional<StoredConversation>, Error> MemoryStore::load(const QString &id)
{
    const auto found = m_entries.constFind(id);
    if (found == m_entries.cend() || found->removedAt.isValid() ||
        found->conversation.head.id.isEmpty())
        return std::optional<StoredConversation>();
    return std::optional(found->conversation);
}

QFuture<Result<ConversationPage, Error>> MemoryStore::list(const ConversationQuery &query)
{
    const std::optional<ListCursor> after = ListCursor::from(query.cursor);
    std::vector<std::pair<ListCursor, const StoredConversation *>> all;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.removedAt.isValid() || entry.conversation.messages.empty())
            continue;
        ListCursor place = cursorOf(entry.conversation.head);
        if (!after || isBefore(*after, place))
            all.emplace_back(std::move(place), &entry.conversation);
    }
    std::ranges::sort(all, [](const auto &a, const auto &b) { return isBefore(a.first, b.first); });

    const QStringList words = wordsOf(query.search);
    ConversationPage page;
    if (words.isEmpty() && !query.search.trimmed().isEmpty())
        all.clear(); // signs alone are in no index
    QString last;
    for (const auto &[place, conversation] : all) {
        auto summary = find(*conversation, words);
        if (!summary)
            continue;
        if (int(page.conversations.size()) ==
            std::clamp(query.limit, 1, ConversationQuery::maxLimit)) {
            page.next = last;
            break;
        }
        page.conversations.push_back(*std::move(summary));
        last = place.text();
    }
    return QtFuture::makeReadyFuture(Result<ConversationPage, Error>(std::move(page)));
}

Result<bool, Error> MemoryStore::remove(const QString &id)
{
    purge();
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->removedAt.isValid())
        return false;
    found->removedAt = QDateTime::currentDateTimeUtc();
    return true;
}

Result<bool, Error> MemoryStore::restore(const QString &id)
{
    purge();
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || !found->removedAt.isValid())
        return false;
    found->removedAt = {};
    return true;
}

void MemoryStore::purge(const QDateTime &now)
{
    const QDateTime before = now.addSecs(-undoTime.count());
    m_entries.removeIf([this, &before](const auto &entry) {
        const bool isGone = entry.value().removedAt.isValid() && entry.value().removedAt < before;
        m_bytes -= isGone ? entry.value().bytes : 0;
        return isGone;
    });
}

void MemoryStore::makeRoom()
{
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        auto oldest = m_entries.begin();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
            const bool older =
                it->conversation.head.updatedAt < oldest->conversation.head.updatedAt;
            const bool isRemoved = it->removedAt.isValid();
            const bool removedFirst = oldest->removedAt.isValid();
            if (isRemoved > removedFirst || (isRemoved == removedFirst && older))
                oldest = it;
        }
        m_bytes -= oldest->bytes;
        m_entries.remove(QString(oldest.key()));
    }
}

} // namespace runnel
