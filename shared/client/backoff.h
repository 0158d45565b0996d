#pragma once

#include <chrono>
#include <functional>

namespace runnel {

//! How long to wait before the next attempt: doubles up to a cap, each time shortened at random by
//! up to half, so that the clients of a server that comes back do not all knock at once.
class Backoff
{
public:
    struct Limits
    {
        std::chrono::milliseconds first{500};
        std::chrono::milliseconds longest{30'000};
    };
    //! A number in [0, 1).
    using Random = std::function<double()>;

    //! Without \a random the process's own generator is used.
    explicit Backoff(Limits limits, Random random = {});

    //! The wait before the next attempt, in [full / 2, full], where full is first, 2 first, 4 first
    //! …
    [[nodiscard]] std::chrono::milliseconds next();
    //! The next wait is the first one again.
    void reset() { m_full = m_limits.first; }

private:
    Limits m_limits;
    Random m_random;
    std::chrono::milliseconds m_full;
};

} // namespace runnel
