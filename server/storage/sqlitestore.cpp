#include "storage/sqlitestore.h"

#include "protocol/codec.h"
#include "storage/conversationtitle.h"
#include "storage/searchwords.h"
#include "storage/sqlitelist.h"
#include "storage/sqliterows.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QPromise>
#include <QSqlError>

#include <algorithm>

#include <sys/stat.h>

namespace runnel {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcStorage, "runnel.storage")

namespace {

constexpr qint64 trimEvery = 2000; // rows of the journal
constexpr auto purgeEvery = 1min;
//! One at a time, so that nobody has to wait for it.
constexpr int purgedAtOnce = 1;
constexpr auto purgePause = 50ms;

} // namespace

void SqliteStore::CutAnswer::append(const QSqlQuery &row)
{
    seq = std::max(seq, Seq(row.value(0).toULongLong()));
    switch (Append(row.value(1).toInt())) {
    case Append::Text:
        content += row.value(2).toString();
        break;
    case Append::Thought:
        thoughts += row.value(2).toString();
        break;
    case Append::Nothing:
        break;
    }
}

// ---- opening

Result<std::unique_ptr<SqliteStore>, QString> SqliteStore::open(const QString &file)
{
    const auto cannot = [&file](const QString &why) {
        return Failure{QStringLiteral("The database \"%1\" cannot be used: %2.").arg(file, why)};
    };
    const QFileInfo info(file);
    if (info.isDir())
        return cannot(QStringLiteral("it is a folder"));
    // What people said is nobody else's to read; the files beside it get the same rights.
    constexpr QFile::Permissions onlyOwner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!info.absoluteDir().exists() && !QDir().mkdir(info.absolutePath(), onlyOwner))
        return cannot(QStringLiteral("its folder does not exist and cannot be made"));
    if (!info.exists()) {
        QFile created(file);
        if (!created.open(QIODevice::WriteOnly))
            return cannot(created.errorString());
        ::fchmod(created.handle(), 0600);
    } else if (!info.isWritable()) {
        return cannot(QStringLiteral("it is not writable"));
    }
    auto lock = DatabaseLock::take(file);
    if (!lock)
        return cannot(lock.error().text);
    auto connection = SqliteConnection::open(file, SqliteConnection::Mode::ReadWrite);
    if (!connection)
        return cannot(connection.error());
    std::unique_ptr<SqliteStore> store(
        new SqliteStore(file, std::move(*lock), std::move(*connection)));
    if (const QString problem = store->prepare(); !problem.isEmpty())
        return cannot(problem);
    return store;
}

SqliteStore::SqliteStore(QString file, std::unique_ptr<DatabaseLock> lock,
                         std::unique_ptr<SqliteConnection> connection)
    : m_file(std::move(file))
    , m_lock(std::move(lock))
    , m_connection(std::move(connection))
    , m_log(m_file, m_worker)
{
    connect(&m_log, &WriteAheadLog::rested, this, &ConversationStore::rested);
    m_worker.setMaxThreadCount(1);
    m_purge.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_purge, &QTimer::timeout, this, [this] {
        if (hasUncommitted() || m_isBroken)
            return; // the next time will do
        const bool hasMore = purge();
        (void)commitOwn(); // the next time will do
        m_purge.start(hasMore ? purgePause : purgeEvery);
    });
    m_purge.start(purgeEvery);
}

SqliteStore::~SqliteStore()
{
    (void)commit();
    m_worker.clear(); // of lists that nobody waits for any more
    m_worker.waitForDone();
    m_insert.reset(); // before their connection
    m_statements.clear();
}

QString SqliteStore::prepare()
{
    if (const QString problem = migrate(*m_connection); !problem.isEmpty())
        return problem;
    QString problem = m_connection->run({
        "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
        "PRAGMA wal_autocheckpoint = 0", // ours are off the server's thread
    });
    if (problem.isEmpty())
        problem = m_statements.prepare(*m_connection);
    if (!problem.isEmpty())
        return problem;
    auto insert = JournalInsert::prepare(*m_connection);
    if (!insert)
        return insert.error();
    m_insert = std::move(*insert);
    m_nextJournal =
        m_connection->value(QStringLiteral("SELECT coalesce(max(id), 0) + 1 FROM journal"))
            .toLongLong();
    if (const QString era = beginEra(); !era.isEmpty())
        return era;
    problem = interruptAll();
    if (!problem.isEmpty())
        return problem;
    // From now on others wait: for who writes from outside, by hand, they do so shortly.
    return m_connection->run({"PRAGMA busy_timeout = 50"});
}

