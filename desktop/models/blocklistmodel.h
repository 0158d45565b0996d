#pragma once

#include "models/streamingmarkdown.h"
#include "models/textspot.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace runnel {

//! The blocks of one answer. While it streams, only the rows that really changed are touched: the
//! last one, as a rule.
class BlockListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Comes from MessageListModel")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

public:
    enum Kind {
        Paragraph = int(Block::Kind::Paragraph),
        Heading = int(Block::Kind::Heading),
        Code = int(Block::Kind::Code),
        Table = int(Block::Kind::Table),
        Rule = int(Block::Kind::Rule),
    };
    Q_ENUM(Kind)

    enum Role {
        KindRole = Qt::UserRole,
        HtmlRole,
        TextRole,
        LanguageRole,
        MarkerRole,
        LevelRole, //!< Of a heading; the answer's first one has 1, however many # it has.
        IndentRole,
        QuotesRole,
        TightRole,
        CellsRole,
        AlignmentsRole,
        DirectionRole, //!< Qt::LayoutDirection.
    };

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override { return names(); }
    [[nodiscard]] static QHash<int, QByteArray> names();

    void append(QStringView text);
    void finish(const QString &whole);
    //! The text is \a whole, whatever it was; without \a finished it goes on.
    void replace(const QString &whole, bool finished);
    //! The texts of all blocks, one a line.
    [[nodiscard]] QString plainText() const;
    //! From one place to another, as somebody would write it down: a line between two blocks that
    //! stand apart, lists with their markers. Places of a block that is not there are cut.
    [[nodiscard]] QString textBetween(const TextSpot &from, const TextSpot &to) const;
    [[nodiscard]] const std::vector<Block> &blocks() const { return m_blocks; }

Q_SIGNALS:
    void countChanged();

private:
    void follow(StreamingMarkdown::Update update);
    void followFirstHeading();

    StreamingMarkdown m_markdown;
    std::vector<Block> m_blocks;
    int m_firstLevel = 0; //!< Of the first heading; 0 when there is none.
};

} // namespace runnel
