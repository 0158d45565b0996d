#include "models/markdown.h"

#include "models/cmarkpointers.h"
#include "models/richtext.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

MarkdownTree parseTree(const QByteArray &utf8)
{
    cmark_gfm_core_extensions_ensure_registered();
    const MarkdownParser parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    for (const char *name : {"table", "strikethrough", "autolink", "tasklist"})
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser.get(), utf8.constData(), std::size_t(utf8.size()));
    return MarkdownTree(cmark_parser_finish(parser.get()));
}

bool isNamed(cmark_node *node, std::string_view type)
{
    return cmark_node_get_type_string(node) == type;
}

QString literal(cmark_node *node)
{
    return QString::fromUtf8(cmark_node_get_literal(node));
}

//! Of the first letter that has one, as `dir="auto"` looks for it.
Qt::LayoutDirection firstDirection(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t letter = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            letter = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        switch (QChar::direction(letter)) {
        case QChar::DirL:
            return Qt::LeftToRight;
        case QChar::DirR:
        case QChar::DirAL:
            return Qt::RightToLeft;
        default:
            break;
        }
    }
    return Qt::LayoutDirectionAuto;
}

//! Walks the tree of one top-level piece. Iterative: a text may nest as deep as it is long.
class Flattener
{
public:
    explicit Flattener(std::vector<Block> &out)
        : m_out(out)
    {}

