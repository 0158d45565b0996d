#include "storage/searchwords.h"

#include <algorithm>

namespace runnel {

namespace {

constexpr QChar separator(0x1F); // ASCII: one byte in the database

bool isWordCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

//! Whether words of its writing are not told apart by spaces.
bool standsAlone(char32_t c)
{
    if (c < 0x0E00) // below Thai, the first of them: most texts are done here
        return false;
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
    case QChar::Script_Bopomofo:
    case QChar::Script_Yi:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return isWordCharacter(c);
    default:
        return c == 0x30FC || c == 0xFF70; // the sign that makes vowels long is of two scripts
    }
}

} // namespace

QStringList wordsOf(const QString &search)
{
    QStringList words;
    QString word;
    for (const char32_t c : search.toUcs4()) {
        if (isWordCharacter(c)) {
            word += QString::fromUcs4(&c, 1);
        } else if (!word.isEmpty()) {
            words.append(std::exchange(word, {}));
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

QString spaced(const QString &text)
{
    if (std::ranges::all_of(text, [](QChar c) { return c.unicode() < 0x0E00; }))
        return {};
    QString result;
    result.reserve(text.size() + text.size() / 2);
    bool any = false;
    bool separates = false; // the character before stands alone
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        const bool isPair =
            text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (isPair)
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        const bool alone = standsAlone(c);
        if (!result.isEmpty() && (alone || (separates && isWordCharacter(c))))
            result += separator;
        result += text[i];
        if (isPair)
            result += text[++i];
        separates = alone;
        any = any || alone;
    }
    return any ? result : QString();
}

QString unspaced(QString text)
{
    return text.remove(separator);
}

QString folded(const QString &text)
{
    QString plain = text.normalized(QString::NormalizationForm_KD);
    plain.removeIf([](QChar c) { return c >= QChar(0x0300) && c <= QChar(0x036F); });
    return plain.toCaseFolded();
}

} // namespace runnel
