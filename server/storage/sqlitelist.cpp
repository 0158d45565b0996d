#include "storage/sqlitelist.h"

#include "storage/listcursor.h"
#include "storage/searchwords.h"

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

//! Of the message that was found, the words around the place.
void addSnippet(const SqliteConnection &connection, const QString &match, qint64 message,
                ConversationSummary &summary)
{
    QSqlQuery query(connection.database());
    query.prepare(QStringLiteral(
        "SELECT snippet(search, 0, char(57344), char(57345), '…', iif(m.spaced IS NULL, 16, 48)),"
        " m.message_id FROM search JOIN messages m ON m.id = search.rowid"
        " WHERE search MATCH ? AND search.rowid = ?"));
    query.bindValue(0, match);
    query.bindValue(1, message);
    if (!query.exec() || !query.next())
        return;
    summary.snippet = unspaced(query.value(0).toString()).simplified();
    summary.messageId = query.value(1).toString();
}

} // namespace

QString matchFor(const QString &search)
{
    QStringList phrases;
    for (const QString &word : wordsOf(search)) {
        const QString apart = spaced(word);
        phrases.append(u'"' + (apart.isNull() ? word : apart) + u'"');
    }
    return phrases.isEmpty() ? QString() : phrases.join(u' ') + u'*';
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

    QString sql = QStringLiteral(
        "SELECT c.id, c.name, coalesce(c.title, c.first_words), c.pinned, c.created, c.updated,"
        " (SELECT count(*) FROM messages m WHERE m.conversation = c.id), %1"
        " FROM conversations c %2 WHERE c.removed IS NULL AND c.first_words <> ''"
        " AND (c.pinned, c.updated, c.id) < (?, ?, ?) %3"
        " ORDER BY c.pinned DESC, c.updated DESC, c.id DESC LIMIT ?");
    if (searches) {
        QStringList inTitle;
        for (qsizetype i = 0; i < words.size(); ++i)
            inTitle.append(QStringLiteral("coalesce(c.folded, c.first_words) LIKE ? ESCAPE '\\'"));
        sql = QStringLiteral("WITH found AS (SELECT m.conversation AS c, max(m.id) AS message"
                             " FROM search JOIN messages m ON m.id = search.rowid"
                             " WHERE search MATCH ? GROUP BY m.conversation) ") +
              sql.arg(QStringLiteral("found.message"),
                      QStringLiteral("LEFT JOIN found ON found.c = c.id"),
                      QStringLiteral("AND (found.c IS NOT NULL OR (") +
                          inTitle.join(QStringLiteral(" AND ")) + QStringLiteral("))"));
    } else {
        sql = sql.arg(QStringLiteral("NULL"), QString(), QString());
    }

    QSqlQuery query(connection.database());
    query.setForwardOnly(true);
    const QString match = matchFor(asked.search);
    if (!query.prepare(sql))
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
        if (!query.value(7).isNull())
            addSnippet(connection, match, query.value(7).toLongLong(), summary);
        last = {summary.pinned, query.value(5).toLongLong(), query.value(0).toString()};
        page.conversations.push_back(std::move(summary));
    }
    return page;
}

} // namespace runnel
