#pragma once

#include "protocol/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <deque>
#include <optional>

namespace runnel {

//! One event of a text/event-stream.
struct SseEvent
{
    QByteArray type; //!< The last `event:` field; usually empty.
    QByteArray data; //!< The `data:` fields, joined by line feeds.
    //! Lines that are no field of an event stream, joined by line feeds: some servers and proxies
    //! write an error there as bare JSON. An event of nothing else has an empty `data`.
    QByteArray stray;
    //! False for what was left when the stream ended without the empty line that closes an event.
    bool complete = true;

    friend bool operator==(const SseEvent &, const SseEvent &) = default;
};

//! A stream that cannot be read on.
enum class SseError { EventTooLong };

//! Bytes to events
//! (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream). It
//! knows no socket: bytes come cut anywhere, and the events are the same whatever the cuts. Lines
//! end in LF, CR or CRLF; a byte order mark at the start and comments are passed over; `id:` and
//! `retry:` mean nothing here. Memory is bounded by the longest event.
class SseParser
{
public:
    static constexpr qsizetype defaultMaxEventBytes = 8 * 1024 * 1024;

    //! \a maxEventBytes bounds what one event may hold, the line that is not finished included.
    explicit SseParser(qsizetype maxEventBytes = defaultMaxEventBytes)
        : m_maxEventBytes(maxEventBytes)
    {}

    //! Takes more of the stream; ignored after an error.
    void feed(QByteArrayView bytes);

    //! The stream has ended: an event that was not closed comes with `complete` false.
    void finish();

    //! The next event, nothing when more bytes are needed, or an error once the events before it
    //! are taken; an error stays.
    [[nodiscard]] Result<std::optional<SseEvent>, SseError> next();

    //! Bytes of the event that is not whole yet. A comment is no part of one.
    [[nodiscard]] qsizetype pendingBytes() const;

private:
    [[nodiscard]] qsizetype heldBytes() const;
    [[nodiscard]] bool hasRoomFor(qsizetype lineBytes) const;
    void takeLine(QByteArrayView line);
    void takeField(QByteArrayView name, QByteArrayView value, QByteArrayView line);
    void dispatch(bool complete);

    qsizetype m_maxEventBytes;
    QByteArray m_line; //!< The start of a line whose end has not come.
    SseEvent m_event;
    std::deque<SseEvent> m_ready;
    bool m_hasData = false;
    bool m_hasStray = false;
    bool m_atStart = true;
    bool m_skipLineFeed = false; //!< The last byte was a CR: an LF now belongs to it.
    bool m_failed = false;
};

} // namespace runnel
