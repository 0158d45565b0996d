#include "client/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace runnel {

Backoff::Backoff(Limits limits, Random random)
    : m_limits(limits)
    , m_random(random ? std::move(random)
                      : [] { return QRandomGenerator::global()->generateDouble(); })
    , m_full(limits.first)
{}

std::chrono::milliseconds Backoff::next()
{
    using Duration = std::chrono::duration<double, std::milli>;
    const Duration wait = Duration(m_full) * (1.0 - m_random() / 2);
    m_full = std::min(m_full * 2, m_limits.longest);
    return std::chrono::duration_cast<std::chrono::milliseconds>(wait);
}

} // namespace runnel
