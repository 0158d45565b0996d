#pragma once

#include "protocol/frames.h"

#include <QUrl>

#include <optional>

namespace runnel {

//! How far a client has come in the log of its conversation: which frame comes next, what a new
//! connection asks for, and from when on all that the server had is there. Pure: it knows no
//! socket; its owner ends the connection where it says so.
class LogPlace
{
public:
    enum class Arrival {
        Next,     //!< Or no frame of the log at all: to be handed out.
        Seen,     //!< Handed out before.
        Gap,      //!< Frames are missing: the next connection goes on from here.
        GapAgain, //!< The one before had the same gap: only a snapshot heals it.
    };

    //! \a endpoint with `after` and `epoch`; as it is while nothing has come, for a snapshot.
    [[nodiscard]] QUrl address(const QUrl &endpoint) const;
    //! The owner knows the log \a epoch up to \a seq from an earlier time; false, and nothing
    //! happens, when a place is known already.
    bool begin(Seq seq, const QString &epoch);
    //! The next connection begins with a snapshot.
    void forget();
    //! A connection has gone; what is known of the log stays.
    void leave() { m_synchronised = false; }

    //! What \a frame is on this connection. Of a `session` frame see also canGoOn().
    [[nodiscard]] Arrival look(const ServerFrame &frame);
    //! False when the server goes on from a place where this client is not.
    [[nodiscard]] bool canGoOn(const SessionHello &hello) const;
    //! \a frame was Next; it is handed out now.
    void take(const ServerFrame &frame);
    //! True once, when with \a frame, which was taken, all that the server had has come.
    [[nodiscard]] bool catchUp(const ServerFrame &frame);
    //! All that the server had when the connection began has come.
    [[nodiscard]] bool isSynchronised() const { return m_synchronised; }

private:
    //! The newest frame that was handed out, and the log that it is of.
    struct Place
    {
        Seq seq = 0;
        QString epoch;
    };

    [[nodiscard]] bool awaitsSnapshot() const { return !m_hello.resumed && !m_synchronised; }

    std::optional<Place> m_place;  //!< None before the first snapshot.
    std::optional<Seq> m_gapAfter; //!< Where the last connection ended for a gap.
    SessionHello m_hello;          //!< Of the connection that is there, or was last.
    bool m_synchronised = false;
};

} // namespace runnel