//! After a power cut the last commits may be missing, and a client may have seen more than there
//! is: the epochs change then, so that it takes a snapshot. A copy made as a backup has no boot.
QString SqliteStore::beginEra()
{
    QFile kernel(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    QString boot;
    if (kernel.open(QIODevice::ReadOnly))
        boot = QString::fromLatin1(kernel.readAll().trimmed());
    const auto value = [this](const char *key) {
        return m_connection->value(
            QStringLiteral("SELECT value FROM meta WHERE key = '%1'").arg(QLatin1String(key)));
    };
    int era = value("era").toInt();
    if (value("boot").toString() != boot) {
        const bool isFirst =
            m_connection->value(QStringLiteral("SELECT count(*) FROM conversations")).toInt() == 0;
        era += isFirst ? 0 : 1;
        const QByteArray setBoot =
            "UPDATE meta SET value = '" + boot.toLatin1() + "' WHERE key = 'boot'";
        const QByteArray setEra =
            "UPDATE meta SET value = '" + QByteArray::number(era) + "' WHERE key = 'era'";
        const QString problem = m_connection->run({setBoot.constData(), setEra.constData()});
        if (!problem.isEmpty())
            return problem;
    }
    m_era = era == 0 ? QString() : QStringLiteral(".%1").arg(era);
    return {};
}

//! One pass over the journal, for however many answers ran.
QString SqliteStore::interruptAll()
{
    QHash<qint64, CutAnswer> cut; // by conversation
    QSqlQuery rows(m_connection->database());
    rows.setForwardOnly(true);
    rows.exec(QStringLiteral(
        "SELECT m.conversation, m.message_id, m.journal_from, c.seq, m.content, m.thoughts"
        " FROM messages m JOIN conversations c ON c.id = m.conversation"
        " WHERE m.state = 'running'"));
    while (rows.next()) {
        cut.insert(rows.value(0).toLongLong(),
                   {rows.value(0).toLongLong(), rows.value(1).toString(),
                    rows.value(2).toLongLong(), Seq(rows.value(3).toULongLong()),
                    rows.value(4).toString(), rows.value(5).toString()});
    }
    if (const QString problem = problemOf(rows); !problem.isEmpty())
        return problem;
    if (!cut.isEmpty()) {
        rows.exec(QStringLiteral("SELECT seq, kind, text, id, conversation FROM journal ORDER BY"
                                 " id"));
        while (rows.next()) {
            const auto answer = cut.find(rows.value(4).toLongLong());
            if (answer != cut.end() && rows.value(3).toLongLong() >= answer->journalFrom)
                answer->append(rows);
        }
        if (const QString problem = problemOf(rows); !problem.isEmpty())
            return problem;
    }
    for (CutAnswer &answer : cut)
        interrupt(answer);
    trimJournal();
    const std::optional<Error> problem = commit();
    if (!cut.isEmpty())
        qCInfo(lcStorage) << "Answers that were cut off when the server ended:" << cut.size();
    return problem ? problem->text : QString();
}

// ---- writing

bool SqliteStore::begin()
{
    if (!m_isOpen && m_problem.isEmpty()) {
        m_isOpen = true;
        m_problem = run(SqliteStatements::Begin);
        if (m_piece && m_problem.isEmpty())
            m_problem = m_insert->run(*std::exchange(m_piece, std::nullopt));
    }
    return m_problem.isEmpty();
}

QString SqliteStore::run(SqliteStatements::Name which)
{
    QSqlQuery &query = m_statements[which];
    const QString problem = query.exec() ? QString() : query.lastError().databaseText();
    query.finish();
    return problem;
}

bool SqliteStore::write(QSqlQuery &query)
{
    if (!begin())
        return false;
    if (!query.exec()) {
        fail(query.lastError().databaseText());
        return false;
    }
    query.finish();
    return true;
}

void SqliteStore::fail(const QString &why)
{
    if (m_problem.isEmpty())
        m_problem = why;
}

Error SqliteStore::error(const QString &why) const
{
    return {ErrorCode::StorageFailed,
            QStringLiteral("The database \"%1\" cannot be used: %2.").arg(m_file, why)};
}

qint64 SqliteStore::rowOf(const QString &conversation)
{
    const auto known = m_rows.constFind(conversation);
    if (known != m_rows.cend())
        return *known;
    QSqlQuery &find = m_statements[SqliteStatements::FindConversation];
    find.bindValue(0, conversation);
    if (!find.exec()) {
        fail(find.lastError().databaseText());
        return 0;
    }
    const qint64 row = find.next() ? find.value(0).toLongLong() : 0;
    find.finish();
    if (row != 0)
        m_rows.insert(conversation, row);
    return row;
}

void SqliteStore::putHead(const ConversationHead &head)
{
    QString epoch = head.epoch;
    if (!m_era.isEmpty() && epoch.endsWith(m_era))
        epoch.chop(m_era.size());
    if (!begin())
        return;
    if (!m_rows.contains(head.id)) {
        // Another one of that name, removed or not, ends here.
        QSqlQuery &find = m_statements[SqliteStatements::FindConversation];
        find.bindValue(0, head.id);
        if (!find.exec())
            return fail(find.lastError().databaseText());
        const qint64 other =
            find.next() && find.value(1).toString() != epoch ? find.value(0).toLongLong() : 0;
        find.finish();
        if (other != 0) {
            QSqlQuery &erase = m_statements[SqliteStatements::DeleteConversation];
            erase.bindValue(0, other);
            if (!write(erase))
                return;
        }
    }
    QSqlQuery &put = m_statements[SqliteStatements::PutHead];
    put.bindValue(0, head.id);
    put.bindValue(1, epoch);
    put.bindValue(2, qint64(head.seq)); // Qt binds a quint64 as text
    put.bindValue(3, qint64(head.turns));
    put.bindValue(4, orNull(head.active));
    put.bindValue(5, orNull(head.title));
    put.bindValue(6, head.pinned ? 1 : 0);
    put.bindValue(7, timeOf(head.createdAt));
    put.bindValue(8, timeOf(head.updatedAt));
    put.bindValue(9, orNull(folded(head.title)));
    write(put);
}

void SqliteStore::putMessage(const QString &conversation, const StoredMessage &message)
{
    const qint64 row = rowOf(conversation);
    if (row == 0)
        return fail(QStringLiteral("a message of a conversation that is not there"));
    QSqlQuery &put = m_statements[SqliteStatements::PutMessage];
    put.bindValue(0, row);
    bindMessage(put, 1, message, m_nextJournal);
    m_putBytes += message.record.content.size() + message.rawParts.size();
    const MessageRecord &record = message.record;
    if (!write(put) || record.role != Role::User || !record.parentId.isEmpty())
        return;
    QSqlQuery &name = m_statements[SqliteStatements::NameByFirstWords];
    const QString words = titleFrom(record.content);
    name.bindValue(0, words.isEmpty() ? QStringLiteral("…") : words);
    name.bindValue(1, row);
    write(name);
}

void SqliteStore::append(const QString &conversation, Seq seq, Append what, const QString &text)
{
    const qint64 row = rowOf(conversation);
    if (row == 0)
        return fail(QStringLiteral("an answer of a conversation that is not there"));
    const JournalInsert::Row piece{m_nextJournal++, row, seq, int(what), text};
    m_putBytes += text.size();
    ++m_sinceTrim;
    if (!hasUncommitted() && m_problem.isEmpty()) {
        m_piece = piece;
    } else if (begin()) {
        if (const QString problem = m_insert->run(piece); !problem.isEmpty())
            fail(problem);
    }
}

std::optional<Error> SqliteStore::commit()
{
    if (!hasUncommitted() && !m_isBroken && m_problem.isEmpty())
        return std::nullopt;
    if (m_problem.isEmpty() && m_sinceTrim >= trimEvery)
        trimJournal();
    if (m_problem.isEmpty() && m_isOpen && !m_isBroken)
        m_problem = run(SqliteStatements::Commit);
    else if (m_problem.isEmpty() && m_piece && !m_isBroken)
        m_problem = m_insert->run(*m_piece);
    m_piece.reset();
    if (m_problem.isEmpty() && !m_isBroken) {
        m_isOpen = false;
        m_log.grow(std::exchange(m_putBytes, 0));
        return std::nullopt;
    }
    if (m_isOpen)
        (void)m_connection->run({"ROLLBACK"});
    m_isOpen = false;
    m_isBroken = true;
    m_rows.clear(); // what was new is not there
    const QString why =
        m_problem.isEmpty() ? QStringLiteral("it could not be written to before") : m_problem;
    m_problem.clear();
    return error(why);
}

bool SqliteStore::recover()
{
    if (hasUncommitted() || !m_problem.isEmpty())
        return false; // who put that waits for a commit, which has to fail first
    m_rows.clear();
    const QString problem = m_connection->run(
        {"BEGIN IMMEDIATE", "UPDATE meta SET value = 'written' WHERE key = 'probe'", "COMMIT"});
    m_isBroken = !problem.isEmpty();
    if (m_isBroken)
        (void)m_connection->run({"ROLLBACK"});
    return !m_isBroken;
}

//! What answers that have ended said is in their messages.
void SqliteStore::trimJournal()
{
    m_sinceTrim = 0;
    QSqlQuery &trim = m_statements[SqliteStatements::TrimJournal];
    trim.bindValue(0, m_nextJournal);
    write(trim);
}

// ---- reading

Result<std::optional<StoredConversation>, Error> SqliteStore::load(const QString &id)
{
    if (hasUncommitted() || !m_problem.isEmpty()) {
        if (const auto problem = commit())
            return Failure{*problem};
    }
    StoredConversation conversation;
    const auto found = read(id, conversation);
    // An answer that was cut off is shown as that, whether it can be written down or not.
    commitOwn();
    if (!found)
        return Failure{error(found.error())};
    return *found ? std::optional(std::move(conversation)) : std::nullopt;
}

//! Commits what nobody else waits for: should it fail, nobody else has to hear of it.
std::optional<Error> SqliteStore::commitOwn()
{
    if (!hasUncommitted())
        return std::nullopt;
    const bool wasBroken = m_isBroken;
    const std::optional<Error> problem = commit();
    if (problem && !wasBroken)
        (void)recover();
    return problem;
}

Result<bool, QString> SqliteStore::read(const QString &id, StoredConversation &conversation)
{
    QSqlQuery &head = m_statements[SqliteStatements::LoadHead];
    head.bindValue(0, id);
    if (!head.exec() || !head.next()) {
        const QString problem = problemOf(head);
        head.finish();
        return problem.isEmpty() ? Result<bool, QString>(false) : Failure{problem};
    }
    const qint64 row = head.value(0).toLongLong();
    conversation.head = {id,
                         head.value(1).toString() + m_era,
                         head.value(2).toULongLong(),
                         head.value(3).toULongLong(),
                         head.value(4).toString(),
                         head.value(5).toString(),
                         head.value(6).toBool(),
                         timeFrom(head.value(7)),
                         timeFrom(head.value(8))};
    head.finish();

    QSqlQuery &messages = m_statements[SqliteStatements::LoadMessages];
    messages.bindValue(0, row);
    messages.exec();
    std::optional<CutAnswer> cut;
    std::size_t cutIndex = 0;
    while (messages.next()) {
        conversation.messages.push_back(messageFrom(messages));
        const MessageRecord &record = conversation.messages.back().record;
        if (record.state == MessageState::Running) {
            cut = {row,
                   record.messageId,
                   journalFrom(messages),
                   conversation.head.seq,
                   record.content,
                   record.thoughts};
            cutIndex = conversation.messages.size() - 1;
        }
    }
    QString problem = problemOf(messages);
    messages.finish();
    if (problem.isEmpty() && cut) {
        problem = readJournal(*cut);
        if (problem.isEmpty()) {
            interrupt(*cut);
            MessageRecord &record = conversation.messages[cutIndex].record;
            record.content = cut->content;
            record.thoughts = cut->thoughts;
            record.state = MessageState::Interrupted;
            record.finishReason = FinishReason::Interrupted;
            record.usage = Usage();
            conversation.head.seq = cut->seq;
        }
    }
    return problem.isEmpty() ? Result<bool, QString>(true) : Failure{problem};
}

QString SqliteStore::readJournal(CutAnswer &answer)
{
    QSqlQuery &journal = m_statements[SqliteStatements::LoadJournal];
    journal.bindValue(0, answer.journalFrom);
    journal.bindValue(1, answer.conversation);
    journal.exec();
    while (journal.next())
        answer.append(journal);
    const QString problem = problemOf(journal);
    journal.finish();
    return problem;
}

//! The answer has ended with the process that it ran in.
void SqliteStore::interrupt(CutAnswer &answer)
{
    ++answer.seq; // of the end that nobody was sent
    QSqlQuery &mark = m_statements[SqliteStatements::Interrupt];
    mark.bindValue(0, answer.content.isNull() ? QStringLiteral("") : answer.content);
    mark.bindValue(1, orNull(answer.thoughts));
    mark.bindValue(2, orNull(spaced(answer.content)));
    mark.bindValue(3, answer.conversation);
    mark.bindValue(4, answer.messageId);
    QSqlQuery &count = m_statements[SqliteStatements::SetSeq];
    count.bindValue(0, qint64(answer.seq));
    count.bindValue(1, answer.conversation);
    if (write(mark))
        write(count);
}

QFuture<Result<ConversationPage, Error>> SqliteStore::list(const ConversationQuery &query)
{
    auto promise = std::make_shared<QPromise<Result<ConversationPage, Error>>>();
    promise->start();
    m_worker.start([this, query, promise] {
        if (promise->isCanceled()) { // nobody waits for it any more
            promise->finish();
            return;
        }
        const auto own = SqliteConnection::open(m_file, SqliteConnection::Mode::ReadOnly);
        const auto page =
            own ? readPage(**own, query) : Result<ConversationPage, QString>(Failure{own.error()});
        promise->addResult(page ? Result<ConversationPage, Error>(*page)
                                : Result<ConversationPage, Error>(Failure{error(page.error())}));
        promise->finish();
    });
    return promise->future();
}

// ---- removing

Result<bool, Error> SqliteStore::remove(const QString &id)
{
    return setRemoved(id, timeOf(QDateTime::currentDateTimeUtc()));
}

Result<bool, Error> SqliteStore::restore(const QString &id)
{
    return setRemoved(id, QVariant(QMetaType::fromType<qint64>()));
}

Result<bool, Error> SqliteStore::setRemoved(const QString &id, const QVariant &at)
{
    if (const auto problem = commit())
        return Failure{*problem};
    QSqlQuery &set = m_statements[SqliteStatements::SetRemoved];
    set.bindValue(0, at);
    set.bindValue(1, id);
    set.bindValue(2, at.isNull() ? 0 : 1);
    bool changed = false;
    if (begin() && set.exec())
        changed = set.numRowsAffected() > 0;
    else
        fail(set.lastError().databaseText());
    set.finish();
    m_rows.remove(id); // another one may begin under that id
    if (const auto problem = commitOwn())
        return Failure{*problem};
    return changed;
}

bool SqliteStore::purge(const QDateTime &now)
{
    const QDateTime before = now.addSecs(-undoTime.count());
    QList<qint64> gone;
    {
        QSqlQuery old(m_connection->database());
        old.prepare(QStringLiteral("SELECT id FROM conversations WHERE removed < ? LIMIT ?"));
        old.bindValue(0, timeOf(before));
        old.bindValue(1, purgedAtOnce);
        if (!old.exec())
            return false;
        while (old.next())
            gone.append(old.value(0).toLongLong());
    }
    for (const qint64 row : std::as_const(gone)) {
        QSqlQuery &erase = m_statements[SqliteStatements::DeleteConversation];
        erase.bindValue(0, row);
        if (!write(erase))
            return false;
    }
    return gone.size() == purgedAtOnce;
}

} // namespace runnel
