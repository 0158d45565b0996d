#include "highlight/codescanner.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace runnel;
using namespace Qt::StringLiterals;

namespace {

//! Every part of a text, with its own words: "k:return s:"a" ...".
QStringList partsOf(const QString &languageName, const QString &code)
{
    static constexpr char names[] = {'k', 's', 'n', 't', 'y', 'c', 'r'};
    const CodeLanguage *const language = codeLanguage(languageName);
    if (!language)
        return {u"not known"_s};
    QStringList parts;
    int open = 0;
    for (const QString &line : code.split(u'\n')) {
        const ScannedLine scanned = scanLine(*language, line, open);
        open = scanned.open;
        for (const CodeRange &range : scanned.ranges)
            parts.append(QLatin1Char(names[size_t(range.kind)]) + u':' +
                         line.sliced(range.start, range.length));
    }
    return parts;
}

//! Milliseconds for all of a text.
double costOf(const CodeLanguage &language, const QString &line, int lines)
{
    QElapsedTimer timer;
    timer.start();
    int open = 0;
    for (int i = 0; i < lines; ++i)
        open = scanLine(language, line, open).open;
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

class TestCodeScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreFound_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("parts");
        const auto row = [](const char *name, const char *language, const QString &code,
                            const QStringList &parts) {
            QTest::newRow(name) << QString::fromLatin1(language) << code << parts;
        };
        row("C++ includes, calls, characters and comments", "cpp",
            u"#include <map>\nint main() { return f('\\'', 1'000, \"a\\\"b\"); } // end"_s,
            {u"k:#include"_s, u"s:<map>"_s, u"y:int"_s, u"t:main"_s, u"k:return"_s, u"t:f"_s,
             u"s:'\\''"_s, u"n:1'000"_s, u"s:\"a\\\"b\""_s, u"c:// end"_s});
        row("a comment over several lines ends where it ends", "c++", u"/* one\ntwo */ int a;"_s,
            {u"c:/* one"_s, u"c:two */"_s, u"y:int"_s});
        row("a raw string over several lines", "cpp", u"f(R\"(a \"\nb)\", 1);"_s,
            {u"t:f"_s, u"s:R\"(a \""_s, u"s:b)\""_s, u"n:1"_s});
        row("a string that is not closed ends with its line", "java", u"a = \"b\nint c;"_s,
            {u"s:\"b"_s, u"y:int"_s});
        row("the class that is declared is a title", "java", u"@Override\nclass Foo extends Bar"_s,
            {u"c:@Override"_s, u"k:class"_s, u"t:Foo"_s, u"k:extends"_s});
        row("Python's doc strings go over lines", "py",
            u"@cached\ndef f(x):\n    \"\"\"One.\n    Two.\"\"\"\n    return None  # no"_s,
            {u"c:@cached"_s, u"k:def"_s, u"t:f"_s, u"s:\"\"\"One."_s, u"s:    Two.\"\"\""_s,
             u"k:return"_s, u"n:None"_s, u"c:# no"_s});
        row("JavaScript's templates go over lines", "js", u"const a = `x\ny`; let b;"_s,
            {u"k:const"_s, u"s:`x"_s, u"s:y`"_s, u"k:let"_s});
        row("a regular expression is a string", "javascript", u"x = /[/\"]+/g; y"_s,
            {u"s:/[/\"]+/g"_s});
        row("a division is none", "javascript", u"x = a / b / c; return /d/;"_s,
            {u"k:return"_s, u"s:/d/"_s});
        row("TypeScript has types", "ts", u"interface A { b: string }"_s,
            {u"k:interface"_s, u"t:A"_s, u"y:string"_s});
        row("a shell's variables, comments and signs", "bash",
            u"for f in $HOME; do echo \"${f}\" '$x'; done # a#b $#"_s,
            {u"k:for"_s, u"k:in"_s, u"n:$HOME"_s, u"k:do"_s, u"y:echo"_s, u"s:\"${f}\""_s,
             u"s:'$x'"_s, u"k:done"_s, u"c:# a#b $#"_s});
        row("a sign within a word begins no comment", "sh", u"curl http://a/#b"_s, {u"y:curl"_s});
        row("JSON's keys are not its strings", "json", u"{\"a\": \"b\", \"c\" : [1.5e-3, true]}"_s,
            {u"n:\"a\""_s, u"s:\"b\""_s, u"n:\"c\""_s, u"n:1.5e-3"_s, u"n:true"_s});
        row("YAML's keys, texts with apostrophes, comments", "yaml",
            u"- name: don't # why\n  port: 80\n  url: http://a:1\n  on: 'x: y'"_s,
            {u"n:name"_s, u"c:# why"_s, u"n:port"_s, u"n:80"_s, u"n:url"_s, u"n:1"_s, u"n:on"_s,
             u"s:'x: y'"_s});
        row("TOML's sections and keys", "toml", u"[a.b]\nc = \"d\" # e\nf = true"_s,
            {u"k:[a.b]"_s, u"n:c"_s, u"s:\"d\""_s, u"c:# e"_s, u"n:f"_s, u"n:true"_s});
        row("settings have two signs for comments", "ini", u"; a\n[b]\nc=d"_s,
            {u"c:; a"_s, u"k:[b]"_s, u"n:c"_s});
        row("tags, attributes and comments", "html",
            u"<!-- a\nb --><a href=\"c\"\n title='d'>e &lt; f</a>"_s,
            {u"c:<!-- a"_s, u"c:b -->"_s, u"t:a"_s, u"n:href"_s, u"s:\"c\""_s, u"n:title"_s,
             u"s:'d'"_s, u"t:a"_s});
        row("a script in a page is JavaScript", "html",
            u"<script>\nif (a < b) /* c\nd */ f();\n</script><p>if</p>"_s,
            {u"t:script"_s, u"k:if"_s, u"c:/* c"_s, u"c:d */"_s, u"t:f"_s, u"t:script"_s, u"t:p"_s,
             u"t:p"_s});
        row("XML's declarations", "xml", u"<?xml version=\"1.0\"?><a b=\"c\"/>d"_s,
            {u"c:<?xml version=\"1.0\"?>"_s, u"t:a"_s, u"n:b"_s, u"s:\"c\""_s});
        row("selectors and properties", "css",
            u"/* a */ p.b:hover, #c { color: #fff; width: calc(1.5em) }"_s,
            {u"c:/* a */"_s, u"k:p"_s, u"t:.b"_s, u"k:hover"_s, u"t:#c"_s, u"n:color"_s,
             u"n:#fff"_s, u"n:width"_s, u"y:calc"_s, u"n:1.5em"_s});
        row("SQL in any case", "sql", u"SELECT count(*) from t -- all\nwhere a = 'b''c'"_s,
            {u"k:SELECT"_s, u"y:count"_s, u"k:from"_s, u"c:-- all"_s, u"k:where"_s, u"s:'b'"_s,
             u"s:'c'"_s});
        row("Rust's lifetimes are no characters, its comments nest", "rust",
            u"#[test]\nfn f<'a>(x: &'a str) { 'b' /* 1 /* 2\n*/ 3 */ }"_s,
            {u"c:#[test]"_s, u"k:fn"_s, u"t:f"_s, u"y:str"_s, u"s:'b'"_s, u"c:/* 1 /* 2"_s,
             u"c:*/ 3 */"_s});
        row("Go's raw strings", "go", u"func main() { x := `a\n\\` }"_s,
            {u"k:func"_s, u"t:main"_s, u"s:`a"_s, u"s:\\`"_s});
        row("Kotlin", "kotlin", u"fun f(a: Int?) = null"_s,
            {u"k:fun"_s, u"t:f"_s, u"y:Int"_s, u"n:null"_s});
        row("a patch", "diff", u"--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same"_s,
            {u"c:--- a"_s, u"c:+++ b"_s, u"c:@@ -1 +1 @@"_s, u"r:-old"_s, u"s:+new"_s});
        row("a Dockerfile", "Dockerfile", u"FROM debian:12 AS b\nRUN echo $A # c"_s,
            {u"k:FROM"_s, u"n:12"_s, u"k:AS"_s, u"k:RUN"_s, u"n:$A"_s, u"c:# c"_s});
        row("CMake", "cmake", u"add_library(a ${B}) # c"_s,
            {u"t:add_library"_s, u"n:${B}"_s, u"c:# c"_s});
        row("an empty line", "cpp", u""_s, {});
        row("signs beyond the first plane", "py", u"x = '😀' # 😀"_s, {u"s:'😀'"_s, u"c:# 😀"_s});
    }
    void partsAreFound()
    {
        QFETCH(QString, language);
        QFETCH(QString, code);
        QFETCH(QStringList, parts);
        QCOMPARE(partsOf(language, code), parts);
    }

