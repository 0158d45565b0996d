#pragma once

#include "protocol/frames.h"

#include <QHash>

namespace runnel::faults {

class Findings;

//! Every frame of every log that any recording client was sent. All of them have to be told the
//! same: one frame for one place, whoever hears it and however often.
class FrameArchive
{
public:
    explicit FrameArchive(Findings &findings)
        : m_findings(findings)
    {}

    void put(const QString &session, const QString &epoch, const ServerFrame &frame,
             const QString &text, const QString &heardBy);
    //! How many turns were begun for the request with that id.
    [[nodiscard]] int turnsOf(const QString &clientId) const { return m_turns.value(clientId); }
    //! All frames of all logs, a line each.
    [[nodiscard]] QStringList lines() const;

private:
    struct Heard
    {
        QString text;
        QString by;
    };

    Findings &m_findings;
    QHash<QString, QHash<Seq, Heard>> m_logs; //!< By session and epoch.
    QHash<QString, int> m_turns;
};

} // namespace runnel::faults
