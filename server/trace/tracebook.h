#pragma once

#include "trace/turntrace.h"

#include <QtGlobal>

#include <deque>
#include <memory>

namespace runnel {

//! The traces of the newest turns of all sessions, those that still run among them. Where there are
//! too many, or they take too much memory, the oldest goes, though its turn may still run.
class TraceBook
{
public:
    using Traces = std::deque<std::shared_ptr<TurnTrace>>;

    static constexpr qsizetype defaultMaxBytes = qsizetype(16) * 1024 * 1024;

    explicit TraceBook(qsizetype maxTurns, qsizetype maxBytes = defaultMaxBytes)
        : m_maxTurns(maxTurns)
        , m_maxBytes(maxBytes)
    {}
    ~TraceBook();
    Q_DISABLE_COPY_MOVE(TraceBook)

    [[nodiscard]] qsizetype maxTurns() const { return m_maxTurns; }

    //! Keeps the trace of a turn that begins. Who writes into it shares it; once it has to go it
    //! takes nothing any more, whoever still holds it.
    void keep(std::shared_ptr<TurnTrace> trace);

    //! One of its traces takes so many bytes more.
    void grew(qsizetype bytes);

    //! Oldest first.
    [[nodiscard]] const Traces &traces() const { return m_traces; }

    //! The newest of that name: a conversation that was forgotten counts its turns from 1 again.
    [[nodiscard]] const TurnTrace *find(const QString &session, const QString &turn) const;

    //! Memory that its traces take, about. Never more than it may be, unless a single trace is.
    [[nodiscard]] qsizetype bytes() const { return m_bytes; }

private:
    void makeRoom();

    const qsizetype m_maxTurns;
    const qsizetype m_maxBytes;
    qsizetype m_bytes = 0;
    Traces m_traces;
};

} // namespace runnel
