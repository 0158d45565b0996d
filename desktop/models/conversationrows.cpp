#include "models/conversationrows.h"

#include <algorithm>
#include <iterator>

namespace runnel {

namespace {

int rowsFor(int blockCount)
{
    constexpr int most = ConversationRows::blocksOfRow;
    return std::max(1, (blockCount + most - 1) / most);
}

//! How many of an answer's blocks are in that row of it.
int blocksIn(int part, int blockCount)
{
    constexpr int most = ConversationRows::blocksOfRow;
    return std::clamp(blockCount - part * most, 0, most);
}

} // namespace

ConversationRows::ConversationRows(MessageListModel &messages, QObject *parent)
    : QAbstractListModel(parent)
    , m_messages(messages)
{
    connect(&messages, &MessageListModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&messages, &MessageListModel::modelReset, this, [this] {
        reset();
        endResetModel();
        Q_EMIT countChanged();
    });
    connect(&messages, &MessageListModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { add(first, last); });
    connect(&messages, &MessageListModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { drop(first, last); });
    connect(&messages, &MessageListModel::rowsRemoved, this,
            [this](const QModelIndex &, int first) { tellMoved(first); });
    connect(&messages, &MessageListModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to, const QList<int> &roles) {
                tell(from.row(), to.row(), roles);
            });
    reset();
}

ConversationRows::~ConversationRows() = default;

int ConversationRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_begins.back();
}

QVariant ConversationRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto [message, part] = placeOf(index.row());
    const Message &shown = m_shown[std::size_t(message)];
    const std::vector<Slice> &slices = shown.slices;
    switch (role) {
    case MessageRole:
        return shown.index.row();
    case SliceRole:
        return QVariant::fromValue(slices[std::size_t(part)].get());
    case BeginningRole:
        return part == 0;
    case EndingRole:
        return part == int(slices.size()) - 1;
    default:
        return shown.index.data(role);
    }
}

QHash<int, QByteArray> ConversationRows::roleNames() const
{
    QHash<int, QByteArray> names = m_messages.roleNames();
    names.insert({{MessageRole, "message"},
                  {SliceRole, "slice"},
                  {BeginningRole, "beginning"},
                  {EndingRole, "ending"}});
    return names;
}

int ConversationRows::endOf(int message) const
{
    const bool there = message >= 0 && message < int(m_shown.size());
    return there ? beginOf(message + 1) - 1 : -1;
}

int ConversationRows::startOf(int message) const
{
    const bool there = message >= 0 && message < int(m_shown.size());
    return there ? beginOf(message) : -1;
}

int ConversationRows::rowOf(int message, int block) const
{
    const int start = startOf(message);
    return start < 0 ? start : std::clamp(start + block / blocksOfRow, start, endOf(message));
}

ConversationRows::Place ConversationRows::placeOf(int row) const
{
    const auto after = std::ranges::upper_bound(m_begins, row);
    const int message = int(after - m_begins.begin()) - 1;
    return {message, row - beginOf(message)};
}

int ConversationRows::beginOf(int message) const
{
    return m_begins[std::size_t(message)];
}

ConversationRows::Slice ConversationRows::makeSlice(const BlockListModel *blocks, int part,
                                                    int blockCount)
{
    // With a parent QML never takes it for its own.
    return Slice(new BlockSlice(blocks, part * blocksOfRow, blocksIn(part, blockCount), this));
}

ConversationRows::Message ConversationRows::makeMessage(int message)
{
    Message made;
    made.index = m_messages.index(message);
    made.blocks = made.index.data(MessageListModel::BlocksRole).value<BlockListModel *>();
    if (!made.blocks) {
        made.slices.emplace_back();
        return made;
    }
    const int count = made.blocks->rowCount();
    for (int part = 0; part < rowsFor(count); ++part)
        made.slices.push_back(makeSlice(made.blocks, part, count));
    const BlockListModel *const blocks = made.blocks;
    connect(blocks, &BlockListModel::rowsInserted, this,
            [this, blocks] { resize(blocks, blocks->rowCount()); });
    connect(blocks, &BlockListModel::rowsAboutToBeRemoved, this,
            [this, blocks](const QModelIndex &, int first) { resize(blocks, first); });
    return made;
}

//! Where each message begins, anew.
void ConversationRows::measure()
{
    m_begins.assign(1, 0);
    m_begins.reserve(m_shown.size() + 1);
    for (const Message &message : m_shown)
        m_begins.push_back(m_begins.back() + int(message.slices.size()));
}

void ConversationRows::reset()
{
    m_shown.clear();
    for (int message = 0; message < m_messages.rowCount(); ++message)
        m_shown.push_back(makeMessage(message));
    measure();
}

void ConversationRows::add(int first, int last)
{
    std::vector<Message> made;
    int rows = 0;
    for (int message = first; message <= last; ++message) {
        made.push_back(makeMessage(message));
        rows += int(made.back().slices.size());
    }
    const int begin = beginOf(first);
    beginInsertRows({}, begin, begin + rows - 1);
    m_shown.insert(m_shown.begin() + first, std::move_iterator(made.begin()),
                   std::move_iterator(made.end()));
    measure();
    endInsertRows();
    Q_EMIT countChanged();
    tellMoved(last + 1);
}

void ConversationRows::drop(int first, int last)
{
    beginRemoveRows({}, beginOf(first), beginOf(last + 1) - 1);
    for (int message = first; message <= last; ++message) {
        if (const BlockListModel *const blocks = m_shown[std::size_t(message)].blocks)
            disconnect(blocks, nullptr, this, nullptr);
    }
    m_shown.erase(m_shown.begin() + first, m_shown.begin() + last + 1);
    measure();
    endRemoveRows();
    Q_EMIT countChanged();
}

//! An answer has \a blockCount blocks now, or will have: its last row grows or shrinks, and rows
//! come or go after it.
void ConversationRows::resize(const BlockListModel *blocks, int blockCount)
{
    // The answer that comes is near the end.
    const auto found =
        std::find_if(m_shown.rbegin(), m_shown.rend(),
                     [blocks](const Message &message) { return message.blocks == blocks; });
    if (found == m_shown.rend())
        return;
    const int message = int(m_shown.rend() - found) - 1;
    std::vector<Slice> &slices = found->slices;
    const int before = int(slices.size());
    const int after = rowsFor(blockCount);
    const int begin = beginOf(message);
    if (after < before) {
        beginRemoveRows({}, begin + after, begin + before - 1);
        slices.resize(std::size_t(after));
        measure();
        endRemoveRows();
    }
    const int kept = std::min(before, after);
    slices[std::size_t(kept - 1)]->setCount(blocksIn(kept - 1, blockCount));
    if (after > before) {
        beginInsertRows({}, begin + before, begin + after - 1);
        for (int part = before; part < after; ++part)
            slices.push_back(makeSlice(blocks, part, blockCount));
        measure();
        endInsertRows();
    }
    if (after == before)
        return;
    const QModelIndex end = index(begin + kept - 1);
    Q_EMIT dataChanged(end, end, {EndingRole});
    Q_EMIT countChanged();
}

//! The messages from that one on have other rows in MessageListModel than before.
void ConversationRows::tellMoved(int from)
{
    if (from < int(m_shown.size()))
        tell(from, int(m_shown.size()) - 1, {MessageRole});
}

void ConversationRows::tell(int first, int last, const QList<int> &roles)
{
    Q_EMIT dataChanged(index(beginOf(first)), index(beginOf(last + 1) - 1), roles);
}

} // namespace runnel
