#pragma once

#include <QtGlobal>

#include <random>

namespace runnel::faults {

//! What a round does, from its seed and its number alone, so that one round can be tried again by
//! itself. The distributions of <random> are not the same everywhere, its engines are.
class Dice
{
public:
    Dice(quint64 seed, int round)
        : m_engine(seed * 1'000'003 + quint64(round))
    {}

    //! From \a from to \a to, both included.
    int between(int from, int to) { return from + int(m_engine() % quint64(to - from + 1)); }
    bool chance(int percent) { return between(1, 100) <= percent; }
    //! One of \a all, which has some.
    template <typename List>
    auto &oneOf(List &all)
    {
        return all[typename List::size_type(between(0, int(all.size()) - 1))];
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace runnel::faults
