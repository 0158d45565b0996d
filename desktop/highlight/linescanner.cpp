#include "highlight/linescanner.h"

#include "highlight/openspan.h"

namespace runnel {

using namespace Qt::StringLiterals;

LineScanner::LineScanner(const CodeLanguage &language, QStringView line, int open)
    : m_language(language)
    , m_line(line)
{
    m_result.open = open;
}

ScannedLine LineScanner::scan()
{
    if (m_result.open != 0) {
        closeSpan();
    } else if (m_language.grammar == CodeLanguage::Grammar::Settings) {
        if (!readSection())
            readKey();
    } else if (m_language.directives) {
        readDirective();
    }
    while (m_at < m_line.size())
        step();
    return std::move(m_result);
}

void LineScanner::step()
{
    const QChar c = m_line[m_at];
    if (c.isSpace()) {
        ++m_at;
        return;
    }
    if (readComment() || readSpan() || readVariable() || readMark() || readRegexp() ||
        readNumber() || readName())
        return;
    m_before = c;
    m_titleComes = false;
    ++m_at;
}

QChar LineScanner::at(qsizetype index) const
{
    return index >= 0 && index < m_line.size() ? m_line[index] : QChar();
}

bool LineScanner::isName(QChar c) const
{
    return c.isLetterOrNumber() || c == u'_' || c.isSurrogate() ||
           (!c.isNull() && m_language.nameSigns.contains(c));
}

qsizetype LineScanner::skipBlanks(qsizetype at) const
{
    while (at < m_line.size() && m_line[at].isSpace())
        ++at;
    return at;
}

//! From \a start to where we are.
void LineScanner::add(qsizetype start, CodeKind kind)
{
    if (m_at > start)
        m_result.ranges.push_back({start, m_at - start, kind});
    m_before = at(m_at - 1);
    m_titleComes = false;
}

void LineScanner::closeSpan()
{
    const CodeSpan *const span = spanOf(m_language, m_result.open);
    const auto [end, open] = endOfSpan(m_language, m_result.open, m_line, m_at);
    m_at = end;
    m_result.open = open;
    if (span)
        add(0, span->kind);
}

bool LineScanner::readDirective()
{
    const qsizetype start = skipBlanks(0);
    if (at(start) != u'#')
        return false;
    m_at = skipBlanks(start + 1);
    while (isName(at(m_at)))
        ++m_at;
    const bool includes = m_line.sliced(start, m_at - start).endsWith(u"include"_s);
    add(start, CodeKind::Keyword);
    const qsizetype file = skipBlanks(m_at);
    if (includes && at(file) == u'<') {
        const qsizetype end = m_line.indexOf(u'>', file);
        m_at = end < 0 ? m_line.size() : end + 1;
        add(file, CodeKind::String);
    }
    return true;
}

bool LineScanner::readSection()
{
    const qsizetype start = skipBlanks(0);
    if (at(start) != u'[' || m_language.separatorNeedsBlank)
        return false;
    const qsizetype end = m_line.lastIndexOf(u']');
    if (end < 0)
        return false;
    m_at = end + 1;
    add(start, CodeKind::Keyword);
    return true;
}

bool LineScanner::readKey()
{
    qsizetype start = skipBlanks(0);
    while (at(start) == u'-' && at(start + 1).isSpace())
        start = skipBlanks(start + 1);
    // A quoted key may have any signs.
    qsizetype end = start;
    if (at(start) == u'"' || at(start) == u'\'')
        end = qMax(m_line.indexOf(at(start), start + 1) + 1, start);
    for (; end < m_line.size(); ++end) {
        const QChar c = m_line[end];
        if (c == u'#' || (end == start && m_language.lineComments.contains(QString(c))))
            return false;
        if (m_language.separators.contains(c) &&
            (!m_language.separatorNeedsBlank || end + 1 == m_line.size() || at(end + 1).isSpace()))
            break;
    }
    if (end >= m_line.size())
        return false;
    m_at = end;
    while (m_at > start && m_line[m_at - 1].isSpace())
        --m_at;
    add(start, CodeKind::Number);
    m_at = end + 1;
    return true;
}

bool LineScanner::readComment()
{
    if (m_language.commentsAfterBlank && m_at > 0 && !at(m_at - 1).isSpace())
        return false;
    for (const QString &mark : m_language.lineComments) {
        if (!m_line.sliced(m_at).startsWith(mark))
            continue;
        // A longer mark may begin with this one: Lua's --[[.
        for (const CodeSpan &span : m_language.spans) {
            if (span.begin.size() > mark.size() && m_line.sliced(m_at).startsWith(span.begin))
                return false;
        }
        const qsizetype start = m_at;
        m_at = m_line.size();
        add(start, CodeKind::Comment);
        return true;
    }
    return false;
}

bool LineScanner::opensSpan(const CodeSpan &span) const
{
    if (!m_line.sliced(m_at).startsWith(span.begin))
        return false;
    if (span.begin != u"'"_s && span.begin != u"\""_s)
        return true;
    // A plain value may have an apostrophe.
    if (m_language.grammar == CodeLanguage::Grammar::Settings && isName(at(m_at - 1)))
        return false;
    return span.begin != u"'"_s || !m_language.shortQuotes || at(m_at + 1) == u'\\' ||
           at(m_at + 2) == u'\'' || (at(m_at + 1).isHighSurrogate() && at(m_at + 3) == u'\'');
}

bool LineScanner::readSpan()
{
    for (size_t i = 0; i < m_language.spans.size(); ++i) {
        const CodeSpan &span = m_language.spans[i];
        if (!opensSpan(span))
            continue;
        const qsizetype start = m_at;
        const auto [end, open] =
            endOfSpan(m_language, openedSpan(i), m_line, m_at + span.begin.size());
        m_at = end;
        m_result.open = open;
        const bool isKey =
            m_language.keyStrings && span.kind == CodeKind::String && at(skipBlanks(m_at)) == u':';
        add(start, isKey ? CodeKind::Number : span.kind);
        return true;
    }
    return false;
}

bool LineScanner::readVariable()
{
    const QChar sign = m_language.variableSign;
    if (sign.isNull() || m_line[m_at] != sign)
        return false;
    const qsizetype start = m_at++;
    const bool braced = at(m_at) == u'{';
    m_at += braced || at(m_at) == sign ? 1 : 0;
    while (at(m_at).isLetterOrNumber() || at(m_at) == u'_')
        ++m_at;
    if (braced && at(m_at) == u'}')
        ++m_at;
    add(start, CodeKind::Number);
    return true;
}

//! Annotations and attributes.
bool LineScanner::readMark()
{
    const qsizetype start = m_at;
    if (m_language.annotations && m_line[m_at] == u'@' && at(m_at + 1).isLetter()) {
        for (++m_at; isName(at(m_at)) || at(m_at) == u'.';)
            ++m_at;
    } else if (m_language.attributes && m_line[m_at] == u'#' &&
               (at(m_at + 1) == u'[' || (at(m_at + 1) == u'!' && at(m_at + 2) == u'['))) {
        const qsizetype end = m_line.indexOf(u']', m_at);
        m_at = end < 0 ? m_line.size() : end + 1;
    } else {
        return false;
    }
    add(start, CodeKind::Comment);
    return true;
}

bool LineScanner::readRegexp()
{
    if (!m_language.regexps || m_line[m_at] != u'/' || !m_regexpMayCome ||
        (!m_before.isNull() && !u"(,=:[!&|?{};>"_s.contains(m_before)))
        return false;
    bool inClass = false;
    for (qsizetype end = m_at + 1; end < m_line.size(); ++end) {
        const QChar c = m_line[end];
        if (c == u'\\') {
            ++end;
        } else if (c == u'[' || c == u']') {
            inClass = c == u'[';
        } else if (c == u'/' && !inClass) {
            const qsizetype start = m_at;
            for (m_at = end + 1; at(m_at).isLetter();)
                ++m_at;
            add(start, CodeKind::String);
            return true;
        }
    }
    m_regexpMayCome = false;
    return false;
}

bool LineScanner::readNumber()
{
    const auto isDigit = [this](qsizetype index) { return at(index) >= u'0' && at(index) <= u'9'; };
    if (!isDigit(m_at) && !(m_line[m_at] == u'.' && isDigit(m_at + 1) && !isName(at(m_at - 1))))
        return false;
    const qsizetype start = m_at++;
    for (; m_at < m_line.size(); ++m_at) {
        const QChar c = m_line[m_at];
        const QChar last = at(m_at - 1).toLower();
        const bool isPart = c.isLetterOrNumber() || c == u'_' || (c == u'.' && isDigit(m_at + 1)) ||
                            (c == u'\'' && isDigit(m_at - 1) && isDigit(m_at + 1)) ||
                            ((c == u'+' || c == u'-') && last == u'e' && isDigit(m_at + 1) &&
                             at(start + 1).toLower() != u'x');
        if (!isPart)
            break;
    }
    add(start, CodeKind::Number);
    return true;
}

bool LineScanner::readName()
{
    if (!isName(m_line[m_at]))
        return false;
    const qsizetype start = m_at;
    while (isName(at(m_at)))
        ++m_at;
    const QStringView name = m_line.sliced(start, m_at - start);
    const QString exact = QString::fromRawData(name.data(), name.size());
    const QString word = m_language.ignoresCase ? exact.toLower() : exact;
    const auto known = m_language.words.constFind(word);
    const bool titled = m_titleComes;
    const bool isMember = m_before == u'.' && m_language.grammar == CodeLanguage::Grammar::Program;
    m_before = at(m_at - 1);
    m_titleComes = false;
    if (known != m_language.words.cend() && !isMember) {
        add(start, *known);
        // A regular expression may stand after `return`, not after `this.size`.
        if (*known == CodeKind::Keyword)
            m_before = QChar();
        m_titleComes = m_language.titled.contains(word);
    } else if (titled || (m_language.grammar == CodeLanguage::Grammar::Program &&
                          at(skipBlanks(m_at)) == u'(')) {
        add(start, CodeKind::Title);
        m_titleComes = titled && m_language.titled.contains(word);
    }
    return true;
}

} // namespace runnel
