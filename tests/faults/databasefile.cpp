#include "databasefile.h"

#include "protocol/codec.h"

#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QVariant>

#include <algorithm>

namespace runnel::faults {

using namespace Qt::StringLiterals;

namespace {

class Connection
{
public:
    explicit Connection(const QString &file)
        : m_name(u"faults"_s)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_name);
        database.setDatabaseName(file);
        m_isOpen = database.open();
    }
    ~Connection()
    {
        database().close();
        QSqlDatabase::removeDatabase(m_name);
    }
    Q_DISABLE_COPY_MOVE(Connection)

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] QSqlDatabase database() const { return QSqlDatabase::database(m_name, false); }
    //! The rows of the query, or none with \a problem set.
    [[nodiscard]] std::vector<QVariantList> rows(const QString &sql, const QVariantList &values,
                                                 QString &problem) const
    {
        QSqlQuery query(database());
        query.setForwardOnly(true);
        bool good = query.prepare(sql);
        for (int i = 0; i < values.size(); ++i)
            query.bindValue(i, values[i]);
        good = good && query.exec();
        std::vector<QVariantList> rows;
        while (good && query.next()) {
            QVariantList row;
            for (int i = 0; i < query.record().count(); ++i)
                row.append(query.value(i));
            rows.push_back(row);
        }
        if (query.lastError().isValid())
            problem = query.lastError().text();
        return rows;
    }

private:
    QString m_name;
    bool m_isOpen = false;
};

StoredMessage messageFrom(const QVariantList &row)
{
    StoredMessage message;
    MessageRecord &record = message.record;
    record.messageId = row[0].toString();
    record.parentId = row[1].toString();
    record.role = row[2].toString() == u"user" ? Role::User : Role::Model;
    record.content = row[3].toString();
    record.thoughts = row[4].toString();
    record.id = row[5].toString();
    if (record.role == Role::User)
        return message;
    record.turn = row[6].toString();
    record.state = messageStateFromWire(row[7].toString()).value_or(MessageState::Failed);
    record.finishReason = finishReasonFromWire(row[8].toString());
    if (!row[9].isNull()) {
        record.error = Error{errorCodeFromWire(row[9].toString()).value_or(ErrorCode::Internal),
                             row[10].toString()};
    }
    return message;
}

//! Adds to a running answer what it has said since it began or went on.
void addJournal(const Connection &connection, const QVariant &row, const QVariant &from,
                StoredConversation &conversation, MessageRecord &answer, QString &problem)
{
    for (const QVariantList &piece :
         connection.rows(u"SELECT seq, kind, text FROM journal WHERE conversation = ? AND id >= ?"
                         " ORDER BY id"_s,
                         {row, from}, problem)) {
        conversation.head.seq = std::max(conversation.head.seq, Seq(piece[0].toULongLong()));
        if (piece[1].toInt() == 0)
            answer.content += piece[2].toString();
        else if (piece[1].toInt() == 1)
            answer.thoughts += piece[2].toString();
    }
}

} // namespace

Result<DatabaseFile, QString> DatabaseFile::read(const QString &file, const QString &copies,
                                                 const QStringList &conversations)
{
    const QString copy = copies + u"/looked-at.db"_s;
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s}) {
        QFile::remove(copy + suffix);
        if (suffix != u"-shm" && QFileInfo::exists(file + suffix) &&
            !QFile::copy(file + suffix, copy + suffix)) {
            return Failure{u"\"%1\" cannot be copied"_s.arg(file + suffix)};
        }
    }
    const Connection connection(copy);
    if (!connection.isOpen())
        return Failure{connection.database().lastError().text()};
    DatabaseFile database;
    QString problem;
    for (const QVariantList &row : connection.rows(u"PRAGMA integrity_check"_s, {}, problem)) {
        if (row[0].toString() != u"ok")
            database.m_problem += row[0].toString() + u"; "_s;
    }
    for (const QString &name : conversations) {
        const auto heads = connection.rows(
            u"SELECT id, epoch, seq, active FROM conversations WHERE name = ? AND removed IS NULL"_s,
            {name}, problem);
        if (heads.empty())
            continue;
        StoredConversation &conversation = database.m_conversations[name];
        conversation.head.id = name;
        conversation.head.epoch = heads[0][1].toString();
        conversation.head.seq = heads[0][2].toULongLong();
        conversation.head.active = heads[0][3].toString();
        for (const QVariantList &row : connection.rows(
                 u"SELECT message_id, parent_id, role, content, thoughts, client_id, turn, state,"
                 " finish_reason, error_code, error, journal_from FROM messages WHERE"
                 " conversation = ? ORDER BY id"_s,
                 {heads[0][0]}, problem)) {
            conversation.messages.push_back(messageFrom(row));
            MessageRecord &record = conversation.messages.back().record;
            if (record.state == MessageState::Running)
                addJournal(connection, heads[0][0], row[11], conversation, record, problem);
        }
    }
    // What runs is not in the index yet, and the index is compared with all texts.
    if (connection.rows(u"SELECT 1 FROM messages WHERE state = 'running'"_s, {}, problem).empty())
        (void)connection.rows(u"INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"_s,
                              {}, problem);
    database.m_problem += problem;
    return database;
}

const StoredConversation *DatabaseFile::find(const QString &conversation) const
{
    const auto found = m_conversations.constFind(conversation);
    return found == m_conversations.cend() ? nullptr : &*found;
}

} // namespace runnel::faults
