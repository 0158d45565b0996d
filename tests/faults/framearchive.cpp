#include "framearchive.h"

#include "findings.h"

#include <algorithm>

namespace runnel::faults {

using namespace Qt::StringLiterals;

void FrameArchive::put(const QString &session, const QString &epoch, const ServerFrame &frame,
                       const QString &text, const QString &heardBy)
{
    const Seq seq = seqOf(frame);
    QHash<Seq, Heard> &log = m_logs[session + u' ' + epoch];
    if (const auto known = log.constFind(seq); known != log.cend()) {
        m_findings.expect(
            known->text == text,
            u"%1: frame %2 was \"%3\" for %4 and \"%5\" for %6"_s.arg(session).arg(seq).arg(
                known->text.left(300), known->by, text.left(300), heardBy));
        return;
    }
    log.insert(seq, {text, heardBy});
    const auto *turn = std::get_if<TurnStarted>(&frame);
    if (turn && !turn->id.isEmpty())
        ++m_turns[turn->id];
}

QStringList FrameArchive::lines() const
{
    QStringList lines;
    for (auto log = m_logs.cbegin(); log != m_logs.cend(); ++log) {
        QList<Seq> seqs = log->keys();
        std::ranges::sort(seqs);
        for (const Seq seq : std::as_const(seqs))
            lines.append(log.key() + u' ' + (*log)[seq].text);
    }
    return lines;
}

} // namespace runnel::faults
