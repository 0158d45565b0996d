#pragma once

#include <utility>
#include <variant>

namespace runnel {

//! Wraps an error so that Result<T, E> can be made from it even where T and E are the same type.
template <typename E>
struct Failure
{
    E error;
};

template <typename E>
Failure(E) -> Failure<E>;

//! Either a value or an error: what std::expected will be once g++ 12 is no longer the oldest
//! compiler. Reading the side that is not there is undefined, as with std::optional's operator*.
template <typename T, typename E>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    Result(Failure<E> failure)
        : m_state(std::in_place_index<1>, std::move(failure.error))
    {}

    explicit operator bool() const { return m_state.index() == 0; }

    const T &value() const & { return *std::get_if<0>(&m_state); }
    T &value() & { return *std::get_if<0>(&m_state); }
    T &&value() && { return std::move(*std::get_if<0>(&m_state)); }
    const T *operator->() const { return std::get_if<0>(&m_state); }
    T *operator->() { return std::get_if<0>(&m_state); }
    const T &operator*() const & { return value(); }
    T &operator*() & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }

    const E &error() const { return *std::get_if<1>(&m_state); }

private:
    std::variant<T, E> m_state;
};

} // namespace runnel
