#include "storage/conversationtitle.h"

namespace runnel {

QString titleFrom(const QString &firstMessage)
{
    constexpr qsizetype longest = 60;
    const QString trimmed = firstMessage.trimmed();
    const QString line = trimmed.left(trimmed.indexOf(u'\n')).simplified();
    if (line.size() <= longest)
        return line;
    // A pair of surrogates stays whole.
    const qsizetype end = line.at(longest - 2).isHighSurrogate() ? longest - 2 : longest - 1;
    QString start = line.left(end);
    while (start.endsWith(u' '))
        start.chop(1);
    return start + u'…';
}

} // namespace runnel
