#pragma once

#include "trace/turntrace.h"

#include <deque>
#include <memory>

namespace runnel {

//! The traces of the newest turns of all sessions, those that still run among them. Where there are
//! too many, or they take too much memory, the oldest goes.
class TraceBook
{
public:
    using Traces = std::deque<std::shared_ptr<TurnTrace>>;

    static constexpr qsizetype defaultMaxBytes = qsizetype(16) * 1024 * 1024;

    explicit TraceBook(qsizetype maxTurns, qsizetype maxBytes = defaultMaxBytes)
        : m_maxTurns(maxTurns)
        , m_maxBytes(maxBytes)
    {}

    [[nodiscard]] qsizetype maxTurns() const { return m_maxTurns; }

    //! Keeps the trace of a turn that begins. Who writes into it shares it; once it has to go it
    //! takes nothing any more, whoever still holds it.
    void keep(std::shared_ptr<TurnTrace> trace);

    //! Oldest first.
    [[nodiscard]] const Traces &traces() const { return m_traces; }

    //! The newest of that name: a conversation that was forgotten counts its turns from 1 again.
    [[nodiscard]] const TurnTrace *find(const QString &session, const QString &turn) const;

private:
    [[nodiscard]] qsizetype bytes() const;

    const qsizetype m_maxTurns;
    const qsizetype m_maxBytes;
    Traces m_traces;
};

} // namespace runnel
