#pragma once

#include "highlight/codelanguage.h"

namespace runnel {

//! How far a span reaches in its line, and what it leaves open.
struct SpanEnd
{
    qsizetype at = 0;
    int open = 0; //!< 0 where it ends in this line.
};

//! What stands in \a open for the span of that number, from 0 on, when it has just begun.
[[nodiscard]] int openedSpan(size_t number);
//! The span that \a open names; null when it names none.
[[nodiscard]] const CodeSpan *spanOf(const CodeLanguage &language, int open);
//! Goes on from \a at in the span that \a open names, to its end or that of \a line.
[[nodiscard]] SpanEnd endOfSpan(const CodeLanguage &language, int open, QStringView line,
                                qsizetype at);

} // namespace runnel
