#include "highlight/openspan.h"

namespace runnel {

namespace {

// Of what is open: the span's number from 1 on, and above it how deep it is nested in itself.
constexpr int depthShift = 8;
constexpr int deepest = 1000;

} // namespace

int openedSpan(size_t number)
{
    return int(number) + 1;
}

const CodeSpan *spanOf(const CodeLanguage &language, int open)
{
    const int number = (open & ((1 << depthShift) - 1)) - 1;
    return number < 0 || size_t(number) >= language.spans.size() ? nullptr
                                                                 : &language.spans[size_t(number)];
}

SpanEnd endOfSpan(const CodeLanguage &language, int open, QStringView line, qsizetype at)
{
    const CodeSpan *const span = spanOf(language, open);
    if (!span)
        return {at, 0};
    int depth = open >> depthShift;
    while (at < line.size()) {
        const QStringView rest = line.sliced(at);
        if (span->escapes && rest[0] == u'\\') {
            at = qMin(at + 2, line.size());
        } else if (rest.startsWith(span->end)) {
            at += span->end.size();
            if (depth-- == 0)
                return {at, 0};
        } else if (span->nests && depth < deepest && rest.startsWith(span->begin)) {
            at += span->begin.size();
            ++depth;
        } else {
            ++at;
        }
    }
    const int number = open & ((1 << depthShift) - 1);
    return {at, span->acrossLines ? number | (depth << depthShift) : 0};
}

} // namespace runnel