    void walk(cmark_node *top)
    {
        const MarkdownIterator iterator(cmark_iter_new(top));
        cmark_event_type event = cmark_iter_next(iterator.get());
        while (event != CMARK_EVENT_DONE) {
            cmark_node *const node = cmark_iter_get_node(iterator.get());
            if (event == CMARK_EVENT_EXIT) {
                leave(node);
            } else if (!enter(node)) {
                // A leaf for us: what is in it was read, go on behind it.
                cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
            }
            event = cmark_iter_next(iterator.get());
        }
    }

private:
    //! True when the children are to be walked.
    bool enter(cmark_node *node)
    {
        switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            ++m_quotes;
            return true;
        case CMARK_NODE_LIST:
            if (!m_marker.isEmpty())
                add({}); // An item that begins with a list: "- - a".
            m_lists.push_back({cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
                                   ? std::max(0, cmark_node_get_list_start(node))
                                   : -1,
                               cmark_node_get_list_tight(node) != 0});
            return true;
        case CMARK_NODE_ITEM:
            beginItem(node);
            return true;
        default:
            break;
        }
        if (isNamed(node, "tasklist")) {
            beginItem(node);
            return true;
        }
        leaf(node);
        return false;
    }

    void leave(cmark_node *node)
    {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_BLOCK_QUOTE) {
            --m_quotes;
        } else if (type == CMARK_NODE_LIST) {
            m_lists.pop_back();
        } else if ((type == CMARK_NODE_ITEM || isNamed(node, "tasklist")) && !m_marker.isEmpty()) {
            add({}); // An item with nothing in it is still shown.
        }
    }

    void beginItem(cmark_node *node)
    {
        if (m_lists.empty())
            return;
        List &list = m_lists.back();
        if (isNamed(node, "tasklist"))
            m_marker = cmark_gfm_extensions_get_tasklist_item_checked(node) ? u"☑"_s : u"☐"_s;
        else if (list.number >= 0)
            m_marker = QString::number(list.number) + u'.';
        else
            m_marker = m_lists.size() % 2 == 1 ? u"•"_s : u"◦"_s;
        if (list.number >= 0)
            ++list.number;
    }

    void leaf(cmark_node *node)
    {
        Block block;
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_CODE_BLOCK) {
            block.kind = Block::Kind::Code;
            block.text = literal(node);
            if (block.text.endsWith(u'\n'))
                block.text.chop(1);
            block.language = QString::fromUtf8(cmark_node_get_fence_info(node))
                                 .section(u' ', 0, 0, QString::SectionSkipEmpty)
                                 .left(32);
        } else if (type == CMARK_NODE_THEMATIC_BREAK) {
            block.kind = Block::Kind::Rule;
        } else if (type == CMARK_NODE_HTML_BLOCK) {
            block.text = literal(node).trimmed();
            block.html = escaped(block.text);
        } else if (isNamed(node, "table")) {
            table(node, block);
        } else {
            RichText text = inlineText(node);
            block.html = std::move(text.html);
            block.text = std::move(text.plain);
            if (type == CMARK_NODE_HEADING) {
                block.kind = Block::Kind::Heading;
                block.level = cmark_node_get_heading_level(node);
            }
        }
        add(std::move(block));
    }

    static void table(cmark_node *node, Block &block)
    {
        block.kind = Block::Kind::Table;
        const int columns = cmark_gfm_extensions_get_table_columns(node);
        const uint8_t *const alignments = cmark_gfm_extensions_get_table_alignments(node);
        for (int column = 0; column < columns; ++column) {
            const char a = char(alignments[column]);
            block.alignments.append(a == 'r'   ? Qt::AlignRight
                                    : a == 'c' ? Qt::AlignHCenter
                                               : Qt::AlignLeft);
        }
        for (cmark_node *row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
            int column = 0;
            for (cmark_node *cell = cmark_node_first_child(row); cell && column < columns;
                 cell = cmark_node_next(cell), ++column) {
                RichText text = inlineText(cell);
                block.cells.append(std::move(text.html));
                block.text += text.plain + (column + 1 < columns ? u'\t' : u'\n');
            }
            for (; column < columns; ++column)
                block.cells.append(QString());
        }
    }

    void add(Block block)
    {
        block.indent = std::min(int(m_lists.size()), Block::deepest);
        block.quotes = std::min(m_quotes, Block::deepest);
        block.marker = std::exchange(m_marker, QString());
        block.tight = !m_lists.empty() && m_lists.back().tight && !m_out.empty();
        block.direction = directionOf(block);
        m_out.push_back(std::move(block));
    }

    //! Code itself is always written from the left; where it stands is another matter.
    [[nodiscard]] Qt::LayoutDirection directionOf(const Block &block) const
    {
        if (block.kind != Block::Kind::Code) {
            const Qt::LayoutDirection own = firstDirection(block.text);
            if (own != Qt::LayoutDirectionAuto)
                return own;
        }
        const bool within = block.indent > 0 || block.quotes > 0;
        return within && !m_out.empty() ? m_out.back().direction : Qt::LayoutDirectionAuto;
    }

    struct List
    {
        int number; //!< Of the next item; -1 in a bullet list.
        bool tight;
    };

    std::vector<Block> &m_out;
    std::vector<List> m_lists;
    QString m_marker; //!< Waits for the first block of its item.
    int m_quotes = 0;
};

} // namespace

std::vector<MarkdownPiece> parseMarkdown(QStringView text)
{
    const MarkdownTree document = parseTree(text.toUtf8());
    std::vector<MarkdownPiece> pieces;
    MarkdownPiece piece;
    for (cmark_node *top = cmark_node_first_child(document.get()); top;
         top = cmark_node_next(top)) {
        Flattener(piece.blocks).walk(top);
        piece.line = cmark_node_get_start_line(top);
        // A paragraph whose last line became a table's head has no line, the table has the
        // paragraph's: the two are one piece (cmark-gfm 0.29.0.gfm.6).
        if (piece.line > 0)
            pieces.push_back(std::exchange(piece, {}));
    }
    if (!piece.blocks.empty())
        pieces.push_back(std::move(piece));
    return pieces;
}

std::vector<Block> markdownBlocks(QStringView text)
{
    std::vector<Block> blocks;
    for (MarkdownPiece &piece : parseMarkdown(text))
        std::ranges::move(piece.blocks, std::back_inserter(blocks));
    return blocks;
}

} // namespace runnel
