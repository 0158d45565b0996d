#include "highlight/languages.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

CodeLanguage curly(const char *keywords, const char *types, const char *literals)
{
    CodeLanguage language;
    addWords(language, CodeKind::Keyword, keywords);
    addWords(language, CodeKind::Type, types);
    addWords(language, CodeKind::Number, literals);
    language.titled = wordsOf("class struct enum union interface trait record object fn func fun "
                              "function namespace module impl protocol extension");
    language.lineComments = {u"//"_s};
    language.spans = {{u"/*"_s, u"*/"_s, CodeKind::Comment, false, true}};
    language.spans.push_back(quoted(u"\""_s));
    language.spans.push_back(quoted(u"'"_s));
    return language;
}

CodeLanguage cpp()
{
    CodeLanguage language = curly(
        "alignas alignof and asm auto break case catch class co_await co_return co_yield concept "
        "const consteval constexpr constinit const_cast continue decltype default delete do "
        "dynamic_cast else enum explicit export extern final for friend goto if import inline "
        "module mutable namespace new noexcept not operator or override private protected public "
        "register reinterpret_cast requires restrict return sizeof static static_assert "
        "static_cast struct switch template this thread_local throw try typedef typeid typename "
        "union using virtual volatile while",
        "bool char char8_t char16_t char32_t double float int int8_t int16_t int32_t int64_t long "
        "short signed size_t ssize_t ptrdiff_t uint8_t uint16_t uint32_t uint64_t unsigned void "
        "wchar_t string string_view vector map set array pair tuple optional variant unique_ptr "
        "shared_ptr unordered_map unordered_set std QString QList QObject QByteArray",
        "true false nullptr NULL");
    language.directives = true;
    language.spans.insert(language.spans.begin(),
                          {u"R\"("_s, u")\""_s, CodeKind::String, false, true});
    return language;
}

CodeLanguage javascript(bool typed)
{
    CodeLanguage language = curly(
        "as async await break case catch class const continue debugger default delete do else "
        "export extends finally for from function get if import in instanceof let new of return "
        "set static super switch this throw try typeof var void while with yield",
        "Array ArrayBuffer BigInt Boolean Date Error Function Intl JSON Map Math Number Object "
        "Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakSet WebSocket console document "
        "globalThis module process require window",
        "true false null undefined NaN Infinity");
    if (typed) {
        addWords(language, CodeKind::Keyword,
                 "abstract asserts declare enum implements infer interface is keyof namespace "
                 "override private protected public readonly satisfies type");
        addWords(language, CodeKind::Type, "any bigint boolean never number object string unknown");
        language.titled.append(u"type"_s);
    }
    language.spans.push_back(quoted(u"`"_s, true));
    language.nameSigns = u"$"_s;
    language.regexps = true;
    language.annotations = typed;
    return language;
}

CodeLanguage java()
{
    CodeLanguage language = curly(
        "abstract assert break case catch class const continue default do else enum exports "
        "extends final finally for goto if implements import instanceof interface module native "
        "new package permits private protected public record requires return sealed static "
        "strictfp super switch synchronized this throw throws transient try var void volatile "
        "while yield",
        "boolean byte char double float int long short Boolean Byte Character Double Float Integer "
        "List Long Map Object Set Short String",
        "true false null");
    language.annotations = true;
    language.spans.insert(language.spans.begin(), quoted(u"\"\"\""_s, true));
    return language;
}

CodeLanguage kotlin()
{
    CodeLanguage language = curly(
        "abstract actual annotation as break by catch class companion const constructor continue "
        "crossinline data do dynamic else enum expect external final finally for fun get if "
        "import in infix init inline inner interface internal is lateinit noinline object open "
        "operator out override package private protected public reified return sealed set super "
        "suspend tailrec this throw try typealias val value var vararg when where while",
        "Any Array Boolean Byte Char Double Float Int List Long Map Nothing Set Short String Unit",
        "true false null");
    language.annotations = true;
    language.spans.insert(language.spans.begin(), quoted(u"\"\"\""_s, true, false));
    language.spans[1].nests = true;
    return language;
}

