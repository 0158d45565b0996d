#include "models/switchermodel.h"

#include "models/conversationlistmodel.h"

#include <algorithm>

namespace runnel {

SwitcherModel::SwitcherModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{}

void SwitcherModel::setPattern(const QString &pattern)
{
    if (pattern == m_pattern)
        return;
    m_pattern = pattern;
    m_words = pattern.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
    Q_EMIT patternChanged();
}

QString SwitcherModel::idAt(int row) const
{
    return index(row, 0).data(ConversationListModel::IdRole).toString();
}

bool SwitcherModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString title =
        sourceModel()->index(row, 0, parent).data(ConversationListModel::TitleRole).toString();
    return std::ranges::all_of(m_words, [&title](const QString &word) {
        return title.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace runnel
