#include "highlight/languages.h"

namespace runnel {

using namespace Qt::StringLiterals;

QStringList wordsOf(const char *list)
{
    return QString::fromLatin1(list).split(u' ', Qt::SkipEmptyParts);
}

void addWords(CodeLanguage &language, CodeKind kind, const char *list)
{
    for (const QString &word : wordsOf(list))
        language.words.insert(word, kind);
}

CodeSpan quoted(const QString &mark, bool acrossLines, bool escapes)
{
    return {mark, mark, CodeKind::String, escapes, acrossLines};
}

namespace {

CodeLanguage json()
{
    CodeLanguage language;
    addWords(language, CodeKind::Number, "true false null");
    language.lineComments = {u"//"_s};
    language.spans = {{u"/*"_s, u"*/"_s, CodeKind::Comment, false, true}, quoted(u"\""_s)};
    language.keyStrings = true;
    return language;
}

CodeLanguage settings(const QString &separators)
{
    CodeLanguage language;
    language.grammar = CodeLanguage::Grammar::Settings;
    addWords(language, CodeKind::Number, "true false null yes no on off");
    language.separators = separators;
    language.lineComments = {u"#"_s};
    language.commentsAfterBlank = true;
    language.spans = {quoted(u"\""_s), quoted(u"'"_s, false, false)};
    language.nameSigns = u"-./"_s;
    return language;
}

} // namespace

std::vector<NamedLanguage> dataLanguages()
{
    CodeLanguage markup;
    markup.grammar = CodeLanguage::Grammar::Markup;
    CodeLanguage style;
    style.grammar = CodeLanguage::Grammar::Style;
    style.spans = {
        {u"/*"_s, u"*/"_s, CodeKind::Comment, false, true}, quoted(u"\""_s), quoted(u"'"_s)};
    CodeLanguage nestedStyle = style;
    nestedStyle.lineComments = {u"//"_s};
    CodeLanguage yaml = settings(u":"_s);
    yaml.separatorNeedsBlank = true;
    CodeLanguage ini = settings(u"="_s);
    ini.lineComments.append(u";"_s);
    CodeLanguage toml = settings(u"="_s);
    toml.spans.insert(toml.spans.begin(),
                      {quoted(u"\"\"\""_s, true), quoted(u"'''"_s, true, false)});
    CodeLanguage patch;
    patch.grammar = CodeLanguage::Grammar::Patch;
    return {
        {wordsOf("json jsonc json5 geojson webmanifest"), json()},
        {wordsOf("html xhtml htm xml rss atom xjb xsd xsl plist wsf svg vue svelte"), markup},
        {wordsOf("css"), style},
        {wordsOf("scss less"), nestedStyle},
        {wordsOf("yaml yml"), yaml},
        {wordsOf("ini desktop"), ini},
        {wordsOf("properties env dotenv"), settings(u"=:"_s)},
        {wordsOf("toml"), toml},
        {wordsOf("diff patch"), patch},
    };
}

} // namespace runnel
