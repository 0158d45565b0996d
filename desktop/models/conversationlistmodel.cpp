#include "models/conversationlistmodel.h"

#include "models/listwords.h"
#include "models/words.h"

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

QString snippet(const FoundPlace &match)
{
    const words::Excerpt excerpt = words::withoutMarkup(match.text, match.ranges);
    return words::marked(excerpt.text, excerpt.ranges);
}

} // namespace

ConversationListModel::ConversationListModel(QObject *parent)
    : QAbstractListModel(parent)
{}

void ConversationListModel::setList(ConversationList *list)
{
    if (m_list)
        m_list->disconnect(this);
    m_list = list;
    if (list)
        connect(list, &ConversationList::changed, this, &ConversationListModel::update);
    update();
}

void ConversationListModel::setOpen(const QList<Open> &open, const QString &current)
{
    if (open == m_open && current == m_current)
        return;
    m_open = open;
    m_current = current;
    update();
}

int ConversationListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ConversationListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows[index.row()];
    const ListedConversation &listed = row.listed;
    switch (role) {
    case IdRole:
        return listed.id;
    case Qt::DisplayRole:
    case TitleRole:
        return listed.title;
    case MarkedTitleRole:
        return words::marked(listed.title, words::rangesOf(listed.title, m_shown.words));
    case GroupRole:
        return row.group;
    case SnippetRole:
        return listed.match ? snippet(*listed.match) : QString();
    case MessageIdRole:
        return listed.match ? listed.match->messageId : QString();
    case PinnedRole:
        return listed.pinned;
    case AnsweringRole:
        return listed.answering;
    case UnreadRole:
        return row.unread;
    case UnsentRole:
        return row.unsent;
    case CurrentRole:
        return row.current;
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const
{
    return {
        {IdRole, "conversationId"}, {TitleRole, "title"},         {MarkedTitleRole, "markedTitle"},
        {GroupRole, "group"},       {SnippetRole, "snippet"},     {MessageIdRole, "messageId"},
        {PinnedRole, "pinned"},     {AnsweringRole, "answering"}, {UnreadRole, "unread"},
        {UnsentRole, "unsent"},     {CurrentRole, "current"}};
}

QString ConversationListModel::note() const
{
    if (!m_rows.isEmpty() || !problem().isEmpty())
        return {};
    if (!m_shown.words.isEmpty())
        return m_shown.busy ? QString() : tr("Nothing found for “%1”.").arg(m_shown.words);
    return m_shown.state == ConversationList::State::Loading ? tr("Loading")
                                                             : tr("Conversations appear here.");
}

QString ConversationListModel::problem() const
{
    if (!m_shown.moreError.isEmpty())
        return tr("There is more, but it could not be loaded.") + u' ' + m_shown.moreError;
    if (m_shown.error.isEmpty())
        return {};
    if (!m_shown.words.isEmpty())
        return tr("The search failed.") + u' ' + m_shown.error;
    if (m_shown.asOf.isValid())
        return tr("This is the list as of %1.").arg(words::moment(m_shown.asOf)) + u' ' +
               m_shown.error;
    return (m_shown.state == ConversationList::State::Failed
                ? tr("The list could not be loaded.")
                : tr("The list could not be updated.")) +
           u' ' + m_shown.error;
}

void ConversationListModel::search(const QString &text)
{
    if (m_list)
        m_list->search(text);
}

int ConversationListModel::currentRow() const
{
    const auto row = std::ranges::find_if(m_rows, &Row::current);
    return row == m_rows.cend() ? -1 : int(row - m_rows.cbegin());
}

void ConversationListModel::fetchNext()
{
    if (m_list && m_shown.more && !m_shown.busy && m_shown.moreError.isEmpty())
        m_list->more();
}

void ConversationListModel::retry()
{
    if (m_list)
        m_list->retry();
}

void ConversationListModel::refresh()
{
    if (m_list)
        m_list->refresh();
    update();
}

// ---- what is shown

void ConversationListModel::update()
{
    m_shown = m_list ? m_list->shown() : ConversationList::Shown();
    follow(rowsNow());
    Q_EMIT changed();
}

//! One that belongs below what was read so far is there already, further down.
QList<ConversationListModel::Row> ConversationListModel::rowsNow() const
{
    const bool found = !m_shown.words.isEmpty();
    QList<ListedConversation> listed = m_shown.rows;
    QSet<QString> known;
    for (const ListedConversation &one : std::as_const(listed))
        known.insert(one.id);
    QSet<QString> unsent;
    for (const Open &open : m_open) {
        const ListedConversation row{open.id, open.title, false,          open.at,
                                     open.at, 0,          open.answering, {}};
        if (known.contains(open.id) || found || open.title.isEmpty() ||
            (m_shown.more && !listed.isEmpty() && standsBefore(listed.constLast(), row)))
            continue;
        listed.insert(std::ranges::upper_bound(std::as_const(listed), row, standsBefore), row);
        if (!open.taken)
            unsent.insert(open.id);
    }
    QList<Row> rows;
    rows.reserve(listed.size());
    const QDate today = QDate::currentDate();
    for (const ListedConversation &one : std::as_const(listed)) {
        Row row{one, found ? tr("Found") : words::dayGroup(one, today), false,
                unsent.contains(one.id), one.id == m_current};
        const auto open = std::ranges::find(std::as_const(m_open), one.id, &Open::id);
        if (open != m_open.cend() && open->taken) {
            const bool given = m_list && !m_list->titleToCome(one.id).isEmpty();
            row.listed.title = given ? one.title : open->title;
            row.listed.answering = open->answering;
            row.unread = open->unread;
        }
        rows.append(row);
    }
    return rows;
}

//! By as few changes as can be: whoever is at a row stays at it.
void ConversationListModel::follow(const QList<Row> &rows)
{
    QSet<QString> wanted;
    for (const Row &row : rows)
        wanted.insert(row.listed.id);
    for (int at = int(m_rows.size()) - 1; at >= 0; --at) {
        if (wanted.contains(m_rows[at].listed.id))
            continue;
        beginRemoveRows({}, at, at);
        m_rows.removeAt(at);
        endRemoveRows();
    }
    QSet<QString> known;
    for (const Row &row : std::as_const(m_rows))
        known.insert(row.listed.id);
    for (int at = 0; at < rows.size(); ++at) {
        int behind = at;
        while (behind < rows.size() && !known.contains(rows[behind].listed.id))
            ++behind;
        if (behind > at) {
            beginInsertRows({}, at, behind - 1);
            for (int row = at; row < behind; ++row)
                m_rows.insert(row, rows[row]);
            endInsertRows();
            at = behind - 1;
            continue;
        }
        const Row &row = rows[at];
        const auto is = [&row](const Row &one) { return one.listed.id == row.listed.id; };
        const int from =
            int(std::find_if(m_rows.cbegin() + at, m_rows.cend(), is) - m_rows.cbegin());
        if (from != at) {
            beginMoveRows({}, from, from, {}, at);
            m_rows.move(from, at);
            endMoveRows();
        }
        if (m_rows[at] != row) {
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at), index(at));
        }
    }
}

} // namespace runnel
