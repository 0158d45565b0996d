#include "storage/listcursor.h"

#include "protocol/codec.h"

namespace runnel {

std::optional<ListCursor> ListCursor::from(const QString &text)
{
    // The key may have a minus itself.
    const qsizetype first = text.indexOf(u'-');
    const qsizetype second = text.indexOf(u'-', first + 1);
    if (first != 1 || second < 0 || (text[0] != u'0' && text[0] != u'1'))
        return std::nullopt;
    bool ok = false;
    const qint64 updated = text.sliced(2, second - 2).toLongLong(&ok);
    QString key = text.sliced(second + 1);
    if (!ok || updated < 0 || !isValidId(key))
        return std::nullopt;
    return ListCursor{text[0] == u'1', updated, std::move(key)};
}

QString ListCursor::text() const
{
    return QStringLiteral("%1-%2-").arg(pinned ? 1 : 0).arg(updated) + key;
}

} // namespace runnel
