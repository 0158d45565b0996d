#include "storage/sqlitestatements.h"

#include "storage/sqliterows.h"

#include <QSqlError>

#include <array>

namespace runnel {

QString SqliteStatements::prepare(const SqliteConnection &connection)
{
    const QString columns = messageColumns();
    std::array<QString, Count> texts;
    texts[Begin] = QStringLiteral("BEGIN IMMEDIATE");
    texts[Commit] = QStringLiteral("COMMIT");
    texts[PutHead] = QStringLiteral(
        "INSERT INTO conversations (name, epoch, seq, turns, active, title, pinned, created,"
        " updated, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
        " seq = excluded.seq, turns = excluded.turns, active = excluded.active,"
        " title = excluded.title, pinned = excluded.pinned, updated = excluded.updated,"
        " folded = excluded.folded");
    texts[PutMessage] =
        QStringLiteral("INSERT INTO messages (conversation, ") + columns +
        QStringLiteral(") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                       " ?, ?, ?, ?) ON CONFLICT (conversation, message_id) DO UPDATE SET"
                       " content = excluded.content, client_id = excluded.client_id,"
                       " turn = excluded.turn, model = excluded.model, state = excluded.state,"
                       " thoughts = excluded.thoughts, finish_reason = excluded.finish_reason,"
                       " prompt_tokens = excluded.prompt_tokens,"
                       " cached_tokens = excluded.cached_tokens,"
                       " thought_tokens = excluded.thought_tokens,"
                       " answer_tokens = excluded.answer_tokens,"
                       " total_tokens = excluded.total_tokens,"
                       " error_code = excluded.error_code, error = excluded.error,"
                       " raw_parts = excluded.raw_parts, journal_from = excluded.journal_from,"
                       " spaced = excluded.spaced, extras = excluded.extras,"
                       " cost_usd = excluded.cost_usd");
    texts[NameByFirstWords] = QStringLiteral(
        "UPDATE conversations SET first_words = ? WHERE id = ? AND first_words = ''");
    texts[FindConversation] = QStringLiteral("SELECT id, epoch FROM conversations WHERE name = ?");
    texts[DeleteConversation] = QStringLiteral("DELETE FROM conversations WHERE id = ?");
    texts[LoadHead] =
        QStringLiteral("SELECT id, epoch, seq, turns, active, title, pinned, created, updated"
                       " FROM conversations WHERE name = ? AND removed IS NULL");
    texts[LoadMessages] = QStringLiteral("SELECT ") + columns +
                          QStringLiteral(" FROM messages WHERE conversation = ? ORDER BY id");
    texts[LoadJournal] =
        QStringLiteral("SELECT seq, kind, text FROM journal WHERE id >= ? AND conversation = ?"
                       " ORDER BY id");
    texts[Interrupt] =
        QStringLiteral("UPDATE messages SET content = ?, thoughts = ?, state = 'interrupted',"
                       " finish_reason = 'interrupted', journal_from = NULL, spaced = ?"
                       " WHERE conversation = ? AND message_id = ?");
    texts[SetSeq] = QStringLiteral("UPDATE conversations SET seq = ? WHERE id = ?");
    texts[SetRemoved] = QStringLiteral(
        "UPDATE conversations SET removed = ? WHERE name = ? AND (removed IS NULL) = ?");
    texts[TrimJournal] =
        QStringLiteral("DELETE FROM journal WHERE id < coalesce((SELECT min(journal_from)"
                       " FROM messages WHERE state = 'running'), ?)");

    for (const QString &text : texts) {
        QSqlQuery query(connection.database());
        query.setForwardOnly(true);
        if (!query.prepare(text))
            return query.lastError().databaseText();
        m_queries.push_back(std::move(query));
    }
    return {};
}

} // namespace runnel
