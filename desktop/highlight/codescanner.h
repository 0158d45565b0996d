#pragma once

#include "highlight/codelanguage.h"

namespace runnel {

//! A part of a line and what it is; start and length in UTF-16 units.
struct CodeRange
{
    qsizetype start = 0;
    qsizetype length = 0;
    CodeKind kind = CodeKind::Keyword;

    friend bool operator==(const CodeRange &, const CodeRange &) = default;
};

struct ScannedLine
{
    std::vector<CodeRange> ranges; //!< From left to right; they do not overlap.
    int open = 0;                  //!< What the line leaves open; 0 when nothing.
};

//! The parts of \a line, which has no line break, after lines that left \a open open. Takes time in
//! proportion to the line's length, whatever stands in it: what was looked for in vain is not
//! looked for again.
[[nodiscard]] ScannedLine scanLine(const CodeLanguage &language, QStringView line, int open);

} // namespace runnel
