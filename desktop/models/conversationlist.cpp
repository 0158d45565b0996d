#include "models/conversationlist.h"

#include <algorithm>

namespace runnel {

namespace {

void sortByPlace(QList<ListedConversation> &rows)
{
    std::ranges::stable_sort(rows, standsBefore);
}

auto isOf(const QString &id)
{
    return [id](const ListedConversation &one) { return one.id == id; };
}

bool contains(const QList<ListedConversation> &rows, const QString &id)
{
    return std::ranges::any_of(rows, isOf(id));
}

QList<ListedConversation> united(QList<ListedConversation> rows,
                                 const QList<ListedConversation> &more)
{
    QSet<QString> known;
    for (const ListedConversation &one : rows)
        known.insert(one.id);
    for (const ListedConversation &one : more) {
        if (!known.contains(one.id))
            rows.append(one);
    }
    return rows;
}

} // namespace

bool standsBefore(const ListedConversation &one, const ListedConversation &other)
{
    return one.pinned != other.pinned ? one.pinned : one.updatedAt > other.updatedAt;
}

ConversationList::ConversationList(const QUrl &server, const Times &times, QObject *parent)
    : QObject(parent)
    , m_times(times)
    , m_client(server, times.requests)
    , m_look(times.firstLook)
{
    for (QTimer *timer : {&m_refreshTimer, &m_typingTimer, &m_lookTimer})
        timer->setSingleShot(true);
    connect(&m_refreshTimer, &QTimer::timeout, this, &ConversationList::load);
    connect(&m_typingTimer, &QTimer::timeout, this, &ConversationList::startSearch);
    connect(&m_lookTimer, &QTimer::timeout, this, &ConversationList::look);
}

ConversationList::Shown ConversationList::shown() const
{
    Shown shown;
    shown.state = m_search ? State::Ready : m_state;
    shown.rows = m_search ? m_search->rows : m_rows;
    if (!m_removed.isEmpty()) // else they are shared
        shown.rows.removeIf([this](const auto &row) { return m_removed.contains(row.id); });
    shown.words = m_search ? m_search->words : QString();
    shown.error = m_search ? m_search->error : m_error;
    shown.moreError = m_moreError;
    if (!m_search && !m_saidAt.isValid())
        shown.asOf = m_asOf;
    shown.more = !(m_search ? m_search->next : m_next).isEmpty();
    shown.busy = m_loadingMore || m_typingTimer.isActive() || m_searching != 0;
    return shown;
}

void ConversationList::setKnown(const QList<ListedConversation> &known, const QDateTime &asOf)
{
    m_asOf = asOf;
    if (m_saidAt.isValid() && m_next.isEmpty())
        return; // All has come.
    QSet<QString> here;
    for (const ListedConversation &row : std::as_const(m_rows))
        here.insert(row.id);
    const qsizetype told = m_rows.size();
    for (const ListedConversation &one : known) {
        if (told == 0 || (!here.contains(one.id) && standsBefore(m_rows[told - 1], one))) {
            m_rows.append(one);
            m_known.insert(one.id);
        }
    }
    if (m_state == State::Loading && !m_rows.isEmpty())
        m_state = State::Ready;
    loadKnown();
    Q_EMIT changed();
}

const ListedConversation *ConversationList::find(const QString &id) const
{
    const auto in = [&id](const QList<ListedConversation> &rows) -> const ListedConversation * {
        const auto found = std::ranges::find_if(rows, isOf(id));
        return found == rows.end() ? nullptr : &*found;
    };
    const ListedConversation *const listed = in(m_rows);
    return listed || !m_search ? listed : in(m_search->rows);
}

void ConversationList::setCurrent(const QString &id)
{
    m_current = id;
    watch();
}

void ConversationList::setWatched(bool watched)
{
    if (watched == m_watched)
        return;
    m_watched = watched;
    if (watched)
        refresh();
}

void ConversationList::refresh()
{
    if (!m_watched || m_refreshTimer.isActive())
        return;
    if (m_refreshing) {
        m_again = true;
        return;
    }
    const auto passed = std::chrono::milliseconds(
        m_refreshed.isValid() ? m_refreshed.elapsed() : m_times.betweenRefreshes.count());
    m_refreshTimer.start(std::max(std::chrono::milliseconds(0), m_times.betweenRefreshes - passed));
}

void ConversationList::retry()
{
    if (!m_moreError.isEmpty()) {
        more();
    } else if (m_search && !m_search->error.isEmpty()) {
        startSearch();
        Q_EMIT changed();
    } else {
        m_state = m_rows.isEmpty() ? State::Loading : State::Ready;
        m_error.clear();
        Q_EMIT changed();
        refresh();
    }
}

void ConversationList::more()
{
    const QString next = m_search ? m_search->next : m_next;
    if (m_loadingMore || next.isEmpty())
        return;
    m_loadingMore = true;
    m_moreError.clear();
    const QString words = m_search ? m_search->words : QString();
    const int limit = m_search || m_known.isEmpty() ? pageSize : largestPage;
    m_client.list({limit, next, words}, this, [this, next, words](const auto &page) {
        m_loadingMore = false;
        if (!page)
            m_moreError = page.error().text;
        else if (m_search && m_search->words == words && m_search->next == next)
            *m_search = {words, united(m_search->rows, page->conversations), page->next, {}};
        else if (!m_search && words.isEmpty() && m_next == next) // A refresh brings newer ones.
            takeNext(*page);
        if (page)
            loadKnown();
        watch();
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

void ConversationList::search(const QString &text)
{
    const QString words = text.trimmed().left(mostWords);
    if (words == m_wanted)
        return;
    m_wanted = words;
    m_moreError.clear();
    endSearch();
    if (words.isEmpty())
        m_search.reset();
    else
        m_typingTimer.start(m_times.typingPause);
    Q_EMIT changed();
}

// ---- changes

void ConversationList::rename(const QString &id, const QString &title, const Callback &callback)
{
    const ListedConversation *const row = find(id);
    const auto before = row ? std::optional(*row) : std::nullopt;
    ++m_edits;
    if (!title.isEmpty()) {
        m_titles.insert(id, title);
        replace(id, [&title](ListedConversation &one) { one.title = title; });
    }
    m_client.rename(id, title, this, [this, id, before, callback](const auto &answer) {
        m_titles.remove(id);
        settleChange(id, before, answer, callback);
    });
}

void ConversationList::pin(const QString &id, bool pinned, const Callback &callback)
{
    const ListedConversation *const row = find(id);
    const auto before = row ? std::optional(*row) : std::nullopt;
    ++m_edits;
    replace(id, [pinned](ListedConversation &one) { one.pinned = pinned; });
    m_client.pin(id, pinned, this, [this, id, before, callback](const auto &answer) {
        settleChange(id, before, answer, callback);
    });
}

void ConversationList::settleChange(const QString &id,
                                    const std::optional<ListedConversation> &before,
                                    const Result<ListedConversation, Problem> &answer,
                                    const Callback &callback)
{
    if (answer) {
        if (!contains(m_rows, id))
            m_rows.append(*answer);
        replace(id, [&answer](ListedConversation &one) {
            const auto match = one.match;
            one = *answer;
            one.match = match;
        });
        edited();
        callback({});
        return;
    }
    if (before)
        replace(id, [&before](ListedConversation &one) { one = *before; });
    Q_EMIT changed();
    callback(answer.error());
}

void ConversationList::remove(const QString &id, const Callback &callback)
{
    m_removed.insert(id);
    Q_EMIT changed();
    m_client.remove(id, this, [this, id, callback](const auto &answer) {
        m_removed.remove(id);
        if (answer) {
            m_rows.removeIf(isOf(id));
            m_known.remove(id);
            if (m_search)
                m_search->rows.removeIf(isOf(id));
            edited();
        }
        Q_EMIT changed();
        callback(answer ? std::nullopt : std::optional(answer.error()));
    });
}

void ConversationList::restore(const QString &id, const Callback &callback)
{
    m_client.restore(id, this, [this, callback](const auto &answer) {
        if (answer)
            put(*answer);
        callback(answer ? std::nullopt : std::optional(answer.error()));
    });
}

void ConversationList::importFile(
    const QByteArray &file,
    const std::function<void(const QString &, const std::optional<Problem> &)> &callback)
{
    m_client.importFile(file, this, [this, callback](const auto &answer) {
        if (answer)
            put(*answer);
        callback(answer ? answer->id : QString(),
                 answer ? std::nullopt : std::optional(answer.error()));
    });
}

void ConversationList::exportFile(const QString &id, ConversationsClient::ExportFormat format,
                                  ConversationsClient::Callback<QByteArray> callback)
{
    m_client.exportFile(id, format, this, std::move(callback));
}

void ConversationList::put(const ListedConversation &conversation)
{
    m_rows.removeIf(isOf(conversation.id));
    m_known.remove(conversation.id);
    m_rows.prepend(conversation);
    sortByPlace(m_rows);
    m_state = State::Ready;
    if (m_search)
        startSearch(); // It may be one of those that are looked for.
    edited();
    Q_EMIT changed();
}

void ConversationList::edited()
{
    ++m_edits;
    refresh();
}

void ConversationList::replace(const QString &id,
                               const std::function<void(ListedConversation &)> &change)
{
    const auto changeIn = [&](QList<ListedConversation> &rows) {
        const auto found = std::ranges::find_if(rows, isOf(id));
        if (found != rows.end())
            change(*found);
    };
    changeIn(m_rows);
    sortByPlace(m_rows);
    if (m_search)
        changeIn(m_search->rows);
    Q_EMIT changed();
}

// ---- what the server has

void ConversationList::load()
{
    m_refreshing = true;
    m_again = false;
    m_refreshed.start();
    const int limit = int(std::clamp<qsizetype>(told(), pageSize, largestPage));
    m_client.list({limit, {}, {}}, this, [this, edits = m_edits](const auto &page) {
        m_refreshing = false;
        if (!page) {
            m_state = m_rows.isEmpty() ? State::Failed : State::Ready;
            m_error = page.error().text;
        } else {
            if (edits == m_edits) {
                takeHead(*page);
                loadKnown();
            } else
                m_again = true;
            m_state = State::Ready;
            m_error.clear();
        }
        watch();
        Q_EMIT changed();
        if (m_again)
            refresh();
    });
}

//! Rows beyond the largest page stay as they were read; the cursor is still the one after them.
//! So do those that are only known from before: the pages that follow bring them.
void ConversationList::takeHead(const ListedPage &page)
{
    const bool wasLong = !m_next.isEmpty() && told() > largestPage;
    QList<ListedConversation> rows = page.conversations;
    QSet<QString> here;
    for (const ListedConversation &row : std::as_const(rows))
        here.insert(row.id);
    bool kept = false;
    for (const ListedConversation &row : std::as_const(m_rows)) {
        const bool isKnown = m_known.contains(row.id);
        if (page.next.isEmpty() || rows.isEmpty() || !(isKnown || wasLong) ||
            here.contains(row.id) || !standsBefore(page.conversations.constLast(), row))
            continue;
        rows.append(row);
        kept = kept || !isKnown;
    }
    m_rows = rows;
    if (!kept)
        m_next = page.next;
    m_saidAt = QDateTime::currentDateTimeUtc();
    settleKnown(page);
}

//! What stands there already is newer, unless it is of an earlier time.
void ConversationList::takeNext(const ListedPage &page)
{
    QList<ListedConversation> before;
    QList<ListedConversation> known;
    for (const ListedConversation &row : std::as_const(m_rows))
        (m_known.contains(row.id) ? known : before).append(row);
    m_rows = united(before, page.conversations);
    m_next = page.next;
    if (!m_next.isEmpty() && !page.conversations.isEmpty()) {
        known.removeIf([&page](const ListedConversation &row) {
            return !standsBefore(page.conversations.constLast(), row);
        });
        m_rows = united(m_rows, known);
    }
    settleKnown(page);
}

//! What \a page said, and what is no longer a row, is not merely known from before.
void ConversationList::settleKnown(const ListedPage &page)
{
    if (m_known.isEmpty())
        return;
    QSet<QString> here;
    for (const ListedConversation &row : std::as_const(m_rows))
        here.insert(row.id);
    for (const ListedConversation &row : page.conversations)
        here.remove(row.id);
    m_known.intersect(here);
}

void ConversationList::loadKnown()
{
    if (!m_known.isEmpty() && !m_search && m_saidAt.isValid() && !m_next.isEmpty())
        more();
}

void ConversationList::startSearch()
{
    endSearch();
    const QString words = m_wanted;
    m_searching = m_client.list({pageSize, {}, words}, this,
                                [this, words, edits = m_edits](const auto &page) {
                                    m_searching = 0;
                                    if (page && edits != m_edits) {
                                        startSearch();
                                        return;
                                    }
                                    if (page)
                                        m_search = {words, page->conversations, page->next, {}};
                                    else
                                        m_search = {words, {}, {}, page.error().text};
                                    Q_EMIT changed();
                                });
}

void ConversationList::retire()
{
    m_client.cancelAll();
    deleteLater();
}

//! What an older search answers is no longer wanted.
void ConversationList::endSearch()
{
    m_typingTimer.stop();
    m_client.cancel(std::exchange(m_searching, 0));
}

//! An answer of a conversation that is not open ends without a word, so it is looked at again.
void ConversationList::watch()
{
    QString answered;
    for (const ListedConversation &row : std::as_const(m_rows)) {
        if (row.answering && row.id != m_current)
            answered += row.id + u' ';
    }
    if (answered != m_answered)
        m_look = m_times.firstLook;
    m_answered = answered;
    if (answered.isEmpty())
        m_lookTimer.stop();
    else
        m_lookTimer.start(m_look);
}

void ConversationList::look()
{
    m_look = std::min(m_times.longestLook, m_look * 3 / 2);
    refresh();
}

} // namespace runnel
