#include "models/agentlistmodel.h"

#include <algorithm>

namespace runnel {

int AgentListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_agents.size());
}

QVariant AgentListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AgentInfo &agent = m_agents[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return agent.name;
    case DescriptionRole:
        return agent.description;
    case ModelRole:
        return agent.model;
    default:
        return {};
    }
}

QHash<int, QByteArray> AgentListModel::roleNames() const
{
    return {{NameRole, "name"}, {DescriptionRole, "description"}, {ModelRole, "model"}};
}

void AgentListModel::setAgents(const QList<AgentInfo> &agents)
{
    // A connection that came back says the same again: an open menu must not close for it.
    if (agents == m_agents)
        return;
    beginResetModel();
    m_agents = agents;
    endResetModel();
    Q_EMIT countChanged();
}

bool AgentListModel::contains(const QString &name) const
{
    return std::ranges::any_of(m_agents, [&name](const AgentInfo &a) { return a.name == name; });
}

QString AgentListModel::first() const
{
    return m_agents.isEmpty() ? QString() : m_agents.first().name;
}

} // namespace runnel
