#include "models/streamingmarkdown.h"

#include "models/markdown.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! The place where line \a line (from 1) begins.
qsizetype offsetOfLine(QStringView text, int line)
{
    qsizetype offset = 0;
    for (int l = 1; l < line; ++l) {
        const qsizetype end = text.indexOf(u'\n', offset);
        if (end < 0)
            return text.size();
        offset = end + 1;
    }
    return offset;
}

qsizetype leading(QStringView line, QChar c)
{
    qsizetype n = 0;
    while (n < line.size() && line[n] == c)
        ++n;
    return n;
}

//! As the parser itself does it, so that lines and characters mean the same to both.
QString normalised(QStringView text)
{
    QString out = text.toString();
    out.remove(u'\r');
    out.replace(QChar::Null, QChar::ReplacementCharacter);
    return out;
}

bool closes(QStringView line, QChar mark, qsizetype length)
{
    const qsizetype spaces = leading(line, u' ');
    if (spaces > 3)
        return false;
    const QStringView rest = line.sliced(spaces);
    const qsizetype marks = leading(rest, mark);
    return marks >= length && rest.sliced(marks).trimmed().isEmpty();
}

} // namespace

StreamingMarkdown::Update StreamingMarkdown::append(QStringView text)
{
    Update update{m_settled, {}};
    m_tail += normalised(text);
    // What begins before a fence, the fence itself and what follows it may all come in one text.
    while (true) {
        if (m_inFence && !readFence(update.blocks))
            break;
        settle(update.blocks);
        if (!enterFence())
            break;
    }
    m_settled += int(update.blocks.size());
    std::ranges::move(unsettled(), std::back_inserter(update.blocks));
    return update;
}

StreamingMarkdown::Update StreamingMarkdown::finish(const QString &whole)
{
    m_parsed += whole.size();
    m_tail.clear();
    m_inFence = false;
    Update update{0, markdownBlocks(normalised(whole))};
    m_settled = int(update.blocks.size());
    return update;
}

//! Moves every top-level piece but the last out of the tail. Only whole lines are looked at: "a\n#"
//! is a paragraph and a heading until "#b" makes it one paragraph.
void StreamingMarkdown::settle(std::vector<Block> &settled)
{
    const qsizetype whole = m_tail.lastIndexOf(u'\n') + 1;
    if (whole == 0)
        return;
    const QStringView lines = QStringView(m_tail).first(whole);
    m_parsed += whole;
    std::vector<MarkdownPiece> pieces = parseMarkdown(lines);
    if (pieces.empty())
        return;
    // A table that grew out of a paragraph's last line may claim the paragraph's place.
    if (pieces.size() > 1 && pieces.back().line <= pieces[pieces.size() - 2].line)
        return;
    const qsizetype cut = offsetOfLine(lines, pieces.back().line);
    pieces.pop_back();
    for (MarkdownPiece &piece : pieces)
        std::ranges::move(piece.blocks, std::back_inserter(settled));
    m_tail.remove(0, cut);
}

//! True when the tail begins with a code fence, whose first line is whole: now it is read as such.
bool StreamingMarkdown::enterFence()
{
    static const QRegularExpression opening(
        u"\\A( {0,3})(?:(`{3,})([^`\\n]*)|(~{3,})([^\\n]*))\\n"_s);
    const QRegularExpressionMatch match = opening.match(m_tail);
    if (!match.hasMatch())
        return false;
    const QString marks = match.captured(2) + match.captured(4);
    // The info string may hold escapes and entities: read by the parser like any other.
    const std::vector<Block> head = markdownBlocks(match.captured());
    m_fence = {marks[0], marks.size(), match.capturedLength(1),
               head.empty() ? Block{} : head.front()};
    m_fence.block.kind = Block::Kind::Code;
    m_fence.block.text.clear();
    m_inFence = true;
    m_tail.remove(0, match.capturedLength());
    return true;
}

//! Takes whole lines into the code; true when its end was among them.
bool StreamingMarkdown::readFence(std::vector<Block> &settled)
{
    qsizetype from = 0;
    for (qsizetype end = m_tail.indexOf(u'\n'); end >= 0; end = m_tail.indexOf(u'\n', from)) {
        QStringView line = QStringView(m_tail).sliced(from, end - from);
        from = end + 1;
        if (closes(line, m_fence.mark, m_fence.length)) {
            settled.push_back(fenceSoFar());
            m_inFence = false;
            m_tail.remove(0, from);
            return true;
        }
        line = line.sliced(std::min(leading(line, u' '), m_fence.indent));
        m_fence.block.text += line;
        m_fence.block.text += u'\n';
    }
    m_tail.remove(0, from);
    return false;
}

Block StreamingMarkdown::fenceSoFar() const
{
    Block block = m_fence.block;
    if (block.text.endsWith(u'\n'))
        block.text.chop(1);
    return block;
}

std::vector<Block> StreamingMarkdown::unsettled()
{
    if (!m_inFence) {
        m_parsed += m_tail.size();
        return markdownBlocks(m_tail);
    }
    Block block = m_fence.block;
    const QStringView line =
        QStringView(m_tail).sliced(std::min(leading(m_tail, u' '), m_fence.indent));
    // What may become the closing fence is not shown as code in the meantime.
    const bool mayClose = leading(line.trimmed(), m_fence.mark) == line.trimmed().size();
    if (!mayClose)
        block.text += line;
    else if (block.text.endsWith(u'\n'))
        block.text.chop(1);
    return {block};
}

} // namespace runnel
