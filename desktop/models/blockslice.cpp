#include "models/blockslice.h"

#include <algorithm>

namespace runnel {

BlockSlice::BlockSlice(const BlockListModel *blocks, int first, int count, QObject *parent)
    : QAbstractListModel(parent)
    , m_blocks(blocks)
    , m_first(first)
    , m_count(count)
{
    if (blocks)
        connect(blocks, &BlockListModel::dataChanged, this, &BlockSlice::follow);
}

int BlockSlice::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

QVariant BlockSlice::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid) ||
        !m_blocks)
        return {};
    return m_blocks->data(m_blocks->index(m_first + index.row()), role);
}

QHash<int, QByteArray> BlockSlice::roleNames() const
{
    return BlockListModel::names();
}

void BlockSlice::setCount(int count)
{
    if (count == m_count)
        return;
    if (count > m_count) {
        beginInsertRows({}, m_count, count - 1);
        m_count = count;
        endInsertRows();
    } else {
        beginRemoveRows({}, count, m_count - 1);
        m_count = count;
        endRemoveRows();
    }
    Q_EMIT countChanged();
}

void BlockSlice::follow(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles)
{
    const int first = std::max(from.row() - m_first, 0);
    const int last = std::min(to.row() - m_first, m_count - 1);
    if (first <= last)
        Q_EMIT dataChanged(index(first), index(last), roles);
}

} // namespace runnel
