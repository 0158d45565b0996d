#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace runnel {

//! One piece of an answer, as a view stacks them: lists and quotes are flattened to blocks with an
//! indent and a marker, so that a view never nests.
struct Block
{
    enum class Kind { Paragraph, Heading, Code, Table, Rule };

    Kind kind = Kind::Paragraph;
    QString html;     //!< Paragraph, heading: rich text of our own making, see richtext.h.
    QString text;     //!< The same without formats; of code the code itself.
    QString language; //!< Code: the first word of its fence; may be empty.
    QString marker;   //!< "•", "3.", "☐" before the first block of a list item.
    int level = 0;    //!< Heading: 1 to 6.
    int indent = 0;   //!< Lists around it, at most Block::deepest.
    int quotes = 0;   //!< Quotes around it, at most Block::deepest.
    //! Of the first letter that has one, or of what a block without such letters stands in; Auto is
    //! that of the window.
    Qt::LayoutDirection direction = Qt::LayoutDirectionAuto;
    bool tight = false; //!< Close to the block above: within a tight list.

    // Table: cells row by row, the first row is the head.
    QStringList cells;     //!< Rich text.
    QList<int> alignments; //!< One a column: Qt::AlignLeft, AlignHCenter, AlignRight.

    static constexpr int deepest = 8;

    friend bool operator==(const Block &, const Block &) = default;
};

} // namespace runnel
