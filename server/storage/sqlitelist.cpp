#include "storage/sqlitelist.h"

#include "storage/listcursor.h"
#include "storage/searchwords.h"
#include "storage/sqliterows.h"

#include <QHash>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace runnel {

namespace {

QString escaped(const QString &word)
{
    QString pattern = word;
    for (const char16_t special : {u'\\', u'%', u'_'})
        pattern.replace(QChar(special), QStringLiteral("\\") + QChar(special));
    return u'%' + pattern + u'%';
}

//! The words around the place in the messages that were found, by their rows. One pass over all
//! that the index finds: asked for each message alone, a start of many words would be looked up
//! again each time.
QString addSnippets(const SqliteConnection &connection, const QString &match,
                    const QHash<qint64, ConversationSummary *> &found)
{
    QStringList rows;
    for (auto it = found.cbegin(); it != found.cend(); ++it)
        rows.append(QString::number(it.key()));
    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    // The plus keeps the rows out of the index' hands.
    query.prepare(QStringLiteral("SELECT m.id, m.message_id, snippet(search, 0, char(57344),"
                                 " char(57345), '…', iif(m.spaced IS NULL, 16, 48))"
                                 " FROM search JOIN messages m ON m.id = search.rowid"
                                 " WHERE search MATCH ? AND +search.rowid IN (%1)")
                      .arg(rows.join(u',')));
    query.addBindValue(match);
    if (!query.exec())
        return query.lastError().databaseText();
    while (query.next()) {
        ConversationSummary &summary = *found.value(query.value(0).toLongLong());
        summary.messageId = query.value(1).toString();
        summary.snippet = unspaced(query.value(2).toString()).simplified();
    }
    return problemOf(query);
}

//! \a inTitle: what the title must be like, for each word.
QString pageSql(bool searches, const QStringList &inTitle)
{
    const QString sql = QStringLiteral(
        "SELECT c.id, c.name, coalesce(c.title, c.first_words), c.pinned, c.created, c.updated,"
        " (SELECT count(*) FROM messages m WHERE m.conversation = c.id), %1 AS found"
        " FROM conversations c WHERE c.removed IS NULL AND c.first_words <> ''"
        " AND (c.pinned, c.updated, c.id) < (?, ?, ?) %2"
        " ORDER BY c.pinned DESC, c.updated DESC, c.id DESC LIMIT ?");
    if (!searches)
        return sql.arg(QStringLiteral("NULL"), QString());
    // What is found is gathered once; then the conversations are looked through in the order of the
    // list until the page is full. The plus keeps SQLite from going through what was found again
    // for each of them.
    return QStringLiteral("WITH hits (id) AS MATERIALIZED"
                          " (SELECT rowid FROM search WHERE search MATCH ?) ") +
           sql.arg(QStringLiteral("(SELECT max(m.id) FROM messages m WHERE m.conversation = c.id"
                                  " AND +m.id IN hits)"),
                   QStringLiteral("AND (found IS NOT NULL OR (") +
                       inTitle.join(QStringLiteral(" AND ")) + QStringLiteral("))"));
}

} // namespace

QString matchFor(const QString &search)
{
    QStringList phrases;
    for (const QString &word : wordsOf(search)) {
        const QString apart = spaced(word);
        phrases.append(u'"' + (apart.isNull() ? word : apart) + u'"');
    }
    if (phrases.isEmpty())
        return {};
    // A single letter would begin a fifth of all words there are.
    const bool isStart = phrases.last().size() > 3;
    return phrases.join(u' ') + (isStart ? QStringLiteral("*") : QString());
}

Result<ConversationPage, QString> readPage(const SqliteConnection &connection,
                                           const ConversationQuery &asked)
{
    const int limit = std::clamp(asked.limit, 1, ConversationQuery::maxLimit);
    const std::optional<ListCursor> after = ListCursor::from(asked.cursor);
    const QStringList words = wordsOf(asked.search);
    const bool searches = !asked.search.trimmed().isEmpty();
    if (searches && words.isEmpty())
        return ConversationPage();

    const QStringList inTitle(
        words.size(), QStringLiteral("coalesce(c.folded, c.first_words) LIKE ? ESCAPE '\\'"));
    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    const QString match = matchFor(asked.search);
    if (!query.prepare(pageSql(searches, inTitle)))
        return Failure{query.lastError().databaseText()};
    if (searches)
        query.addBindValue(match);
    query.addBindValue(after ? int(after->pinned) : 2); // 2: before all
    query.addBindValue(after ? after->updated : 0);
    query.addBindValue(after ? after->key.toLongLong() : 0);
    if (searches) {
        for (const QString &word : words)
            query.addBindValue(escaped(folded(word)));
    }
    query.addBindValue(limit + 1);
    if (!query.exec())
        return Failure{query.lastError().databaseText()};

    ConversationPage page;
    page.conversations.reserve(std::size_t(limit)); // pointers into it stay good
    QHash<qint64, ConversationSummary *> found;
    ListCursor last;
    while (query.next()) {
        if (int(page.conversations.size()) == limit) {
            page.next = last.text();
            break;
        }
        ConversationSummary summary;
        summary.id = query.value(1).toString();
        summary.title = query.value(2).toString();
        summary.pinned = query.value(3).toBool();
        summary.createdAt = timeFrom(query.value(4));
        summary.updatedAt = timeFrom(query.value(5));
        summary.messages = query.value(6).toInt();
        last = {summary.pinned, query.value(5).toLongLong(), query.value(0).toString()};
        page.conversations.push_back(std::move(summary));
        if (!query.value(7).isNull())
            found.insert(query.value(7).toLongLong(), &page.conversations.back());
    }
    if (const QString problem = problemOf(query); !problem.isEmpty())
        return Failure{problem};
    if (!found.isEmpty()) {
        if (const QString problem = addSnippets(connection, match, found); !problem.isEmpty())
            return Failure{problem};
    }
    return page;
}

} // namespace runnel
