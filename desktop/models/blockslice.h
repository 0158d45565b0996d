#pragma once

#include "models/blocklistmodel.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! Some neighbouring blocks of an answer: what one row of the conversation shows. Only its end
//! moves.
class BlockSlice : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from ConversationRows")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_PROPERTY(int first READ first CONSTANT) //!< Its place in the answer.

public:
    //! The \a count blocks of \a blocks from \a first on. Without them, as with a row that goes, it
    //! has none.
    BlockSlice(const BlockListModel *blocks, int first, int count, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int first() const { return m_first; }
    //! More once the blocks are there, fewer while they are still there.
    void setCount(int count);

Q_SIGNALS:
    void countChanged();

private:
    void follow(const QModelIndex &from, const QModelIndex &to, const QList<int> &roles);

    QPointer<const BlockListModel> m_blocks;
    const int m_first;
    int m_count;
};

} // namespace runnel
