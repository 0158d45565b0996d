#pragma once

#include "protocol/frames.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! The agents that the server offers.
class AgentListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from ChatSession")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

public:
    enum Role { NameRole = Qt::UserRole, DescriptionRole, ModelRole };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    void setAgents(const QList<AgentInfo> &agents);
    [[nodiscard]] bool contains(const QString &name) const;
    //! The name of the first agent; null when there is none.
    [[nodiscard]] QString first() const;

Q_SIGNALS:
    void countChanged();

private:
    QList<AgentInfo> m_agents;
};

} // namespace runnel
