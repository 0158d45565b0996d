#pragma once

#include "protocol/codec.h"

#include <deque>

namespace runnel {

//! The frames of a session by `seq`, each serialised once however many clients read it. Bounded:
//! the oldest frames go when the log has more than its bytes, and whoever has not read them by then
//! gets a snapshot.
class SessionLog
{
public:
    static constexpr qsizetype defaultMaxBytes = 512 * 1024;

    explicit SessionLog(qsizetype maxBytes = defaultMaxBytes)
        : m_maxBytes(maxBytes)
    {}

    //! Gives the frame the next seq and keeps it. The frame must be of a kind that belongs to the
    //! log.
    Seq append(ServerFrame frame);

    //! The seq of the newest frame; 0 while there was none.
    [[nodiscard]] Seq newest() const { return m_newest; }

    //! The frame of that seq; nullptr when the log no longer, or not yet, has it.
    [[nodiscard]] const ServerFrame *frame(Seq seq) const;

    //! The text of the frame of that seq, to be sent. Null where V0 has no word for it. Same
    //! condition as frame().
    [[nodiscard]] QString wire(Seq seq, Dialect dialect) const;

    //! Memory that the frames take, about.
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

    //! Forgets the frames and goes on counting: for a session that nobody follows.
    void forget();

private:
    struct Entry
    {
        ServerFrame frame;
        QString wire; //!< In V1.
    };

    [[nodiscard]] const Entry *entry(Seq seq) const;
    static qsizetype cost(const Entry &entry);

    std::deque<Entry> m_entries;
    Seq m_newest = 0;
    qsizetype m_bytes = 0;
    qsizetype m_maxBytes;
};

} // namespace runnel
