#include "client/logplace.h"

#include "protocol/keys.h"

#include <QUrlQuery>

#include <algorithm>

namespace runnel {

QUrl LogPlace::address(const QUrl &endpoint) const
{
    if (!m_place)
        return endpoint;
    QUrlQuery query(endpoint);
    query.addQueryItem(keys::after, QString::number(m_place->seq));
    if (!m_place->epoch.isEmpty())
        query.addQueryItem(keys::epoch,
                           QString::fromLatin1(QUrl::toPercentEncoding(m_place->epoch)));
    QUrl url = endpoint;
    url.setQuery(query);
    return url;
}

bool LogPlace::begin(Seq seq, const QString &epoch)
{
    if (m_place)
        return false;
    m_place = Place{seq, epoch};
    return true;
}

void LogPlace::forget()
{
    m_place.reset();
    m_gapAfter.reset();
}

//! While a snapshot is awaited there is nothing to compare with.
LogPlace::Arrival LogPlace::look(const ServerFrame &frame)
{
    const Seq seq = seqOf(frame);
    if (seq == 0 || !m_place || std::holds_alternative<SessionHello>(frame) ||
        std::holds_alternative<Snapshot>(frame) || awaitsSnapshot())
        return Arrival::Next;
    if (seq == m_place->seq + 1) {
        m_gapAfter.reset();
        return Arrival::Next;
    }
    if (seq <= m_place->seq)
        return Arrival::Seen;
    const bool again = m_gapAfter == m_place->seq;
    m_gapAfter = m_place->seq;
    return again ? Arrival::GapAgain : Arrival::Gap;
}

bool LogPlace::canGoOn(const SessionHello &hello) const
{
    return !hello.resumed || (m_place && hello.seq >= m_place->seq);
}

//! Until an announced snapshot comes, the place is one in the log before.
void LogPlace::take(const ServerFrame &frame)
{
    if (const auto *hello = std::get_if<SessionHello>(&frame)) {
        m_hello = *hello;
        if (hello->resumed)
            m_place->epoch = hello->epoch;
    } else if (const auto *snapshot = std::get_if<Snapshot>(&frame)) {
        m_place = Place{snapshot->seq, m_hello.epoch};
        m_gapAfter.reset();
    } else if (m_place && !awaitsSnapshot()) {
        m_place->seq = std::max(m_place->seq, seqOf(frame));
    }
}

bool LogPlace::catchUp(const ServerFrame &frame)
{
    if (m_synchronised)
        return false;
    m_synchronised = std::holds_alternative<Snapshot>(frame) ||
                     (m_hello.resumed && m_place && m_place->seq >= m_hello.seq);
    return m_synchronised;
}

} // namespace runnel
