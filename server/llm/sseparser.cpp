#include "llm/sseparser.h"

#include <algorithm>
#include <utility>

namespace runnel {

namespace {

constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

void appendLine(QByteArray &text, bool &hasSome, QByteArrayView line)
{
    if (hasSome)
        text.append('\n');
    text.append(line);
    hasSome = true;
}

} // namespace

void SseParser::feed(QByteArrayView bytes)
{
    while (!m_failed && !bytes.isEmpty()) {
        if (std::exchange(m_skipLineFeed, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            continue;
        }
        const auto end =
            std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        const QByteArrayView piece = bytes.first(end - bytes.begin());
        if (!hasRoomFor(m_line.size() + piece.size())) {
            m_failed = true;
            m_line = {};
            m_event = {};
            return;
        }
        if (end == bytes.end()) {
            m_line.append(piece);
            return;
        }
        m_skipLineFeed = *end == '\r';
        bytes = bytes.sliced(piece.size() + 1);
        if (m_line.isEmpty()) {
            takeLine(piece); // the usual case: a whole line in one read, not copied
        } else {
            m_line.append(piece);
            takeLine(std::exchange(m_line, {}));
        }
    }
}

void SseParser::finish()
{
    if (m_failed)
        return;
    if (!m_line.isEmpty())
        takeLine(std::exchange(m_line, {}));
    dispatch(false);
}

Result<std::optional<SseEvent>, SseError> SseParser::next()
{
    if (!m_ready.empty()) {
        std::optional<SseEvent> event(std::move(m_ready.front()));
        m_ready.pop_front();
        return event;
    }
    if (m_failed)
        return Failure{SseError::EventTooLong};
    return std::optional<SseEvent>();
}

qsizetype SseParser::pendingBytes() const
{
    return heldBytes() + (m_line.startsWith(':') ? 0 : m_line.size());
}

qsizetype SseParser::heldBytes() const
{
    return m_event.type.size() + m_event.data.size() + m_event.stray.size();
}

//! Asked for every line, comments too, so that it does not depend on where the bytes were cut.
bool SseParser::hasRoomFor(qsizetype lineBytes) const
{
    return lineBytes <= m_maxEventBytes - heldBytes();
}

void SseParser::takeLine(QByteArrayView line)
{
    if (std::exchange(m_atStart, false) && line.startsWith(byteOrderMark))
        line = line.sliced(byteOrderMark.size());
    if (line.isEmpty()) {
        dispatch(true);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    if (colon < 0) {
        takeField(line, {}, line);
        return;
    }
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(line.first(colon), value, line);
}

void SseParser::takeField(QByteArrayView name, QByteArrayView value, QByteArrayView line)
{
    if (name == "data")
        appendLine(m_event.data, m_hasData, value);
    else if (name == "event")
        m_event.type = value.toByteArray();
    else if (name != "id" && name != "retry")
        appendLine(m_event.stray, m_hasStray, line);
}

//! [dispatch]
void SseParser::dispatch(bool complete)
{
    SseEvent event = std::exchange(m_event, {});
    const bool hasData = std::exchange(m_hasData, false);
    const bool hasStray = std::exchange(m_hasStray, false);
    if (!hasData && !hasStray)
        return; // the standard: an event without data is none, even when it has a type
    event.complete = complete;
    m_ready.push_back(std::move(event));
}
//! [dispatch]

} // namespace runnel
