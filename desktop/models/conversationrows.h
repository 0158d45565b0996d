#pragma once

#include "models/blockslice.h"
#include "models/messagelistmodel.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace runnel {

//! The rows that the conversation's view scrolls over: a message each, but an answer of many blocks
//! in several, so that the view makes only what is near. All roles of MessageListModel, and where
//! the row stands in its message.
class ConversationRows : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from ChatSession")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

public:
    //! About half a window: what is made at once when it comes into sight.
    static constexpr int blocksOfRow = 8;

    enum Role {
        MessageRole = Qt::UserRole + 1000, //!< Its row in MessageListModel.
        SliceRole,     //!< The BlockSlice of an answer that this row shows, else null.
        BeginningRole, //!< It is the first row of its message …
        EndingRole,    //!< … or the last one, or both.
    };

    //! \a messages outlives it.
    explicit ConversationRows(MessageListModel &messages, QObject *parent = nullptr);
    ~ConversationRows() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    //! The last row of a message, by its row in MessageListModel; -1 of none.
    Q_INVOKABLE [[nodiscard]] int endOf(int message) const;
    //! Its first row.
    Q_INVOKABLE [[nodiscard]] int startOf(int message) const;
    //! The one that shows that block of it.
    Q_INVOKABLE [[nodiscard]] int rowOf(int message, int block) const;

Q_SIGNALS:
    void countChanged();

private:
    //! Delegates of a row that goes may still look at its slice until the event loop turns.
    using Slice = std::unique_ptr<BlockSlice, MessageRow::Later>;
    struct Message
    {
        //! In MessageListModel; it knows when messages come or go before it.
        QPersistentModelIndex index;
        BlockListModel *blocks = nullptr; //!< Null of a person's.
        std::vector<Slice> slices;        //!< One a row; of a person's message a null.
    };
    struct Place
    {
        int message = 0;
        int part = 0;
    };

    [[nodiscard]] Place placeOf(int row) const;
    [[nodiscard]] int beginOf(int message) const;
    [[nodiscard]] Message makeMessage(int message);
    [[nodiscard]] Slice makeSlice(const BlockListModel *blocks, int part, int blockCount);
    void measure();
    void reset();
    void add(int first, int last);
    void drop(int first, int last);
    void resize(const BlockListModel *blocks, int blockCount);
    void tell(int first, int last, const QList<int> &roles);
    void tellMoved(int from);

    MessageListModel &m_messages;
    std::vector<Message> m_shown;
    std::vector<int> m_begins{0}; //!< The first row of each message, and how many rows there are.
};

} // namespace runnel
