#include "trace/tracebook.h"

#include <algorithm>
#include <utility>

namespace runnel {

TraceBook::~TraceBook()
{
    for (const auto &trace : m_traces)
        trace->forget();
}

void TraceBook::keep(std::shared_ptr<TurnTrace> trace)
{
    trace->keepIn(*this);
    m_bytes += trace->bytes();
    m_traces.push_back(std::move(trace));
    makeRoom();
}

void TraceBook::grew(qsizetype bytes)
{
    m_bytes += bytes;
    makeRoom();
}

void TraceBook::makeRoom()
{
    const auto isTooMuch = [this] {
        return qsizetype(m_traces.size()) > m_maxTurns ||
               (m_traces.size() > 1 && m_bytes > m_maxBytes);
    };
    while (isTooMuch()) {
        m_bytes -= m_traces.front()->bytes();
        m_traces.front()->forget();
        m_traces.pop_front();
    }
}

const TurnTrace *TraceBook::find(const QString &session, const QString &turn) const
{
    const auto found = std::find_if(m_traces.rbegin(), m_traces.rend(), [&](const auto &trace) {
        return trace->identity().turn == turn && trace->identity().session == session;
    });
    return found == m_traces.rend() ? nullptr : found->get();
}

} // namespace runnel
