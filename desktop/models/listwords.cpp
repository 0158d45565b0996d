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

Excerpt withoutMarkup(const QString &text, const Ranges &ranges)
{
    // What goes, but for what is named: it stays. A mark of emphasis has a word at one side only,
    // so that 2**3 is none, and the mark of a heading a space behind it, so that C# is none.
    static const QRegularExpression markup(
        uR"((`{3,})(?:[\w+#.-]+(?=\s|$))?(?<fenced>.*?)(?:\1|$))"
        uR"(|(`+)(?<code>[^`].*?)\3(?!`)|`+)"
        uR"(|(?<![\w*])(?:\*{1,3}(?=[^\s*])|~~(?=\S))|(?<=[^\s*])(?:\*{1,3}+|~~)(?!\w))"
        uR"(|(?:(?<=\s)|^)#{1,6}\s+)"
        uR"(|!?\[(?=[^\]\[]*\]\()|\]\([^)\s]*\)?)"
        uR"(|\|(?:\s?:?-+:?\s?\|)+\s?)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    Excerpt excerpt;
    QList<qsizetype> places; // Of each character of the text in the excerpt.
    places.reserve(text.size() + 1);
    const auto keep = [&](qsizetype to) {
        while (places.size() < to) {
            const QChar c = text[places.size()];
            places.append(excerpt.text.size());
            excerpt.text += c;
        }
    };
    const auto drop = [&](qsizetype to) {
        while (places.size() < to)
            places.append(excerpt.text.size());
    };
    for (auto match = markup.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch one = match.next();
        keep(one.capturedStart());
        for (const auto &name : {u"fenced", u"code"}) {
            if (one.capturedStart(name) < 0)
                continue;
            drop(one.capturedStart(name));
            keep(one.capturedEnd(name));
        }
        drop(one.capturedEnd());
    }
    keep(text.size());
    drop(text.size() + 1);
    for (const auto &[from, to] : ranges) {
        const int begin = int(places[from]);
        const int end = int(places[to]);
        if (end > begin)
            excerpt.ranges.append({begin, end});
    }
    return excerpt;
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
