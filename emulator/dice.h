#pragma once

#include <QStringView>
#include <QtGlobal>

namespace runnel::emulator {

//! A small random generator (SplitMix64) whose numbers are the same on every machine, which those
//! of <random>'s distributions are not.
class Dice
{
public:
    explicit Dice(quint64 seed)
        : m_state(seed)
    {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    //! From \a from to \a to, both included.
    int between(int from, int to) { return from + int(next() % quint64(to - from + 1)); }
    //! From -1 to 1.
    double swing() { return double(next() >> 11) / double(1ULL << 52) - 1.0; }

private:
    quint64 m_state;
};

//! The same number for the same text on every machine (FNV-1a).
[[nodiscard]] inline quint64 stableHash(QStringView text)
{
    quint64 hash = 0xcbf29ce484222325ULL;
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 0x100000001b3ULL;
    return hash;
}

} // namespace runnel::emulator
