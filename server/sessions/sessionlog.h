#pragma once

#include "protocol/codec.h"

#include <deque>

namespace runnel {

//! The frames of a session by `seq`, each serialised once however many clients read it. A frame is
//! to be read once it is published, which is when the store has it. Bounded: the oldest frames go
//! when the log has more than its bytes, and whoever has not read them by then gets a snapshot.
class SessionLog
{
public:
    static constexpr qsizetype defaultMaxBytes = 512 * 1024;

    //! \a newest is the seq that the log of before ended with.
    explicit SessionLog(qsizetype maxBytes = defaultMaxBytes, Seq newest = 0)
        : m_appended(newest)
        , m_newest(newest)
        , m_maxBytes(maxBytes)
    {}

    //! Gives the frame the next seq and keeps it. The frame must be of a kind that belongs to the
    //! log.
    Seq append(ServerFrame frame);

    //! All that was appended may be read now.
    void publish() { m_newest = m_appended; }

    //! The seq of the newest frame that may be read; 0 while there was none.
    [[nodiscard]] Seq newest() const { return m_newest; }
    //! The seq of the newest frame of all.
    [[nodiscard]] Seq appended() const { return m_appended; }
    //! Whether somebody who has the frames up to \a seq can go on from here.
    [[nodiscard]] bool reaches(Seq seq) const
    {
        return seq <= m_newest && seq + m_entries.size() >= m_appended;
    }

    //! The frame of that seq; nullptr when the log no longer, or not yet, has it for readers.
    [[nodiscard]] const ServerFrame *frame(Seq seq) const;

    //! The frame of that seq as UTF-8, to be sent. Null where V0 has no word for it. Same condition
    //! as frame().
    [[nodiscard]] QByteArray wire(Seq seq, Dialect dialect) const;

    //! Memory that the frames take, about.
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

    //! Forgets the frames that are published and goes on counting.
    void forget();

private:
    struct Entry
    {
        ServerFrame frame;
        QByteArray wire; //!< In V1.
    };

    [[nodiscard]] const Entry *entry(Seq seq) const;
    static qsizetype cost(const Entry &entry);

    std::deque<Entry> m_entries;
    Seq m_appended = 0;
    Seq m_newest = 0;
    qsizetype m_bytes = 0;
    qsizetype m_maxBytes;
};

} // namespace runnel
