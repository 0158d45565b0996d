#include "models/listwords.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace runnel::words {

using namespace Qt::StringLiterals;

QString dayGroup(const ListedConversation &conversation, const QDate &today)
{
    if (conversation.pinned)
        return QCoreApplication::translate("runnel::words", "Pinned");
    const QDate day = conversation.updatedAt.toLocalTime().date();
    if (!day.isValid())
        return QCoreApplication::translate("runnel::words", "Older");
    const qint64 days = day.daysTo(today);
    if (days <= 0) // A clock that is behind the server's.
        return QCoreApplication::translate("runnel::words", "Today");
    if (days == 1)
        return QCoreApplication::translate("runnel::words", "Yesterday");
    if (days <= 7)
        return QCoreApplication::translate("runnel::words", "Previous 7 days");
    if (days <= 30)
        return QCoreApplication::translate("runnel::words", "Previous 30 days");
    if (day.year() == today.year())
        return QLocale().standaloneMonthName(day.month());
    return QString::number(day.year());
}

Ranges rangesOf(const QString &text, const QString &words)
{
    static const QRegularExpression between(u"[^\\p{L}\\p{M}\\p{N}]+"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    // Letters and digits only: nothing to escape.
    const QStringList wanted = words.split(between, Qt::SkipEmptyParts);
    if (wanted.isEmpty())
        return {};
    const QRegularExpression any(u"(?<![\\p{L}\\p{M}\\p{N}])(?:%1)"_s.arg(wanted.join(u'|')),
                                 QRegularExpression::CaseInsensitiveOption |
                                     QRegularExpression::UseUnicodePropertiesOption);
    Ranges ranges;
    for (auto match = any.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        ranges.append({int(one.capturedStart()), int(one.capturedEnd())});
    }
    return ranges;
}

QString marked(const QString &text, const Ranges &ranges)
{
    QString html;
    int at = 0;
    for (const auto &[from, to] : ranges) {
        html += text.mid(at, from - at).toHtmlEscaped() + u"<b>"_s +
                text.mid(from, to - from).toHtmlEscaped() + u"</b>"_s;
        at = to;
    }
    return html + text.mid(at).toHtmlEscaped();
}

} // namespace runnel::words
