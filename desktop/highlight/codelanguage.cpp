#include "highlight/codelanguage.h"

#include "highlight/languages.h"

namespace runnel {

namespace {

QHash<QString, CodeLanguage> known()
{
    QHash<QString, CodeLanguage> all;
    const auto add = [&all](const std::vector<NamedLanguage> &languages) {
        for (const NamedLanguage &named : languages) {
            for (const QString &name : named.names)
                all.insert(name, named.language);
        }
    };
    add(curlyLanguages());
    add(scriptLanguages());
    add(dataLanguages());
    return all;
}

} // namespace

const CodeLanguage *codeLanguage(const QString &name)
{
    static const QHash<QString, CodeLanguage> all = known();
    const auto found = all.constFind(name.toLower());
    return found == all.cend() ? nullptr : &*found;
}

} // namespace runnel
