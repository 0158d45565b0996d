#pragma once

#include "highlight/codelanguage.h"

namespace runnel {

struct NamedLanguage
{
    QStringList names;
    CodeLanguage language;
};

//! C and what looks like it.
[[nodiscard]] std::vector<NamedLanguage> curlyLanguages();
//! Python, shells, SQL and others whose comments begin with a sign of their own.
[[nodiscard]] std::vector<NamedLanguage> scriptLanguages();
//! Markup, style sheets, settings, patches.
[[nodiscard]] std::vector<NamedLanguage> dataLanguages();

//! \a list split at blanks.
[[nodiscard]] QStringList wordsOf(const char *list);
//! Each word of \a list, which is parted by blanks, is of that \a kind in \a language.
void addWords(CodeLanguage &language, CodeKind kind, const char *list);
//! A span from \a mark to \a mark.
[[nodiscard]] CodeSpan quoted(const QString &mark, bool acrossLines = false, bool escapes = true);

} // namespace runnel
