#include "limit/answerreader.h"

#include <algorithm>
#include <charconv>

namespace runnel::bench {

std::string_view takeString(std::string_view &json, std::string_view name)
{
    std::string_view rest = json;
    json = {};
    for (;;) {
        const auto at = rest.find(name);
        if (at == std::string_view::npos)
            return {};
        const bool isKey =
            at > 0 && rest[at - 1] == '"' && rest.substr(at + name.size()).starts_with("\":");
        rest.remove_prefix(at + name.size());
        if (!isKey)
            continue;
        rest.remove_prefix(2);
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        if (!rest.starts_with('"'))
            continue;
        for (std::size_t end = 1; (end = rest.find_first_of("\"\\", end)) < rest.size(); end += 2) {
            if (rest[end] == '"') {
                json = rest.substr(end + 1);
                return rest.substr(1, end - 1);
            }
        }
        return {};
    }
}

bool AnswerReader::takeLine(std::string_view &bytes, std::size_t longest)
{
    const auto end = bytes.find('\n');
    const std::size_t size = end == std::string_view::npos ? bytes.size() : end + 1;
    m_line += bytes.substr(0, size);
    bytes.remove_prefix(size);
    if (m_line.size() > longest)
        m_state = State::Broken;
    return end != std::string_view::npos;
}

void AnswerReader::readHead()
{
    if (!m_line.ends_with("\r\n\r\n"))
        return;
    // The emulator's, and Gemini's, answer to a stream.
    const bool isStream = m_line.starts_with("HTTP/1.1 200") &&
                          m_line.find("ransfer-") != std::string::npos &&
                          m_line.find(": chunked") != std::string::npos;
    m_state = isStream ? State::Size : State::Broken;
    m_line.clear();
}

void AnswerReader::readSize()
{
    const char *const end = m_line.data() + m_line.size();
    const auto number = std::from_chars(m_line.data(), end, m_left, 16);
    if (number.ec != std::errc())
        m_state = State::Broken;
    else
        m_state = m_left == 0 ? State::Ended : State::Data;
    m_line.clear();
}

void AnswerReader::readData(std::string_view bytes, const Text &text)
{
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos || !m_data.empty()) {
            m_data += bytes.substr(0, end == std::string_view::npos ? end : end + 1);
            if (m_data.size() > longestLine) {
                m_state = State::Broken;
                return;
            }
        }
        if (end == std::string_view::npos)
            return;
        std::string_view line = m_data.empty() ? bytes.substr(0, end) : std::string_view(m_data);
        bytes.remove_prefix(end + 1);
        if (line.starts_with("data:")) {
            while (!line.empty()) {
                const std::string_view found = takeString(line, "text");
                if (!found.empty())
                    text(found);
            }
        }
        m_data.clear();
    }
}

void AnswerReader::read(std::string_view bytes, const Text &text)
{
    while (!bytes.empty() && !ended() && !broken()) {
        switch (m_state) {
        case State::Head:
            if (takeLine(bytes, longestHead) && !broken())
                readHead();
            break;
        case State::Size:
            if (takeLine(bytes, longestHead) && !broken())
                readSize();
            break;
        case State::Data: {
            const std::size_t size = std::min(m_left, bytes.size());
            m_left -= size;
            readData(bytes.substr(0, size), text);
            bytes.remove_prefix(size);
            if (m_left == 0 && !broken())
                m_state = State::AfterData;
            break;
        }
        case State::AfterData: // the chunk's own line end
            if (takeLine(bytes, longestHead) && !broken()) {
                m_line.clear();
                m_state = State::Size;
            }
            break;
        case State::Ended:
        case State::Broken:
            break;
        }
    }
}

} // namespace runnel::bench
