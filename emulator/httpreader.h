#pragma once

#include "emulator/httprequest.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace runnel::emulator {

//! What a reader takes at most.
struct HttpLimits
{
    qsizetype headBytes = 16 * 1024; //!< Request line and headers together.
    qsizetype headers = 100;
    qsizetype bodyBytes = 32 * 1024 * 1024;
};

//! Why a request cannot be read. The connection is of no use afterwards.
struct HttpRefusal
{
    int status = 400;
    QByteArray reason;
};

//! Bytes to HTTP/1.1 requests, cut anywhere and bounded; knows no socket. Reads Content-Length and
//! chunked bodies. What could smuggle a request (both of them, two lengths, folded lines, a blank
//! before the colon) is refused.
class HttpReader
{
public:
    enum class State { Head, Body, Complete, Refused };

    explicit HttpReader(HttpLimits limits = {})
        : m_limits(limits)
    {}

    //! Takes bytes as they came and reads as far as they go. Once Complete, they wait for the next
    //! request.
    State feed(QByteArrayView bytes);

    [[nodiscard]] State state() const { return m_state; }

    //! Bytes of a request have come, but not all.
    [[nodiscard]] bool isPartial() const
    {
        return m_state == State::Body || (m_state == State::Head && !m_buffer.isEmpty());
    }

    //! The client waits for `100 Continue` before it sends the body; true once a request.
    [[nodiscard]] bool takeExpectation() { return std::exchange(m_expectsContinue, false); }

    //! In state Complete only: the request. The reader goes on with what came behind it, so look at
    //! state() again.
    [[nodiscard]] HttpRequest takeRequest();

    //! In state Refused only.
    [[nodiscard]] const HttpRefusal &refusal() const { return m_refusal; }

private:
    enum class Chunk { Size, Data, DataEnd, Trailer };

    void advance();
    bool readHead();
    bool readRequestLine(QByteArrayView line);
    bool readHeader(QByteArrayView line);
    bool beginBody();
    bool readBody();
    bool readChunks();
    bool readChunkSize(QByteArrayView line);
    std::optional<QByteArrayView> takeLine(qsizetype atMost, int status);
    bool refuse(int status, const char *reason);

    HttpLimits m_limits;
    State m_state = State::Head;
    HttpRefusal m_refusal;
    HttpRequest m_request;
    QByteArray m_buffer;
    qsizetype m_at = 0; //!< Read so far, of m_buffer.
    bool m_expectsContinue = false;

    bool m_chunked = false;
    Chunk m_chunk = Chunk::Size;
    qsizetype m_left = 0; //!< Of the body or of the current chunk.
    qsizetype m_trailerBytes = 0;
};

} // namespace runnel::emulator
