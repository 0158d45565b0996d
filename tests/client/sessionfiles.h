#pragma once

#include "client/sessionview.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace runnel::test {

//! A file of tests/data/sessions/; its README says what holds.
struct RecordedSession
{
    struct SnapshotBetween
    {
        qsizetype after = 0;
        ServerFrame frame;
    };

    std::vector<ClientFrame> outgoing; //!< g++ 12 warns of QList's own temporary variant.
    QList<ServerFrame> frames;
    QList<SnapshotBetween> snapshots;
    QJsonObject state;
};

//! The names of all files, without ".json".
[[nodiscard]] QStringList recordedSessionNames();
//! Aborts the test program when the file or a frame in it cannot be read.
[[nodiscard]] RecordedSession readRecordedSession(const QString &name);
//! A view's state in the words of the files; without \a own the rows with `delivery` are left out.
[[nodiscard]] QJsonObject stateOf(const SessionView &view, bool own = true);

} // namespace runnel::test
