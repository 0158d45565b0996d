#include "models/serverkeeper.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

bool isDraft(const UnsentItem &item)
{
    return item.item == ConversationKeeper::draftItem();
}

} // namespace

ServerKeeper::ServerKeeper(OfflineStore &store, const QUrl &server, ConversationList &list)
    : m_store(store)
    , m_server(server)
    , m_list(list)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(ConversationKeeper::pause);
    connect(&m_timer, &QTimer::timeout, this, &ServerKeeper::keepList);
    connect(&list, &ConversationList::changed, this, [this] {
        if (!m_timer.isActive())
            m_timer.start();
    });
    connect(&store, &OfflineStore::rebuilt, this, [this] {
        m_lines.clear();
        keepList();
        for (const auto &[session, keeper] : m_open)
            keeper->putAgain();
    });
}

ServerKeeper::~ServerKeeper()
{
    keepList();
}

void ServerKeeper::bringBack()
{
    if (!cache())
        return;
    const QList<CachedConversation> cached = cache()->conversations(m_server.toString());
    const QDateTime at = cache() ? cache()->listedAt(m_server.toString()) : QDateTime();
    QList<ListedConversation> known;
    known.reserve(cached.size());
    for (const CachedConversation &line : cached) {
        m_lines.insert(line.id, line);
        known.append(listedFrom(line));
    }
    m_listedAt = at;
    m_list.setKnown(known, at);
    for (const auto &[session, keeper] : m_open)
        keeper->bringBack();
}

void ServerKeeper::add(ChatSession &session, bool mayBeKept)
{
    auto &keeper = m_open[&session];
    keeper = std::make_unique<ConversationKeeper>(m_store, m_server, session);
    if (mayBeKept)
        keeper->bringBack();
}

void ServerKeeper::leave(const ChatSession &session)
{
    m_open.erase(&session);
}

void ServerKeeper::forget(const QString &conversation)
{
    m_lines.remove(conversation);
    if (cache())
        cache()->remove(m_server.toString(), conversation);
}

QStringList ServerKeeper::waiting() const
{
    QStringList waiting;
    const QList<UnsentItem> items =
        cache() ? cache()->unsent(m_server.toString()) : QList<UnsentItem>();
    for (const UnsentItem &item : items) {
        const auto request = isDraft(item) ? std::nullopt : requestFrom(item.content);
        if (request && !waiting.contains(item.conversation))
            waiting.append(item.conversation);
    }
    return waiting;
}

QString ServerKeeper::begun() const
{
    QString begun;
    const QList<UnsentItem> items =
        cache() ? cache()->unsent(m_server.toString()) : QList<UnsentItem>();
    for (const UnsentItem &item : items) {
        if (isDraft(item) && !m_lines.contains(item.conversation) && cache() &&
            !cache()->snapshot(m_server.toString(), item.conversation))
            begun = item.conversation;
    }
    return begun;
}

//! Only what changed: a list has thousands of lines, and is asked for each time that somebody
//! looks.
void ServerKeeper::keepList()
{
    m_timer.stop();
    if (!cache())
        return;
    const QDateTime at = m_list.saidAt().isValid() ? m_list.saidAt() : m_listedAt;
    QHash<QString, CachedConversation> now;
    QList<CachedConversation> all;
    QList<CachedConversation> changed;
    for (const ListedConversation &row : m_list.rows()) {
        const CachedConversation line = toCache(row);
        if (m_lines.value(line.id) != line)
            changed.append(line);
        now.insert(line.id, line);
        all.append(line);
    }
    const bool someAreGone = std::any_of(m_lines.keyBegin(), m_lines.keyEnd(),
                                         [&now](const QString &id) { return !now.contains(id); });
    if (someAreGone)
        cache()->replaceConversations(m_server.toString(), all, at);
    else if (!changed.isEmpty() || at != m_listedAt)
        cache()->putConversations(m_server.toString(), changed, at);
    m_lines = now;
    m_listedAt = at;
}

} // namespace runnel
