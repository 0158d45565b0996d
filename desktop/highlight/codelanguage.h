#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace runnel {

//! What a part of code is. The same parts have the same colours as in the page, see `prose.css`.
enum class CodeKind {
    Keyword,
    String, //!< What a patch adds, too.
    Number, //!< Also true and null, variables, and the names of keys and attributes.
    Title,  //!< The name of what is declared or called, of a tag, of a CSS class.
    Type,
    Comment,
    Removed, //!< By a patch.
};

//! What begins and ends with marks: a comment, a string.
struct CodeSpan
{
    QString begin;
    QString end;
    CodeKind kind = CodeKind::String;
    bool escapes = true;      //!< A backslash takes the end's meaning away.
    bool acrossLines = false; //!< Else it ends with its line at the latest.
    bool nests = false;
};

//! What is known of a language: enough to colour it, not to parse it.
struct CodeLanguage
{
    enum class Grammar {
        Program,
        Markup,
        Style,
        Settings, //!< Keys and values, one a line.
        Patch,
    };

    Grammar grammar = Grammar::Program;
    QHash<QString, CodeKind> words;
    QStringList titled;          //!< Words that are followed by what they declare: `class`.
    QStringList lineComments;    //!< What begins one.
    std::vector<CodeSpan> spans; //!< The longer ones first.
    QString nameSigns;           //!< Beside letters, digits and `_` in names.
    QChar variableSign;          //!< Before variables: `$`.
    QString separators;          //!< Settings: between key and value.
    bool ignoresCase = false;
    bool commentsAfterBlank = false; //!< `#` within a word begins none.
    bool directives = false;         //!< `#include`
    bool annotations = false;        //!< `@Override`
    bool attributes = false;         //!< `#[derive(Debug)]`
    bool regexps = false;            //!< `/[a-z]+/`
    bool shortQuotes = false; //!< `'` is a quote only around one sign: Rust has lifetimes, too.
    bool keyStrings = false;  //!< A string before a colon is a key.
    bool separatorNeedsBlank = false; //!< Settings: `a:b` is no key with its value.
};

//! The language that the first word of a fence means, in any case, by its name or one of the names
//! that the page knows it by; null for one that is not known. Lives as long as the program.
[[nodiscard]] const CodeLanguage *codeLanguage(const QString &name);

} // namespace runnel
