#pragma once

#include <QString>
#include <QStringList>

namespace runnel {

//! The words of what somebody searches for: runs of letters and digits, as the full-text index
//! makes them.
[[nodiscard]] QStringList wordsOf(const QString &search);

//! A text as the full-text index can take it apart, when it has writing without spaces between
//! words (Chinese, Japanese, Thai …) or with particles joined to them (Korean): each such character
//! stands alone, U+001F beside it. A word is then a phrase of characters, and is found wherever it
//! stands. Null for a text that has no such character.
[[nodiscard]] QString spaced(const QString &text);
//! The text that was spaced.
[[nodiscard]] QString unspaced(QString text);

//! The same for all spellings that differ in case or in accents only.
[[nodiscard]] QString folded(const QString &text);

} // namespace runnel
