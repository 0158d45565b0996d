#include "storage/writeaheadlog.h"

#include "storage/sqlitedatabase.h"

#include <QLoggingCategory>
#include <QSqlError>
#include <QSqlQuery>
#include <QThreadPool>
#include <QVariant>

namespace runnel {

using namespace std::chrono_literals;

Q_DECLARE_LOGGING_CATEGORY(lcStorage)

namespace {

constexpr qint64 pageBytes = 4096;
//! What a small commit writes: the last page of the journal, and now and then another one.
constexpr qint64 commitBytes = pageBytes + pageBytes / 4;
constexpr qint64 checkpointBytes = 4096 * pageBytes; // 16 MiB
constexpr qint64 longPages = 16 * 1024;              // 64 MiB

} // namespace

WriteAheadLog::WriteAheadLog(QString file, QThreadPool &worker)
    : m_file(std::move(file))
    , m_worker(worker)
{
    m_longestRest.setSingleShot(true);
    m_longestRest.setInterval(1s);
    connect(&m_longestRest, &QTimer::timeout, this, &WriteAheadLog::endRest);
}

void WriteAheadLog::grow(qint64 bytes)
{
    m_grown += commitBytes + bytes;
    if (m_grown >= checkpointBytes && !m_isCheckpointing)
        checkpoint();
}

void WriteAheadLog::checkpoint()
{
    m_grown = 0;
    m_isCheckpointing = true;
    m_worker.start([this] {
        int pages = -1;
        QString problem;
        if (const auto own = SqliteConnection::open(m_file, SqliteConnection::Mode::ReadWrite)) {
            QSqlQuery query((*own)->database());
            if (query.exec(QStringLiteral("PRAGMA wal_checkpoint(PASSIVE)")) && query.next())
                pages = query.value(1).toInt();
            else
                problem = query.lastError().databaseText();
        } else {
            problem = own.error();
        }
        if (pages < 0)
            qCWarning(lcStorage).noquote() << "A checkpoint failed:" << problem;
        QMetaObject::invokeMethod(
            this, [this, pages] { checkpointed(pages); }, Qt::QueuedConnection);
    });
}

void WriteAheadLog::checkpointed(int pages)
{
    m_isCheckpointing = false;
    const bool hasMore = m_grown > 0; // than the worker knew of
    if (pages >= longPages && hasMore && !m_isResting) {
        m_isResting = true;
        m_longestRest.start();
        checkpoint(); // of the little that came while the worker was at it
    } else if (m_isResting) {
        endRest();
    }
}

void WriteAheadLog::endRest()
{
    if (!m_isResting)
        return;
    m_isResting = false;
    m_longestRest.stop();
    Q_EMIT rested();
}

} // namespace runnel
