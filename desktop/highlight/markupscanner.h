#pragma once

#include "highlight/codescanner.h"

namespace runnel {

//! Walks once through a line of HTML or XML; what stands in script and style elements is scanned as
//! JavaScript and CSS.
class MarkupScanner
{
public:
    MarkupScanner(QStringView line, int open);

    [[nodiscard]] ScannedLine scan();

private:
    //! What is open; Script and Style have what is open in them in the higher bits.
    enum State { Text, Comment, Tag, Script, Style };

    void readText();
    void readComment();
    void readTagName();
    void readInTag();
    void readEmbedded();
    [[nodiscard]] QChar at(qsizetype index) const;
    void add(qsizetype start, CodeKind kind);

    QStringView m_line;
    qsizetype m_at = 0;
    State m_state;
    State m_after = Text; //!< What follows the tag.
    int m_inner;
    std::vector<CodeRange> m_ranges;
};

} // namespace runnel
