#pragma once

#include "protocol/result.h"
#include "storage/storedconversation.h"

#include <QHash>

namespace runnel::faults {

//! What a database file says, read without the product's own reader. The file is copied first,
//! write-ahead log and all: looking must not change what the next server finds.
class DatabaseFile
{
public:
    //! Copies \a file into the folder \a copies. \a conversations: what to read of it.
    [[nodiscard]] static Result<DatabaseFile, QString>
    read(const QString &file, const QString &copies, const QStringList &conversations);

    //! Nothing when the file does not have it. Of a running answer with all that the journal has.
    [[nodiscard]] const StoredConversation *find(const QString &conversation) const;
    //! What `PRAGMA integrity_check` and the search index's own check say; empty: all is well.
    [[nodiscard]] const QString &problem() const { return m_problem; }

private:
    QHash<QString, StoredConversation> m_conversations;
    QString m_problem;
};

} // namespace runnel::faults
