#pragma once

#include "highlight/codescanner.h"

namespace runnel {

//! Walks once through a line of a program, of settings, or of a value in a style sheet.
class LineScanner
{
public:
    LineScanner(const CodeLanguage &language, QStringView line, int open);

    [[nodiscard]] ScannedLine scan();

private:
    void closeSpan(); //!< Goes on in what the lines before left open.
    void step();
    bool readDirective();
    bool readKey();
    bool readSection();
    bool readComment();
    bool readSpan();
    bool readVariable();
    bool readMark();
    bool readNumber();
    bool readName();
    bool readRegexp();
    [[nodiscard]] bool opensSpan(const CodeSpan &span) const;
    [[nodiscard]] bool isName(QChar c) const;
    [[nodiscard]] qsizetype skipBlanks(qsizetype at) const;
    [[nodiscard]] QChar at(qsizetype index) const;
    void add(qsizetype start, CodeKind kind);

    const CodeLanguage &m_language;
    QStringView m_line;
    qsizetype m_at = 0;
    QChar m_before;              //!< The last sign that was no blank.
    bool m_titleComes = false;   //!< The last word declares what the next one names.
    bool m_regexpMayCome = true; //!< False once the line has no end for one.
    ScannedLine m_result;
};

} // namespace runnel
