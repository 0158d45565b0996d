#include "highlight/languages.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

CodeLanguage script(const QString &comment, const char *keywords, const char *types,
                    const char *literals)
{
    CodeLanguage language;
    addWords(language, CodeKind::Keyword, keywords);
    addWords(language, CodeKind::Type, types);
    addWords(language, CodeKind::Number, literals);
    language.titled = wordsOf("class def function module");
    language.lineComments = {comment};
    language.spans = {quoted(u"\""_s), quoted(u"'"_s)};
    return language;
}

CodeLanguage python()
{
    CodeLanguage language = script(
        u"#"_s,
        "and as assert async await break case class continue def del elif else except finally for "
        "from global if import in is lambda match nonlocal not or pass raise return try while with "
        "yield",
        "abs all any bool bytes dict enumerate filter float frozenset int isinstance iter len list "
        "map max min next object open print range repr reversed set sorted str sum super tuple "
        "type zip",
        "True False None");
    language.annotations = true;
    language.spans.insert(language.spans.begin(),
                          {quoted(u"\"\"\""_s, true), quoted(u"'''"_s, true)});
    return language;
}

CodeLanguage ruby()
{
    CodeLanguage language = script(
        u"#"_s,
        "alias and begin break case class def defined? do else elsif end ensure for if in include "
        "module next not or private protected public raise redo require require_relative rescue "
        "retry return self super then undef unless until when while yield",
        "attr_accessor attr_reader attr_writer puts print", "true false nil");
    language.variableSign = u'@';
    language.commentsAfterBlank = true;
    return language;
}

CodeLanguage shell()
{
    CodeLanguage language = script(
        u"#"_s, "case do done elif else esac fi for function if in select then time until while",
        "alias bg break cd command continue declare echo eval exec exit export fg getopts hash "
        "jobs kill let local mapfile popd printf pushd pwd read readonly return set shift shopt "
        "source test trap type ulimit umask unalias unset wait apt apt-get awk cat chmod chown cp "
        "curl docker find git grep ls make mkdir mv npm pip python3 rm sed ssh sudo tar touch wget",
        "true false");
    language.spans[0].acrossLines = true;
    language.spans[1] = quoted(u"'"_s, true, false);
    language.nameSigns = u"-"_s;
    language.variableSign = u'$';
    language.commentsAfterBlank = true;
    return language;
}

CodeLanguage sql()
{
    CodeLanguage language = script(
        u"--"_s,
        "add all alter and any as asc begin between by case check column commit constraint create "
        "cross database default delete desc distinct drop else end except exists explain foreign "
        "from full grant group having if in index inner insert intersect into is join key left "
        "like limit not null offset on or order outer over partition pragma primary recursive "
        "references returning revoke right rollback select set table then transaction trigger "
        "union unique update using values view when where with",
        "avg bigint blob boolean char coalesce count date decimal double float int integer "
        "interval "
        "json jsonb max min numeric real serial smallint sum text time timestamp uuid varchar",
        "true false");
    language.spans.insert(language.spans.begin(),
                          {u"/*"_s, u"*/"_s, CodeKind::Comment, false, true});
    language.ignoresCase = true;
    return language;
}

CodeLanguage dockerfile()
{
    CodeLanguage language = script(
        u"#"_s,
        "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run "
        "shell stopsignal user volume workdir",
        "", "");
    language.titled.clear();
    language.nameSigns = u"-"_s;
    language.variableSign = u'$';
    language.ignoresCase = true;
    language.commentsAfterBlank = true;
    return language;
}

CodeLanguage cmake()
{
    CodeLanguage language = script(
        u"#"_s,
        "break continue else elseif endforeach endfunction endif endmacro endwhile foreach "
        "function "
        "if include macro option project return set unset while",
        "ALIAS AND CONFIG DEFINED EQUAL EXISTS IMPORTED INTERFACE MATCHES NOT OR PRIVATE PUBLIC "
        "REQUIRED SHARED STATIC STREQUAL TARGET VERSION",
        "ON OFF TRUE FALSE");
    language.titled.clear();
    language.spans = {quoted(u"\""_s, true)};
    language.variableSign = u'$';
    return language;
}

} // namespace

std::vector<NamedLanguage> scriptLanguages()
{
    CodeLanguage makefile =
        script(u"#"_s, "define else endef endif ifdef ifeq ifndef ifneq include override", "", "");
    makefile.variableSign = u'$';
    CodeLanguage lua = script(
        u"--"_s,
        "and break do else elseif end for function goto if in local not or "
        "repeat return then until while",
        "error ipairs pairs print require string table tonumber tostring type", "true false nil");
    lua.spans.insert(lua.spans.begin(), {{u"--[["_s, u"]]"_s, CodeKind::Comment, false, true},
                                         {u"[["_s, u"]]"_s, CodeKind::String, false, true}});
    CodeLanguage perl = script(u"#"_s,
                               "and die else elsif for foreach if last local my next not or our "
                               "package print return sub unless until use while",
                               "chomp defined grep join keys map push scalar shift sort split", "");
    perl.titled = wordsOf("sub package");
    perl.variableSign = u'$';
    CodeLanguage r = script(u"#"_s, "break else for function if in next repeat return while",
                            "c data.frame factor length library list matrix paste print seq",
                            "TRUE FALSE NULL NA Inf NaN");
    r.nameSigns = u"."_s;
    CodeLanguage haskell =
        script(u"--"_s,
               "case class data deriving do else if import in infixl infixr "
               "instance let module newtype of then type where",
               "Bool Char Double Either IO Int Integer Maybe String", "True False");
    haskell.spans = {{u"{-"_s, u"-}"_s, CodeKind::Comment, false, true, true}, quoted(u"\""_s)};
    return {
        {wordsOf("python py gyp ipython python3"), python()},
        {wordsOf("ruby rb gemspec podspec thor irb"), ruby()},
        {wordsOf("bash sh zsh shell console shellsession fish"), shell()},
        {wordsOf("sql sqlite postgresql postgres pgsql mysql plsql"), sql()},
        {wordsOf("dockerfile docker"), dockerfile()},
        {wordsOf("cmake cmake.in"), cmake()},
        {wordsOf("makefile mk mak make"), makefile},
        {wordsOf("lua"), lua},
        {wordsOf("perl pl pm"), perl},
        {wordsOf("r"), r},
        {wordsOf("haskell hs"), haskell},
    };
}

} // namespace runnel
