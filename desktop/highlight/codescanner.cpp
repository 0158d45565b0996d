#include "highlight/codescanner.h"

#include "highlight/linescanner.h"
#include "highlight/markupscanner.h"
#include "highlight/stylescanner.h"

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

ScannedLine scanPatchLine(QStringView line)
{
    ScannedLine scanned;
    const auto begins = [line](const QString &with) { return line.startsWith(with); };
    const auto all = [&](CodeKind kind) { scanned.ranges.push_back({0, line.size(), kind}); };
    if (begins(u"@@"_s) || begins(u"+++"_s) || begins(u"---"_s) || begins(u"diff "_s) ||
        begins(u"index "_s))
        all(CodeKind::Comment);
    else if (begins(u"+"_s))
        all(CodeKind::String);
    else if (begins(u"-"_s))
        all(CodeKind::Removed);
    return scanned;
}

} // namespace

ScannedLine scanLine(const CodeLanguage &language, QStringView line, int open)
{
    switch (language.grammar) {
    case CodeLanguage::Grammar::Markup:
        return MarkupScanner(line, open).scan();
    case CodeLanguage::Grammar::Style:
        return StyleScanner(language, line, open).scan();
    case CodeLanguage::Grammar::Patch:
        return scanPatchLine(line);
    case CodeLanguage::Grammar::Program:
    case CodeLanguage::Grammar::Settings:
        break;
    }
    return LineScanner(language, line, open).scan();
}

} // namespace runnel
