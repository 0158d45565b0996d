#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace runnel::bench {

//! The string that follows the next `"name":` in \a json, still escaped, and takes all up to its
//! end off \a json; empty when there is none. A name inside of a string has a backslash before its
//! second quote, so it is not mistaken for one.
[[nodiscard]] std::string_view takeString(std::string_view &json, std::string_view name);

//! Reads Gemini's streamed answer off an HTTP/1.1 connection, however it is cut: the reply's head,
//! its chunks, their lines, and of each line of data the texts, found by scanning.
class AnswerReader
{
public:
    //! Gets each text, still escaped as in JSON; good until it returns.
    using Text = std::function<void(std::string_view)>;

    static constexpr std::size_t longestHead = 16 * 1024;
    static constexpr std::size_t longestLine = 1024 * 1024;

    void read(std::string_view bytes, const Text &text);

    [[nodiscard]] bool ended() const { return m_state == State::Ended; }
    //! What came is no answer, or more than we hold.
    [[nodiscard]] bool broken() const { return m_state == State::Broken; }

private:
    enum class State { Head, Size, Data, AfterData, Ended, Broken };

    //! Takes a line with its end off \a bytes; false while its end is not there.
    bool takeLine(std::string_view &bytes, std::size_t longest);
    void readHead();
    void readSize();
    void readData(std::string_view bytes, const Text &text);

    State m_state = State::Head;
    std::string m_line; //!< Of HTTP: the head, or a chunk's size.
    std::string m_data; //!< A line of the answer that has not ended.
    std::size_t m_left = 0;
};

} // namespace runnel::bench
