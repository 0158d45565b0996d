#include "trace/tracebook.h"

#include <algorithm>
#include <numeric>

namespace runnel {

void TraceBook::keep(std::shared_ptr<TurnTrace> trace)
{
    m_traces.push_back(std::move(trace));
    const auto isTooMuch = [this] {
        return qsizetype(m_traces.size()) > m_maxTurns ||
               (m_traces.size() > 1 && bytes() > m_maxBytes);
    };
    while (isTooMuch()) {
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

qsizetype TraceBook::bytes() const
{
    return std::accumulate(m_traces.begin(), m_traces.end(), qsizetype(0),
                           [](qsizetype sum, const auto &trace) { return sum + trace->bytes(); });
}

} // namespace runnel