CodeLanguage swift()
{
    CodeLanguage language = curly(
        "actor as associatedtype async await break case catch class continue convenience default "
        "defer deinit do dynamic else enum extension fallthrough fileprivate final for func guard "
        "if import in indirect init inout internal is lazy let mutating open operator override "
        "private protocol public repeat required rethrows return self some static struct subscript "
        "super switch throw throws try typealias unowned var weak where while",
        "Any Array Bool Character Dictionary Double Float Int Optional Result Set String Void",
        "true false nil");
    language.annotations = true;
    language.spans.insert(language.spans.begin(), quoted(u"\"\"\""_s, true));
    language.spans[1].nests = true;
    return language;
}

CodeLanguage csharp()
{
    CodeLanguage language = curly(
        "abstract as async await base break case catch checked class const continue default "
        "delegate do else enum event explicit extern finally fixed for foreach get goto if "
        "implicit "
        "in init interface internal is lock namespace new operator out override params partial "
        "private protected public readonly record ref required return sealed set sizeof stackalloc "
        "static struct switch this throw try typeof unchecked unsafe using value var virtual void "
        "volatile when where while with yield",
        "bool byte char decimal double dynamic float int long nint object sbyte short string uint "
        "ulong ushort",
        "true false null");
    language.directives = true;
    language.spans.insert(language.spans.begin(), quoted(u"\"\"\""_s, true, false));
    return language;
}

CodeLanguage rust()
{
    CodeLanguage language = curly(
        "as async await break const continue crate dyn else enum extern fn for if impl in let loop "
        "match mod move mut pub ref return self static struct super trait type union unsafe use "
        "where while",
        "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Box Option "
        "Result Self String Vec Some None Ok Err",
        "true false");
    language.titled.append(wordsOf("mod type"));
    language.spans[0].nests = true;
    language.spans[1].acrossLines = true;
    language.spans.insert(language.spans.begin(),
                          {u"r#\""_s, u"\"#"_s, CodeKind::String, false, true});
    language.attributes = true;
    language.shortQuotes = true;
    return language;
}

CodeLanguage go()
{
    CodeLanguage language = curly(
        "break case chan const continue default defer else fallthrough for func go goto if import "
        "interface map package range return select struct switch type var",
        "any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune "
        "string uint uint8 uint16 uint32 uint64 uintptr append cap close copy delete len make new "
        "panic print println recover",
        "true false nil iota");
    language.titled.append(u"type"_s);
    language.spans.push_back(quoted(u"`"_s, true, false));
    return language;
}

CodeLanguage php()
{
    CodeLanguage language = curly(
        "abstract and array as break case catch class clone const continue declare default do echo "
        "else elseif enum extends final finally fn for foreach function global if implements "
        "include include_once instanceof interface isset list match namespace new or print private "
        "protected public readonly require require_once return static switch throw trait try unset "
        "use var while yield",
        "bool float int iterable mixed never object self string void", "true false null");
    language.lineComments.append(u"#"_s);
    language.variableSign = u'$';
    language.attributes = true;
    language.ignoresCase = true;
    return language;
}

} // namespace

std::vector<NamedLanguage> curlyLanguages()
{
    CodeLanguage scala = kotlin();
    addWords(scala, CodeKind::Keyword,
             "def extends implicit given match new trait type with yield");
    scala.titled.append(u"def"_s);
    CodeLanguage dart = java();
    addWords(dart, CodeKind::Keyword,
             "async await extension factory get late mixin on required set");
    return {
        {wordsOf("cpp c++ cc cxx hpp hh hxx h h++ c arduino ino objectivec objc obj-c cuda glsl"),
         cpp()},
        {wordsOf("javascript js jsx mjs cjs qml"), javascript(false)},
        {wordsOf("typescript ts tsx mts cts"), javascript(true)},
        {wordsOf("java jsp groovy"), java()},
        {wordsOf("kotlin kt kts"), kotlin()},
        {wordsOf("scala"), scala},
        {wordsOf("dart"), dart},
        {wordsOf("swift"), swift()},
        {wordsOf("csharp cs c#"), csharp()},
        {wordsOf("rust rs"), rust()},
        {wordsOf("go golang"), go()},
        {wordsOf("php php8"), php()},
    };
}

} // namespace runnel
