#pragma once

#include "gemini/managerpool.h"
#include "llm/sseparser.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <span>

namespace runnel {

class TurnTrace;

//! How a call ended.
struct GeminiCallEnd
{
    enum class Kind {
        Complete,  //!< The stream came to its end.
        Cut,       //!< The network failed, before the answer or within.
        Refused,   //!< Another status than 200, or no event stream: `body` says why.
        TimedOut,  //!< Nothing of an answer for too long.
        Malformed, //!< An event longer than we take.
    };
    Kind kind = Kind::Complete;
    int httpStatus = 0; //!< 0: no answer at all.
    QByteArray body;    //!< With Refused: at most 64 KiB of it.
    //! The header Retry-After, where it gives seconds.
    std::optional<std::chrono::milliseconds> retryAfter;
    QNetworkReply::NetworkError networkError = QNetworkReply::NoError;
    QString detail; //!< With Cut: what the network says about it.
};

//! One POST whose answer is an event stream. It reads a bounded piece in each turn of the event
//! loop and leaves the rest with the sender, so an answer that comes faster than it is read takes
//! no memory. Destroying it closes the connection; no signal comes from the destructor.
class GeminiCall : public QObject
{
    Q_OBJECT

public:
    struct Bounds
    {
        std::chrono::milliseconds idleTime; //!< Comments, as proxies send them, do not end it.
        qsizetype maxEventBytes;
    };

    //! \a trace may be null.
    GeminiCall(ManagerPool &pool, const QNetworkRequest &request, const QByteArray &body,
               Bounds bounds, std::shared_ptr<TurnTrace> trace = nullptr);
    ~GeminiCall() override;

Q_SIGNALS:
    void eventReceived(const runnel::SseEvent &event);
    //! Exactly one, and the last. The connection is closed by then.
    void ended(const runnel::GeminiCallEnd &end);

private:
    void traceRequest(qsizetype bytes);
    void boundReadBuffer();
    void readHead();
    void readSome();
    QByteArrayView readPiece(std::span<char> piece);
    // These are false when the call ended, or was destroyed by a slot.
    bool takeErrorBody(QByteArrayView bytes);
    bool takeStream(QByteArrayView bytes);
    bool deliverEvents();
    void onFinished();
    void onIdle();
    void readMoreLater();
    void end(GeminiCallEnd::Kind kind);
    void closeReply();

    ManagerPool::Lease m_lease;
    QPointer<QNetworkReply> m_reply;
    const std::shared_ptr<TurnTrace> m_trace;
    SseParser m_parser;
    QByteArray m_errorBody;
    QTimer m_idleTimer;
    std::chrono::milliseconds m_idleTime;
    std::chrono::steady_clock::time_point m_lastProgress;
    qint64 m_unreported = 0; //!< Bytes read since Qt's network thread last heard of it.
    std::optional<std::chrono::milliseconds> m_retryAfter;
    int m_httpStatus = 0;
    bool m_isStream = false;
    bool m_hasTracedBytes = false;
    bool m_readScheduled = false;
    bool m_ended = false;
};

} // namespace runnel
