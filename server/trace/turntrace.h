#pragma once

#include "protocol/frames.h"

#include <QString>

#include <chrono>
#include <limits>
#include <optional>
#include <vector>

namespace runnel {

class TraceBook;

//! Where a message comes by on its way down, and its answer on the way up, in the order of
//! docs/architecture.md. What happens to each frame is a TurnTrace::Frame.
enum class Station : quint8 {
    Connected,  //!< The socket that the message came by became a ChatConnection: often long before.
    Received,   //!< ChatConnection has the text of the person's frame.
    Decoded,    //!< It is a typed frame.
    Taken,      //!< The Session took it: now, or behind the answers before it.
    Begun,      //!< Its turn began. What lies between Taken and this, it waited in the queue.
    Agent,      //!< AgentManager::streamChat.
    Asked,      //!< The request was given to QNetworkAccessManager.
    Sent,       //!< Qt says that it is sent.
    Answered,   //!< The head of the provider's answer is there; `number` is its HTTP status.
    FirstBytes, //!< The first bytes of its stream were read.
    Retrying,   //!< It is asked again after a pause; `number` counts from 1.
    Ended,      //!< The answer has ended, however it did.
};

//! What happened to one turn, and when; sizes only, never a word of what was said. Bounded: what is
//! beyond the bounds is counted. It knows nobody but the book that keeps it, so every room can
//! write into it.
class TurnTrace
{
public:
    using Clock = std::chrono::steady_clock;

    //! What is known of a message before its turn.
    struct Arrival
    {
        Clock::time_point connected;
        Clock::time_point received;
        Clock::time_point decoded;
        Clock::time_point taken;
        qsizetype bytes = 0;
    };

    struct Identity
    {
        QString session;
        QString turn;
        QString agent;
        QString model;
    };

    //! A time that has not come yet, or never does.
    static constexpr qint64 never = std::numeric_limits<qint64>::min();

    //! Times are nanoseconds since the turn began; what was before is negative.
    struct Step
    {
        Station station = Station::Begun;
        qint64 at = 0;
        qint64 bytes = 0; //!< 0: nothing to be said of bytes.
        int number = 0;   //!< 0: nothing to be counted.
    };

    enum class Kind : quint8 { User, Turn, Thought, Chunk, Retrying, Complete, Error };

    //! The journey of one frame of the turn.
    struct Frame
    {
        Seq seq = 0;
        qint64 parsed = never;   //!< The event it came in was taken off the stream and understood.
        qint64 appended = never; //!< To the session's log.
        qint64 stored = never;   //!< The store has it: it may be shown.
        qint64 written = never;  //!< It goes to the first WebSocket.
        qint64 lastWritten = never; //!< The last one so far was given it.
        int sockets = 0;            //!< How many WebSockets were given it.
        int eventBytes = 0;         //!< Of the event that it came in.
        int characters = 0;         //!< UTF-16 code units of its text.
        int bytes = 0;              //!< As it was written.
        Kind kind = Kind::Chunk;
    };

    struct Bounds
    {
        std::size_t steps = 256;
        std::size_t frames = 2000;
    };

    //! The turn begins now. Without \a arrival its message did not come by a WebSocket.
    explicit TurnTrace(const std::optional<Arrival> &arrival, Bounds bounds);
    explicit TurnTrace(const std::optional<Arrival> &arrival = {})
        : TurnTrace(arrival, Bounds())
    {}

    void setIdentity(Identity identity);
    //! From now on, until forget(), \a book is told whenever the trace takes more memory.
    void keepIn(TraceBook &book);

    // What happens now.
    void note(Station station, qint64 bytes = 0, int number = 0);
    //! An event of the provider's stream was understood: the frames that follow are of it.
    void noteParsed(qsizetype bytes);
    void noteAppended(Seq seq, Kind kind, qsizetype characters);
    //! The frames up to \a newest are stored.
    void noteStored(Seq newest);
    //! A WebSocket is given that frame, and then has it. Two calls, since a client may have it
    //! before the second.
    void noteWriting(Seq seq);
    void noteWritten(Seq seq, qsizetype bytes);
    //! The answer has ended. \a how is a finish reason or an error's code, as on the wire.
    void end(const QString &how);

    //! There is no room for it any more: what it has goes, and nothing new is taken.
    void forget();

    [[nodiscard]] const Identity &identity() const { return m_identity; }
    //! The wall clock when the turn began; microseconds since 1970.
    [[nodiscard]] std::chrono::microseconds begunAt() const { return m_begunAt; }
    //! Empty while the answer runs.
    [[nodiscard]] const QString &ending() const { return m_ending; }
    [[nodiscard]] const std::vector<Step> &steps() const { return m_steps; }
    [[nodiscard]] const std::vector<Frame> &frames() const { return m_frames; }
    [[nodiscard]] qint64 stepsLeftOut() const { return m_stepsLeftOut; }
    [[nodiscard]] qint64 framesLeftOut() const { return m_framesLeftOut; }
    //! The frames before are of another turn.
    [[nodiscard]] Seq firstSeq() const { return m_firstSeq; }

    //! The first time at that station; never.
    [[nodiscard]] qint64 at(Station station) const;
    //! The first chunk's time with a first WebSocket, or in the log where none was there; never.
    [[nodiscard]] qint64 firstText() const;

    //! Memory that it takes, about.
    [[nodiscard]] qsizetype bytes() const;

private:
    [[nodiscard]] qint64 since(Clock::time_point time) const;
    [[nodiscard]] qint64 now() const { return since(Clock::now()); }
    [[nodiscard]] Frame *find(Seq seq);
    void add(const Step &step);
    void tellBook();

    Identity m_identity;
    Bounds m_bounds;
    Clock::time_point m_begun;
    std::chrono::microseconds m_begunAt;
    QString m_ending;
    std::vector<Step> m_steps;
    std::vector<Frame> m_frames; //!< By seq.
    std::size_t m_stored = 0;    //!< How many of them are stored.
    qint64 m_stepsLeftOut = 0;
    qint64 m_framesLeftOut = 0;
    qint64 m_parsed = never;
    qsizetype m_parsedBytes = 0;
    Seq m_firstSeq = std::numeric_limits<Seq>::max(); //!< While there is no frame, none is of it.
    TraceBook *m_book = nullptr;
    qsizetype m_told = 0; //!< Bytes that the book knows of.
    bool m_isForgotten = false;
};

} // namespace runnel
