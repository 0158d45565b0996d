#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

class QThreadPool;

namespace runnel {

//! Brings the write-ahead log of a database into its file, on a worker, when it has grown enough:
//! seldom, so that a page that changes often is written once for many changes.
//!
//! SQLite starts the log over only when all of it is in the file (sqlite.org/wal.html, 6), which
//! under steady writing never holds when the worker is done: there is more by then. So a log that
//! has become long asks for a rest: isResting(), for as long as the worker needs and at most a
//! second. Nothing is wrong with a commit meanwhile, but the log goes on growing then.
class WriteAheadLog : public QObject
{
    Q_OBJECT

public:
    //! \a worker must have ended its work before this goes.
    WriteAheadLog(QString file, QThreadPool &worker);

    //! A commit of about so many bytes was written.
    void grow(qint64 bytes);
    [[nodiscard]] bool isResting() const { return m_isResting; }

Q_SIGNALS:
    void rested();

private:
    void checkpoint();
    //! The log had so many pages when the worker began; less than 0: it could not be done.
    void checkpointed(int pages);
    void endRest();

    const QString m_file;
    QThreadPool &m_worker;
    qint64 m_grown = 0; //!< Since the last checkpoint, about.
    bool m_isCheckpointing = false;
    bool m_isResting = false;
    QTimer m_longestRest;
};

} // namespace runnel
