#include "highlight/stylescanner.h"

#include "highlight/openspan.h"

#include <algorithm>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

bool isName(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'_';
}

bool endsStatement(QChar c)
{
    return c == u'{' || c == u'}' || c == u';';
}

} // namespace

StyleScanner::StyleScanner(const CodeLanguage &language, QStringView line, int open)
    : m_language(language)
    , m_line(line)
{
    m_result.open = open;
}

ScannedLine StyleScanner::scan()
{
    if (m_result.open != 0)
        readSpan(0, m_result.open);
    beginStatement();
    while (m_at < m_line.size())
        step();
    return std::move(m_result);
}

QChar StyleScanner::at(qsizetype index) const
{
    return index >= 0 && index < m_line.size() ? m_line[index] : QChar();
}

void StyleScanner::add(qsizetype start, CodeKind kind)
{
    if (m_at > start)
        m_result.ranges.push_back({start, m_at - start, kind});
}

void StyleScanner::beginStatement()
{
    const QStringView rest = m_line.sliced(m_at);
    const auto end = std::find_if(rest.begin(), rest.end(), endsStatement);
    m_inSelector = end == rest.end() ? rest.trimmed().endsWith(u',') : *end == u'{';
    m_inValue = false;
}

void StyleScanner::step()
{
    const qsizetype start = m_at;
    const QChar c = m_line[m_at];
    if (readLineComment())
        return;
    for (size_t i = 0; i < m_language.spans.size(); ++i) {
        if (m_line.sliced(m_at).startsWith(m_language.spans[i].begin)) {
            m_at += m_language.spans[i].begin.size();
            readSpan(start, openedSpan(i));
            return;
        }
    }
    if (endsStatement(c)) {
        ++m_at;
        beginStatement();
    } else if (c == u'@' || ((c == u'.' || c == u'#') && isName(at(m_at + 1)))) {
        for (++m_at; isName(at(m_at));)
            ++m_at;
        const bool isDecimal = c == u'.' && at(start + 1).isDigit();
        const CodeKind kind = m_inSelector && !isDecimal ? CodeKind::Title : CodeKind::Number;
        add(start, c == u'@' ? CodeKind::Keyword : kind);
    } else if (isName(c)) {
        readName();
    } else {
        m_inValue = m_inValue || c == u':';
        ++m_at;
    }
}

void StyleScanner::readName()
{
    const qsizetype start = m_at;
    while (isName(at(m_at)) || (at(m_at) == u'.' && at(m_at + 1).isDigit()))
        ++m_at;
    const QChar first = m_line[start];
    const bool isNumber = first.isDigit() || (first == u'-' && at(start + 1).isDigit());
    if (m_inSelector && !isNumber)
        add(start, CodeKind::Keyword);
    else if (isNumber || !m_inValue)
        add(start, CodeKind::Number); // A property's name has that colour, too.
    else if (at(m_at) == u'(')
        add(start, CodeKind::Type);
}

bool StyleScanner::readLineComment()
{
    for (const QString &mark : m_language.lineComments) {
        // Not the slashes of an address.
        if (m_line.sliced(m_at).startsWith(mark) && at(m_at - 1) != u':') {
            const qsizetype start = m_at;
            m_at = m_line.size();
            add(start, CodeKind::Comment);
            return true;
        }
    }
    return false;
}

//! A comment or a string that begins at \a start, from where we are.
void StyleScanner::readSpan(qsizetype start, int open)
{
    const CodeSpan *const span = spanOf(m_language, open);
    const auto [end, leftOpen] = endOfSpan(m_language, open, m_line, m_at);
    m_at = end;
    m_result.open = leftOpen;
    if (span)
        add(start, span->kind);
}

} // namespace runnel
