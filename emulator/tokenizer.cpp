#include "emulator/tokenizer.h"

#include <QChar>

#include <algorithm>

namespace runnel::emulator {

namespace {

constexpr qsizetype wordUnits = 7;
constexpr qsizetype digitUnits = 3;
constexpr qsizetype otherUnits = 4;

enum class Kind { Letter, Digit, Space, Ideograph, Pair, Other };

Kind kindOf(QStringView text)
{
    const QChar c = text.front();
    if (c.isHighSurrogate() && text.size() > 1 && text[1].isLowSurrogate())
        return Kind::Pair;
    if (c.unicode() >= 0x2e80 && c.isLetter())
        return Kind::Ideograph;
    if (c.isLetter() || c.isMark())
        return Kind::Letter;
    if (c.isDigit())
        return Kind::Digit;
    return c.isSpace() ? Kind::Space : Kind::Other;
}

//! Units of one kind from \a from on, at most \a most.
qsizetype runLength(QStringView text, qsizetype from, Kind kind, qsizetype most)
{
    const qsizetype end = std::min(text.size(), from + most);
    qsizetype at = from;
    while (at < end && kindOf(text.sliced(at)) == kind)
        ++at;
    return at - from;
}

} // namespace

qsizetype tokenLength(QStringView text)
{
    if (text.isEmpty())
        return 0;
    switch (kindOf(text)) {
    case Kind::Pair:
        return 2;
    case Kind::Ideograph:
        return 1;
    case Kind::Letter:
        return runLength(text, 0, Kind::Letter, wordUnits);
    case Kind::Digit:
        return runLength(text, 0, Kind::Digit, digitUnits);
    case Kind::Space:
        // A blank belongs to the word behind it.
        if (text.front() == u' ' && text.size() > 1 && kindOf(text.sliced(1)) == Kind::Letter)
            return 1 + runLength(text, 1, Kind::Letter, wordUnits);
        return runLength(text, 0, Kind::Space, otherUnits);
    case Kind::Other:
        return runLength(text, 0, Kind::Other, otherUnits);
    }
    return 1;
}

int countTokens(QStringView text)
{
    int tokens = 0;
    while (!text.isEmpty()) {
        text = text.sliced(tokenLength(text));
        ++tokens;
    }
    return tokens;
}

} // namespace runnel::emulator
