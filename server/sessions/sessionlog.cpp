#include "sessions/sessionlog.h"

namespace runnel {

Seq SessionLog::append(ServerFrame frame)
{
    ++m_appended;
    std::visit([this](auto &f) { f.seq = m_appended; }, frame);
    QByteArray wire = encode(frame, Dialect::V1).toUtf8();
    m_entries.push_back({std::move(frame), std::move(wire)});
    m_bytes += cost(m_entries.back());
    // The newest frame stays whatever its size: a client must be able to get at least that one.
    while (m_bytes > m_maxBytes && m_entries.size() > 1) {
        m_bytes -= cost(m_entries.front());
        m_entries.pop_front();
    }
    return m_appended;
}

const ServerFrame *SessionLog::frame(Seq seq) const
{
    const Entry *found = entry(seq);
    return found ? &found->frame : nullptr;
}

QByteArray SessionLog::wire(Seq seq, Dialect dialect) const
{
    const Entry *found = entry(seq);
    if (!found)
        return {};
    return dialect == Dialect::V1 ? found->wire : encode(found->frame, dialect).toUtf8();
}

void SessionLog::forget()
{
    while (m_entries.size() > m_appended - m_newest) {
        m_bytes -= cost(m_entries.front());
        m_entries.pop_front();
    }
}

const SessionLog::Entry *SessionLog::entry(Seq seq) const
{
    const Seq oldest = m_appended - m_entries.size() + 1;
    if (seq < oldest || seq > m_newest)
        return nullptr;
    return &m_entries[seq - oldest];
}

qsizetype SessionLog::cost(const Entry &entry)
{
    // The text stands twice: in UTF-8 on the wire, and in the frame with two bytes for one at most.
    return qsizetype(sizeof(Entry)) + 3 * entry.wire.size();
}

} // namespace runnel
