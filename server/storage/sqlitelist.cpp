#include "storage/sqlitelist.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <algorithm>

namespace runnel {

namespace {

constexpr int most = 200;

//! Runs of letters and digits: what the tokenizer makes words of.
QStringList wordsOf(const QString &search)
{
    QStringList words;
    QString word;
    for (const char32_t c : search.toUcs4()) {
        if (QChar::isLetterOrNumber(c) || QChar::isMark(c)) {
            word += QString::fromUcs4(&c, 1);
        } else if (!word.isEmpty()) {
            words.append(std::exchange(word, {}));
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

QString escaped(const QString &word)
{
    QString pattern = word;
    for (const char16_t special : {u'\\', u'%', u'_'})
        pattern.replace(QChar(special), QStringLiteral("\\") + QChar(special));
    return u'%' + pattern + u'%';
}

//! Where a page ended: pinned, updated and row of its last line.
struct Cursor
{
    int pinned = 2; // before all
    qint64 updated = 0;
    qint64 row = 0;

    [[nodiscard]] static Cursor from(const QString &text)
    {
        const QStringList parts = text.split(u'-');
        if (parts.size() != 3)
            return {};
        return {parts[0].toInt(), parts[1].toLongLong(), parts[2].toLongLong()};
    }
    [[nodiscard]] QString text() const
    {
        return QStringLiteral("%1-%2-%3").arg(pinned).arg(updated).arg(row);
    }
};

//! Of the message that was found, the words around the place.
void addSnippet(const SqliteConnection &connection, const QString &match, qint64 message,
                ConversationSummary &summary)
{
    QSqlQuery query(connection.database());
    query.prepare(QStringLiteral(
        "SELECT snippet(search, 0, char(57344), char(57345), '…', 16), m.message_id FROM search"
        " JOIN messages m ON m.id = search.rowid WHERE search MATCH ? AND search.rowid = ?"));
    query.bindValue(0, match);
    query.bindValue(1, message);
    if (!query.exec() || !query.next())
        return;
    summary.snippet = query.value(0).toString().simplified();
    summary.messageId = query.value(1).toString();
}

} // namespace

QString matchFor(const QString &search)
{
    const QStringList words = wordsOf(search);
    return words.isEmpty() ? QString() : u'"' + words.join(QStringLiteral("\" \"")) + u"\"*";
}

Result<ConversationPage, QString> readPage(const SqliteConnection &connection,
                                           const ConversationQuery &asked)
{
    const int limit = std::clamp(asked.limit, 1, most);
    const Cursor after = Cursor::from(asked.cursor);
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
            inTitle.append(QStringLiteral("coalesce(c.title, c.first_words) LIKE ? ESCAPE '\\'"));
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
    query.addBindValue(after.pinned);
    query.addBindValue(after.updated);
    query.addBindValue(after.row);
    if (searches) {
        for (const QString &word : words)
            query.addBindValue(escaped(word));
    }
    query.addBindValue(limit + 1);
    if (!query.exec())
        return Failure{query.lastError().databaseText()};

    ConversationPage page;
    Cursor last;
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
        last = {query.value(3).toInt(), query.value(5).toLongLong(), query.value(0).toLongLong()};
        page.conversations.push_back(std::move(summary));
    }
    return page;
}

} // namespace runnel
