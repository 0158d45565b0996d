#include "emulator/tokenizer.h"

#include <QChar>

#include <algorithm>

namespace runnel::emulator {

namespace {

constexpr qsizetype wordUnits = 7;
constexpr qsizetype digitUnits = 3;
constexpr qsizetype otherUnits = 4;

enum class CharacterKind { Letter, Digit, Space, Ideograph, Pair, Other };

CharacterKind kindOf(QStringView text)
{
    const QChar c = text.front();
    if (c.isHighSurrogate() && text.size() > 1 && text[1].isLowSurrogate())
        return CharacterKind::Pair;
    if (c.unicode() >= 0x2e80 && c.isLetter())
        return CharacterKind::Ideograph;
    if (c.isLetter() || c.isMark())
        return CharacterKind::Letter;
    if (c.isDigit())
        return CharacterKind::Digit;
    return c.isSpace() ? CharacterKind::Space : CharacterKind::Other;
}

//! Units of one kind from \a from on, at most \a most.
qsizetype runLength(QStringView text, qsizetype from, CharacterKind kind, qsizetype most)
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
    case CharacterKind::Pair:
        return 2;
    case CharacterKind::Ideograph:
        return 1;
    case CharacterKind::Letter:
        return runLength(text, 0, CharacterKind::Letter, wordUnits);
    case CharacterKind::Digit:
        return runLength(text, 0, CharacterKind::Digit, digitUnits);
    case CharacterKind::Space:
        // A blank belongs to the word behind it.
        if (text.front() == u' ' && text.size() > 1 &&
            kindOf(text.sliced(1)) == CharacterKind::Letter)
            return 1 + runLength(text, 1, CharacterKind::Letter, wordUnits);
        return runLength(text, 0, CharacterKind::Space, otherUnits);
    case CharacterKind::Other:
        return runLength(text, 0, CharacterKind::Other, otherUnits);
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