    void languagesAreKnownByThePagesNames_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("same");
        for (const auto &[name, same] :
             std::initializer_list<std::pair<const char *, const char *>>{{"c++", "cpp"},
                                                                          {"CPP", "cpp"},
                                                                          {"h", "cpp"},
                                                                          {"py", "python"},
                                                                          {"mjs", "js"},
                                                                          {"jsx", "javascript"},
                                                                          {"tsx", "typescript"},
                                                                          {"sh", "bash"},
                                                                          {"zsh", "bash"},
                                                                          {"shell", "bash"},
                                                                          {"yml", "yaml"},
                                                                          {"htm", "html"},
                                                                          {"svg", "xml"},
                                                                          {"rs", "rust"},
                                                                          {"golang", "go"},
                                                                          {"kt", "kotlin"},
                                                                          {"c#", "csharp"},
                                                                          {"patch", "diff"},
                                                                          {"docker", "dockerfile"},
                                                                          {"mk", "makefile"},
                                                                          {"jsonc", "json"},
                                                                          {"rb", "ruby"}})
            QTest::addRow("%s is %s", name, same)
                << QString::fromLatin1(name) << QString::fromLatin1(same);
    }
    void languagesAreKnownByThePagesNames()
    {
        QFETCH(QString, name);
        QFETCH(QString, same);
        const CodeLanguage *const language = codeLanguage(name);
        const CodeLanguage *const other = codeLanguage(same);
        QVERIFY(language);
        QVERIFY(other);
        QVERIFY(language->words == other->words);
        QVERIFY(language->grammar == other->grammar);
    }

    void whatIsNotKnownStaysPlain_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("no name") << u""_s;
        QTest::newRow("text") << u"text"_s;
        QTest::newRow("a name that nobody has") << u"brainfog"_s;
        QTest::newRow("a path") << u"../../etc/passwd"_s;
        QTest::newRow("a very long name") << QString(100'000, u'x');
    }
    void whatIsNotKnownStaysPlain()
    {
        QFETCH(QString, name);
        QVERIFY(!codeLanguage(name));
    }

    void rangesAreInOrderAndWithinTheirLine_data() { everyLanguage(); }
    void rangesAreInOrderAndWithinTheirLine()
    {
        QFETCH(QString, name);
        const CodeLanguage &language = *codeLanguage(name);
        // The same lines each time.
        quint32 seed = 1;
        const auto next = [&seed](quint32 below) {
            seed = seed * 1'664'525 + 1'013'904'223;
            return (seed >> 8) % below;
        };
        const QStringList pieces = hostilePieces();
        int open = 0;
        for (int i = 0; i < 2'000; ++i) {
            QString line;
            for (quint32 n = next(12); n > 0; --n)
                line += pieces[next(quint32(pieces.size()))];
            const ScannedLine scanned =
                scanLine(language, line, i % 7 == 0 ? int(seed >> 4) : open);
            open = scanned.open;
            qsizetype end = 0;
            for (const CodeRange &range : scanned.ranges) {
                QVERIFY2(range.start >= end && range.length > 0, qPrintable(line));
                end = range.start + range.length;
            }
            QVERIFY2(end <= line.size(), qPrintable(line));
        }
    }

    void timeIsLinearInALinesLength_data() { everyLanguage(); }
    void timeIsLinearInALinesLength()
    {
        QFETCH(QString, name);
        const CodeLanguage &language = *codeLanguage(name);
        for (const QString &piece :
             hostilePieces() + QStringList{u"/* /* "_s, u"a(\"b\", 1); "_s}) {
            // As many signs each: many short lines, and one of 10,000. 10 if it were quadratic.
            const QString line = piece.repeated(1'000 / piece.size());
            double many = 1e9, one = 1e9;
            // The best of some runs: what else the machine does makes single ones slow, quadratic
            // ones are never fast.
            for (int i = 0; i < 3 || (i < 30 && one >= 4 * many + 1); ++i) {
                many = std::min(many, costOf(language, line, 10));
                one = std::min(one, costOf(language, line.repeated(10), 1));
            }
            QVERIFY2(
                one < 4 * many + 1,
                qPrintable(u"%1: %2 ms in lines, %3 ms in one"_s.arg(piece).arg(many).arg(one)));
        }
    }

private:
    static QStringList hostilePieces()
    {
        return {u"a"_s,  u"a "_s, u"\""_s,   u"'"_s,    u"\\"_s,       u"\"\\"_s,      u"/*"_s,
                u"*/"_s, u"/"_s,  u"=/"_s,   u"<"_s,    u"<a "_s,      u"<!--"_s,      u"-->"_s,
                u"("_s,  u"a("_s, u"${"_s,   u"$"_s,    u"#"_s,        u"#["_s,        u"@a"_s,
                u"1."_s, u"1'"_s, u"{"_s,    u"}"_s,    u";"_s,        u":"_s,         u"a:"_s,
                u"["_s,  u"]"_s,  u"`"_s,    u"R\"("_s, u"r#\""_s,     u"'''"_s,       u"- "_s,
                u" "_s,  u"\t"_s, u"="_s,    u","_s,    u"<script>"_s, u"</script>"_s, u"<style>"_s,
                u"😀"_s,  u"--"_s, u"--[["_s, u"{-"_s,   u"http://"_s,  u"\u202e"_s};
    }

    static void everyLanguage()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"cpp",   "javascript", "typescript", "java",  "kotlin",   "scala",  "dart",
              "swift", "csharp",     "rust",       "go",    "php",      "python", "ruby",
              "bash",  "sql",        "dockerfile", "cmake", "makefile", "lua",    "perl",
              "r",     "haskell",    "json",       "html",  "css",      "scss",   "yaml",
              "ini",   "properties", "toml",       "diff"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
};

QTEST_APPLESS_MAIN(TestCodeScanner)
#include "tst_codescanner.moc"
