#pragma once

#include "highlight/codescanner.h"

namespace runnel {

//! Walks once through a line of CSS, statement by statement: what ends with `{` is a selector.
class StyleScanner
{
public:
    StyleScanner(const CodeLanguage &language, QStringView line, int open);

    [[nodiscard]] ScannedLine scan();

private:
    void beginStatement();
    void step();
    bool readLineComment();
    void readSpan(qsizetype start, int open);
    void readName();
    [[nodiscard]] QChar at(qsizetype index) const;
    void add(qsizetype start, CodeKind kind);

    const CodeLanguage &m_language;
    QStringView m_line;
    qsizetype m_at = 0;
    bool m_inSelector = false;
    bool m_inValue = false;
    ScannedLine m_result;
};

} // namespace runnel
