#include "trace/turntrace.h"

#include "trace/tracebook.h"

#include <algorithm>
#include <utility>

namespace runnel {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

namespace {

int bounded(qsizetype size)
{
    return int(std::min<qsizetype>(size, std::numeric_limits<int>::max()));
}

//! Whether the list took more memory for it.
template <typename T>
bool hasGrownBy(std::vector<T> &list, const T &one)
{
    const std::size_t before = list.capacity();
    list.push_back(one);
    return list.capacity() != before;
}

} // namespace

TurnTrace::TurnTrace(const std::optional<Arrival> &arrival, Bounds bounds)
    : m_bounds(bounds)
    , m_begun(Clock::now())
    , m_begunAt(duration_cast<microseconds>(std::chrono::system_clock::now().time_since_epoch()))
{
    if (arrival) {
        add({Station::Connected, since(arrival->connected), 0, 0});
        add({Station::Received, since(arrival->received), arrival->bytes, 0});
        add({Station::Decoded, since(arrival->decoded), 0, 0});
        add({Station::Taken, since(arrival->taken), 0, 0});
    }
    add({Station::Begun, 0, 0, 0});
}

void TurnTrace::setIdentity(Identity identity)
{
    m_identity = std::move(identity);
    tellBook();
}

qint64 TurnTrace::since(Clock::time_point time) const
{
    return duration_cast<nanoseconds>(time - m_begun).count();
}

void TurnTrace::add(const Step &step)
{
    if (m_isForgotten)
        return;
    // How it ended is what one wants to know most.
    if (m_steps.size() >= m_bounds.steps && step.station != Station::Ended)
        ++m_stepsLeftOut;
    else if (hasGrownBy(m_steps, step))
        tellBook();
}

void TurnTrace::note(Station station, qint64 bytes, int number)
{
    add({station, now(), bytes, number});
}

void TurnTrace::noteParsed(qsizetype bytes)
{
    m_parsed = now();
    m_parsedBytes = bytes;
}

void TurnTrace::noteAppended(Seq seq, Kind kind, qsizetype characters)
{
    m_firstSeq = std::min(m_firstSeq, seq);
    if (m_isForgotten)
        return;
    if (m_frames.size() >= m_bounds.frames) {
        ++m_framesLeftOut;
        return;
    }
    Frame frame;
    frame.seq = seq;
    frame.kind = kind;
    frame.appended = now();
    frame.characters = bounded(characters);
    if (kind == Kind::Chunk || kind == Kind::Thought) {
        frame.parsed = m_parsed;
        frame.eventBytes = bounded(m_parsedBytes);
    }
    if (hasGrownBy(m_frames, frame))
        tellBook();
}

void TurnTrace::noteStored(Seq newest)
{
    const qint64 time = now();
    while (m_stored < m_frames.size() && m_frames[m_stored].seq <= newest)
        m_frames[m_stored++].stored = time;
}

TurnTrace::Frame *TurnTrace::find(Seq seq)
{
    const auto frame = std::ranges::lower_bound(m_frames, seq, {}, &Frame::seq);
    return frame == m_frames.end() || frame->seq != seq ? nullptr : &*frame;
}

void TurnTrace::noteWriting(Seq seq)
{
    Frame *const frame = find(seq);
    if (frame && frame->written == never)
        frame->written = now();
}

void TurnTrace::noteWritten(Seq seq, qsizetype bytes)
{
    Frame *const frame = find(seq);
    if (!frame)
        return;
    frame->lastWritten = now();
    frame->bytes = bounded(bytes);
    ++frame->sockets;
}

void TurnTrace::end(const QString &how)
{
    note(Station::Ended);
    m_ending = how;
    tellBook();
}

void TurnTrace::forget()
{
    m_isForgotten = true;
    m_book = nullptr;
    m_steps = std::vector<Step>(); // = {} would keep the memory
    m_frames = std::vector<Frame>();
    m_stored = 0;
}

void TurnTrace::keepIn(TraceBook &book)
{
    m_book = &book;
    m_told = bytes();
}

//! May end with forget(): this one may be what the book has no room for.
void TurnTrace::tellBook()
{
    if (!m_book)
        return;
    const qsizetype all = bytes();
    m_book->grew(all - std::exchange(m_told, all));
}

qint64 TurnTrace::at(Station station) const
{
    const auto step = std::ranges::find(m_steps, station, &Step::station);
    return step == m_steps.end() ? never : step->at;
}

qint64 TurnTrace::firstText() const
{
    const auto frame = std::ranges::find(m_frames, Kind::Chunk, &Frame::kind);
    if (frame == m_frames.end())
        return never;
    return frame->written == never ? frame->appended : frame->written;
}

qsizetype TurnTrace::bytes() const
{
    const std::size_t lists =
        m_steps.capacity() * sizeof(Step) + m_frames.capacity() * sizeof(Frame);
    return qsizetype(sizeof(TurnTrace) + lists) +
           2 * (m_identity.session.size() + m_identity.turn.size() + m_identity.agent.size() +
                m_identity.model.size() + m_ending.size());
}

} // namespace runnel
