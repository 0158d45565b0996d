#pragma once

#include "storage/conversationstore.h"
#include "storage/journalinsert.h"
#include "storage/sqlitedatabase.h"
#include "storage/sqlitestatements.h"
#include "storage/writeaheadlog.h"

#include <QHash>
#include <QThreadPool>
#include <QTimer>

#include <memory>

namespace runnel {

//! Conversations in a SQLite file. Commits are written to its write-ahead log and not synced: they
//! outlast the process, whatever ends it; a power cut may take the last of them (the epochs are new
//! then). Checkpoints and lists run on a thread of their own.
class SqliteStore final : public ConversationStore
{
    Q_OBJECT

public:
    //! Opens or makes the database, and marks the answers that a process before left running as
    //! interrupted. The error is one line that names the file and what is wrong with it.
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>, QString> open(const QString &file);
    ~SqliteStore() override;

    void putHead(const ConversationHead &head) override;
    void putMessage(const QString &conversation, const StoredMessage &message) override;
    void append(const QString &conversation, Seq seq, Append what, const QString &text) override;
    [[nodiscard]] std::optional<Error> commit() override;
    [[nodiscard]] bool isResting() const override { return m_log.isResting(); }
    [[nodiscard]] bool isBroken() const override { return m_isBroken; }
    [[nodiscard]] bool recover() override;
    [[nodiscard]] Result<std::optional<StoredConversation>, Error> load(const QString &id) override;
    [[nodiscard]] QFuture<Result<ConversationPage, Error>>
    list(const ConversationQuery &query) override;
    [[nodiscard]] Result<bool, Error> remove(const QString &id) override;
    [[nodiscard]] Result<bool, Error> restore(const QString &id) override;

    //! For tests.
    [[nodiscard]] const SqliteConnection &connection() const { return *m_connection; }

    //! Takes those away for good that were removed longer than undoTime ago; a few at a time.
    //! True when there may be more.
    bool purge(const QDateTime &now = QDateTime::currentDateTimeUtc());

private:
    //! A running answer that no process works on any more.
    struct CutAnswer
    {
        qint64 conversation = 0; //!< Its row.
        QString messageId;
        qint64 journalFrom = 0; //!< The first row of the journal that is not in its text.
        Seq seq = 0;
        QString content;
        QString thoughts;

        //! Of a row that begins with seq, kind and text.
        void append(const QSqlQuery &row);
    };

    SqliteStore(QString file, std::unique_ptr<DatabaseLock> lock,
                std::unique_ptr<SqliteConnection> connection);

    [[nodiscard]] QString prepare();
    [[nodiscard]] QString beginEra();
    [[nodiscard]] QString interruptAll();

    //! The error is SQLite's own text, empty when all went well.
    [[nodiscard]] QString run(SqliteStatements::Name which);
    //! Runs it within the transaction that the next commit() ends. Once one has failed none is run
    //! until then.
    bool write(QSqlQuery &query);
    bool begin();
    [[nodiscard]] bool hasUncommitted() const { return m_isOpen || m_piece; }
    void fail(const QString &why);
    [[nodiscard]] Error error(const QString &why) const;

    //! The row of that conversation, or 0.
    [[nodiscard]] qint64 rowOf(const QString &conversation);
    std::optional<Error> commitOwn();
    //! False when there is no such conversation; the error is of reading.
    [[nodiscard]] Result<bool, QString> read(const QString &id, StoredConversation &conversation);
    [[nodiscard]] QString readJournal(CutAnswer &answer);
    void interrupt(CutAnswer &answer);
    [[nodiscard]] Result<bool, Error> setRemoved(const QString &id, const QVariant &at);
    void trimJournal();

    const QString m_file;
    std::unique_ptr<DatabaseLock> m_lock;
    std::unique_ptr<SqliteConnection> m_connection;
    SqliteStatements m_statements;
    std::unique_ptr<JournalInsert> m_insert;
    QHash<QString, qint64> m_rows; //!< By conversation id.
    QString m_era;                 //!< What the epochs of this time end with; may be empty.
    QString m_problem;             //!< Of the transaction that is open.
    //! The first since the last commit, while nothing else was put: alone it needs no transaction
    //! around it, which would cost as much as itself.
    std::optional<JournalInsert::Row> m_piece;
    qint64 m_nextJournal = 1;
    qint64 m_sinceTrim = 0; //!< Rows of the journal.
    qint64 m_putBytes = 0;  //!< In the transaction that is open, about.
    bool m_isOpen = false;  //!< A transaction.
    bool m_isBroken = false;
    QTimer m_purge;
    QThreadPool m_worker; //!< One thread.
    WriteAheadLog m_log;
};

} // namespace runnel
