#include "loadgen/framereader.h"

namespace runnel::bench {

namespace {

std::uint8_t byteAt(std::string_view bytes, std::size_t at)
{
    return static_cast<std::uint8_t>(bytes[at]);
}

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

void appendBigEndian(std::string &bytes, std::uint64_t value, int count)
{
    for (int i = count - 1; i >= 0; --i)
        bytes.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

} // namespace

void FrameReader::append(std::string_view bytes)
{
    if (m_begin == m_bytes.size()) {
        m_bytes.clear();
        m_begin = 0;
    }
    m_bytes.append(bytes);
}

std::optional<Frame> FrameReader::next()
{
    const std::string_view rest = std::string_view(m_bytes).substr(m_begin);
    if (m_broken || rest.size() < 2)
        return {};
    const std::uint8_t length = byteAt(rest, 1);
    if ((length & 0x80) != 0 || (byteAt(rest, 0) & 0x70) != 0) { // masked, or an extension's bits
        m_broken = true;
        return {};
    }
    const std::size_t lengthBytes = length == 127 ? 8 : length == 126 ? 2 : 0;
    const std::size_t head = 2 + lengthBytes;
    if (rest.size() < head)
        return {};
    const std::uint64_t size = lengthBytes == 0 ? length : bigEndian(rest.substr(2, lengthBytes));
    if (size > longestFrame) {
        m_broken = true;
        return {};
    }
    if (rest.size() < head + size)
        return {};
    m_begin += head + size;
    return Frame{static_cast<std::uint8_t>(byteAt(rest, 0) & 0x0f), rest.substr(head, size)};
}

std::string maskedFrame(Frame::Opcode opcode, std::string_view payload, std::uint32_t mask)
{
    std::string frame;
    frame.push_back(static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        frame.push_back(static_cast<char>(0x80 | payload.size()));
    } else if (payload.size() < 65536) {
        frame.push_back(static_cast<char>(0x80 | 126));
        appendBigEndian(frame, payload.size(), 2);
    } else {
        frame.push_back(static_cast<char>(0x80 | 127));
        appendBigEndian(frame, payload.size(), 8);
    }
    std::string key;
    appendBigEndian(key, mask, 4);
    frame += key;
    for (std::size_t i = 0; i < payload.size(); ++i)
        frame.push_back(static_cast<char>(payload[i] ^ key[i % 4]));
    return frame;
}

} // namespace runnel::bench
