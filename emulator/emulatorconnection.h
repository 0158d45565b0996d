#pragma once

#include "emulator/geminiservice.h"
#include "emulator/httpreader.h"
#include "emulator/streamclock.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace runnel::emulator {

//! How long a connection may take, and how much may wait for a slow reader.
struct ConnectionLimits
{
    HttpLimits http;
    std::chrono::milliseconds idle{120'000};   //!< Between requests.
    std::chrono::milliseconds request{30'000}; //!< From a request's first byte to its last.
    std::chrono::milliseconds stuck{60'000};   //!< With bytes to write and none taken.
    qint64 waitingBytes = 256 * 1024; //!< A stream pauses while more than this waits to be read.
};

//! One socket: reads requests, one after the other, and writes what GeminiService replies.
class EmulatorConnection : public QObject, private StreamClock::Sleeper
{
    Q_OBJECT

public:
    //! The socket is connected and becomes a child. \a service and \a clock must outlive this.
    EmulatorConnection(QTcpSocket *socket, GeminiService &service, StreamClock &clock,
                       const ConnectionLimits &limits, QObject *parent);
    ~EmulatorConnection() override;

    //! Closes the connection when it has waited for too long.
    void checkDeadline(StreamClock::Time now);

Q_SIGNALS:
    //! The socket is gone; nothing more comes.
    void closed(runnel::emulator::EmulatorConnection *connection);

private:
    void wake() override;
    void onReadyRead();
    void onBytesWritten();
    void onDisconnected();
    void serve();
    void reply(HttpReply reply);
    void reply(StreamReply reply);
    void reply(NoReply reply);
    void sendReply();
    void sendHead(int status, const QByteArray &contentType, qint64 contentLength);
    void sendStreamEvents();
    void sendEvent(AnswerStream::Step &step);
    void writeAtOnce(QByteArrayView bytes);
    void endBody();
    void finishRequest();
    void refuse(const HttpRefusal &refusal);
    void close();
    void reset();
    void touch(std::chrono::milliseconds allowed);
    [[nodiscard]] bool isBusy() const { return m_stream || m_reply || m_isSilent; }

    QTcpSocket *const m_socket;
    GeminiService &m_service;
    StreamClock &m_clock;
    const ConnectionLimits m_limits;
    const size_t m_slot;
    HttpReader m_reader;
    StreamClock::Time m_deadline;

    // Of the request that is being answered.
    bool m_keepAlive = true;
    bool m_chunked = true;
    bool m_withBody = true;  //!< Not for HEAD.
    bool m_isSilent = false; //!< It will never be answered.
    bool m_isPaused = false; //!< Until the peer has read some more.
    bool m_isClosing = false;
    std::optional<HttpReply> m_reply;
    std::unique_ptr<AnswerStream> m_stream;
    StreamClock::Time m_streamBegin;
    QByteArray m_scratch;
};

} // namespace runnel::emulator
