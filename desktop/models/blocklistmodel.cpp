#include "models/blocklistmodel.h"

#include <algorithm>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;

int BlockListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_blocks.size());
}

QVariant BlockListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Block &block = m_blocks[std::size_t(index.row())];
    switch (role) {
    case KindRole:
        return int(block.kind);
    case HtmlRole:
        return block.html;
    case Qt::DisplayRole:
    case TextRole:
        return block.text;
    case LanguageRole:
        return block.language;
    case MarkerRole:
        return block.marker;
    case LevelRole:
        return block.level == 0 ? 0 : std::max(1, block.level - m_firstLevel + 1);
    case IndentRole:
        return block.indent;
    case QuotesRole:
        return block.quotes;
    case TightRole:
        return block.tight;
    case CellsRole:
        return block.cells;
    case AlignmentsRole:
        return QVariant::fromValue(block.alignments);
    case DirectionRole:
        return int(block.direction);
    default:
        return {};
    }
}

QHash<int, QByteArray> BlockListModel::names()
{
    return {{KindRole, "kind"},
            {HtmlRole, "html"},
            {TextRole, "text"},
            {LanguageRole, "language"},
            {MarkerRole, "marker"},
            {LevelRole, "level"},
            {IndentRole, "indent"},
            {QuotesRole, "quotes"},
            {TightRole, "tight"},
            {CellsRole, "cells"},
            {AlignmentsRole, "alignments"},
            {DirectionRole, "direction"}};
}

void BlockListModel::append(QStringView text)
{
    follow(m_markdown.append(text));
}

void BlockListModel::finish(const QString &whole)
{
    follow(m_markdown.finish(whole));
}

void BlockListModel::replace(const QString &whole, bool finished)
{
    m_markdown = {};
    follow(finished ? m_markdown.finish(whole) : m_markdown.append(whole));
}

QString BlockListModel::plainText() const
{
    QStringList lines;
    for (const Block &block : m_blocks) {
        const QString line = block.marker + u' ' + block.text;
        if (!line.trimmed().isEmpty())
            lines.append(line.trimmed());
    }
    return lines.join(u'\n');
}

QString BlockListModel::textBetween(const TextSpot &from, const TextSpot &to) const
{
    QString out;
    const int last = std::min(to.block, rowCount() - 1);
    for (int row = std::max(from.block, 0); row <= last; ++row) {
        const Block &block = m_blocks[size_t(row)];
        const int begin = row == from.block ? std::max(from.offset, 0) : 0;
        const qsizetype end =
            row == to.block ? std::min<qsizetype>(to.offset, block.text.size()) : block.text.size();
        if (block.kind == Block::Kind::Rule || begin >= end)
            continue;
        if (!out.isEmpty())
            out += block.tight ? u"\n"_s : u"\n\n"_s;
        if (begin == 0 && !block.marker.isEmpty())
            out += QString(2 * std::max(0, block.indent - 1), u' ') + block.marker + u' ';
        QString text = block.text.mid(begin, end - begin);
        if (block.kind == Block::Kind::Table && text.endsWith(u'\n'))
            text.chop(1);
        out += text;
    }
    return out;
}

void BlockListModel::followFirstHeading()
{
    const auto first =
        std::ranges::find_if(m_blocks, [](const Block &block) { return block.level > 0; });
    const int level = first == m_blocks.end() ? 0 : first->level;
    if (level == std::exchange(m_firstLevel, level) || m_blocks.empty())
        return;
    Q_EMIT dataChanged(index(0), index(rowCount() - 1), {LevelRole});
}

void BlockListModel::follow(StreamingMarkdown::Update update)
{
    const int before = int(m_blocks.size());
    const int after = update.from + int(update.blocks.size());
    const int common = std::min(before, after);
    for (int row = update.from; row < common; ++row) {
        Block &fresh = update.blocks[std::size_t(row - update.from)];
        Block &shown = m_blocks[std::size_t(row)];
        if (fresh == shown)
            continue;
        shown = std::move(fresh);
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_blocks.resize(std::size_t(after));
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        for (int row = before; row < after; ++row)
            m_blocks.push_back(std::move(update.blocks[std::size_t(row - update.from)]));
        endInsertRows();
    }
    followFirstHeading();
    if (after != before)
        Q_EMIT countChanged();
}

} // namespace runnel
