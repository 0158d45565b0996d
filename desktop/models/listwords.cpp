#include "models/listwords.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace runnel::words {

using namespace Qt::StringLiterals;

namespace {

//! Where lupdate looks for these functions' texts.
struct ListWords
{
    Q_DECLARE_TR_FUNCTIONS(runnel::words)
};

} // namespace

QString dayGroup(const ListedConversation &conversation, const QDate &today)
{
    if (conversation.pinned)
        return ListWords::tr("Pinned");
    const QDate day = conversation.updatedAt.toLocalTime().date();
    if (!day.isValid())
        return ListWords::tr("Older");
    const qint64 days = day.daysTo(today);
    if (days <= 0) // A clock that is behind the server's.
        return ListWords::tr("Today");
    if (days == 1)
        return ListWords::tr("Yesterday");
    if (days <= 7)
        return ListWords::tr("Previous 7 days");
    if (days <= 30)
        return ListWords::tr("Previous 30 days");
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
