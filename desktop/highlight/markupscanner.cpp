#include "highlight/markupscanner.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr int stateBits = 4;
constexpr int stateMask = (1 << stateBits) - 1;

bool isName(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u':' || c == u'.';
}

} // namespace

MarkupScanner::MarkupScanner(QStringView line, int open)
    : m_line(line)
    , m_state((open & stateMask) <= Style ? State(open & stateMask) : Text)
    , m_inner(open >> stateBits)
{}

ScannedLine MarkupScanner::scan()
{
    // An element's text may end with the line that it begins in, so that an empty line counts too.
    do {
        switch (m_state) {
        case Text:
            readText();
            break;
        case Comment:
            readComment();
            break;
        case Tag:
            readInTag();
            break;
        case Script:
        case Style:
            readEmbedded();
            break;
        }
    } while (m_at < m_line.size());
    return {std::move(m_ranges), int(m_state) | (m_inner << stateBits)};
}

QChar MarkupScanner::at(qsizetype index) const
{
    return index < m_line.size() ? m_line[index] : QChar();
}

void MarkupScanner::add(qsizetype start, CodeKind kind)
{
    if (m_at > start)
        m_ranges.push_back({start, m_at - start, kind});
}

void MarkupScanner::readText()
{
    const qsizetype start = m_line.indexOf(u'<', m_at);
    m_at = start < 0 ? m_line.size() : start;
    if (start < 0)
        return;
    const QStringView rest = m_line.sliced(start);
    const QChar next = at(start + 1);
    if (rest.startsWith(u"<!--"_s)) {
        m_state = Comment;
    } else if (next == u'!' || next == u'?') {
        const qsizetype end = m_line.indexOf(u'>', start);
        m_at = end < 0 ? m_line.size() : end + 1;
        add(start, CodeKind::Comment);
    } else if (next == u'/' || next.isLetter()) {
        readTagName();
    } else {
        ++m_at;
    }
}

void MarkupScanner::readComment()
{
    const qsizetype start = m_at;
    const qsizetype end = m_line.indexOf(u"-->"_s, m_at);
    m_at = end < 0 ? m_line.size() : end + 3;
    add(start, CodeKind::Comment);
    if (end >= 0)
        m_state = Text;
}

void MarkupScanner::readTagName()
{
    m_state = Tag;
    m_after = Text;
    const bool closing = at(m_at + 1) == u'/';
    m_at += closing ? 2 : 1;
    const qsizetype start = m_at;
    while (isName(at(m_at)))
        ++m_at;
    const QStringView name = m_line.sliced(start, m_at - start);
    add(start, CodeKind::Title);
    if (!closing && name.compare(u"script"_s, Qt::CaseInsensitive) == 0)
        m_after = Script;
    if (!closing && name.compare(u"style"_s, Qt::CaseInsensitive) == 0)
        m_after = Style;
}

void MarkupScanner::readInTag()
{
    const qsizetype start = m_at;
    const QChar c = at(m_at);
    if (c == u'>') {
        ++m_at;
        m_state = m_line.sliced(0, start).endsWith(u'/') ? Text : m_after;
    } else if (c == u'"' || c == u'\'') {
        const qsizetype end = m_line.indexOf(c, m_at + 1);
        m_at = end < 0 ? m_line.size() : end + 1;
        add(start, CodeKind::String);
    } else if (isName(c)) {
        while (isName(at(m_at)))
            ++m_at;
        add(start, CodeKind::Number);
    } else {
        ++m_at;
    }
}

void MarkupScanner::readEmbedded()
{
    const bool isScript = m_state == Script;
    const qsizetype start = m_at;
    const qsizetype end =
        m_line.indexOf(isScript ? u"</script"_s : u"</style"_s, m_at, Qt::CaseInsensitive);
    m_at = end < 0 ? m_line.size() : end;
    const CodeLanguage *const language = codeLanguage(isScript ? u"js"_s : u"css"_s);
    const ScannedLine inner = scanLine(*language, m_line.sliced(start, m_at - start), m_inner);
    for (const CodeRange &range : inner.ranges)
        m_ranges.push_back({start + range.start, range.length, range.kind});
    m_inner = end < 0 ? inner.open : 0;
    if (end >= 0)
        m_state = Text;
}

} // namespace runnel
