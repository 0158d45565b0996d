#include "storage/memorystore.h"

#include "storage/conversationtitle.h"

#include <algorithm>
#include <tuple>

namespace runnel {

namespace {

//! What a conversation costs besides its texts, about.
constexpr qint64 entryBytes = 500;

qint64 bytesOf(const StoredMessage &message)
{
    const MessageRecord &record = message.record;
    return entryBytes + 2 * (record.content.size() + record.thoughts.size()) +
           message.rawParts.size();
}

ConversationSummary summaryOf(const StoredConversation &conversation)
{
    const ConversationHead &head = conversation.head;
    ConversationSummary summary;
    summary.id = head.id;
    summary.title = head.title;
    if (summary.title.isEmpty() && !conversation.messages.empty())
        summary.title = titleFrom(conversation.messages.front().record.content);
    summary.pinned = head.pinned;
    summary.createdAt = head.createdAt;
    summary.updatedAt = head.updatedAt;
    summary.messages = int(conversation.messages.size());
    return summary;
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

//! The line of that conversation when it has what is looked for.
std::optional<ConversationSummary> find(const StoredConversation &conversation,
                                        const QString &search)
{
    ConversationSummary summary = summaryOf(conversation);
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    const auto hasAll = [&words](const QString &text) {
        return std::ranges::all_of(words, [&text](const QString &word) {
            return text.contains(word, Qt::CaseInsensitive);
        });
    };
    const auto found =
        std::ranges::find_if(conversation.messages, [&hasAll](const StoredMessage &message) {
            return hasAll(message.record.content);
        });
    if (words.isEmpty() || (found == conversation.messages.end() && hasAll(summary.title)))
        return summary;
    if (found == conversation.messages.end())
        return std::nullopt;
    summary.messageId = found->record.messageId;
    summary.snippet = snippetOf(found->record.content, words.front());
    return summary;
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
    if (found == m_entries.cend() || found->isRemoved || found->conversation.head.id.isEmpty())
        return std::optional<StoredConversation>();
    return std::optional(found->conversation);
}

QFuture<Result<ConversationPage, Error>> MemoryStore::list(const ConversationQuery &query)
{
    // Whoever keeps conversations in memory has few of them: sorting them all is quick enough.
    std::vector<ConversationSummary> all;
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.isRemoved || entry.conversation.messages.empty())
            continue;
        if (auto summary = find(entry.conversation, query.search))
            all.push_back(std::move(*summary));
    }
    std::ranges::sort(all, [](const ConversationSummary &a, const ConversationSummary &b) {
        return std::tuple(!a.pinned, b.updatedAt, a.id) < std::tuple(!b.pinned, a.updatedAt, b.id);
    });
    const auto first = std::min(all.size(), std::size_t(query.cursor.toUInt()));
    const auto last = std::min(all.size(), first + std::size_t(query.limit));
    ConversationPage page;
    page.conversations.assign(all.begin() + qptrdiff(first), all.begin() + qptrdiff(last));
    if (last < all.size())
        page.next = QString::number(last);
    return QtFuture::makeReadyFuture(Result<ConversationPage, Error>(std::move(page)));
}

Result<bool, Error> MemoryStore::remove(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || found->isRemoved)
        return false;
    found->isRemoved = true;
    return true;
}

Result<bool, Error> MemoryStore::restore(const QString &id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end() || !found->isRemoved)
        return false;
    found->isRemoved = false;
    return true;
}

void MemoryStore::makeRoom()
{
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        auto oldest = m_entries.begin();
        for (auto it = m_entries.begin(); it != m_entries.end(); ++it) {
            const bool older =
                it->conversation.head.updatedAt < oldest->conversation.head.updatedAt;
            if (it->isRemoved > oldest->isRemoved || (it->isRemoved == oldest->isRemoved && older))
                oldest = it;
        }
        m_bytes -= oldest->bytes;
        m_entries.remove(QString(oldest.key()));
    }
}

} // namespace runnel
