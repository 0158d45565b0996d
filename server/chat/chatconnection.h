#pragma once

#include "protocol/codec.h"
#include "trace/turntrace.h"

#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QWebSocket>

#include <chrono>
#include <optional>

namespace runnel {

class Session;

//! What every chat connection of a server is bound by.
struct ChatConfig
{
    qint64 maxMessageBytes = limits::messageBytes;
    //! A connection is written to only while less than this is waiting; the rest stays in the
    //! session's log. What a client makes us say besides (errors, the pongs that QWebSocket sends
    //! by itself) may be as much again; beyond, it is cut off.
    qint64 maxBytesWaiting = 256 * 1024;
    std::chrono::milliseconds pingInterval{20'000};
    //! A peer is given up when it says nothing for so long, or takes nothing of what waits for it.
    std::chrono::milliseconds silenceLimit{60'000};
    //! How long a closing handshake may take before the socket is cut.
    std::chrono::milliseconds closeTimeout{5'000};
};

//! One client's socket: decodes what it says and tells the session; writes the session's log to it
//! from a cursor of its own, while little is waiting. A slow reader so costs its socket's buffer
//! and no more, and slows nobody down.
class ChatConnection : public QObject
{
    Q_OBJECT

public:
    //! What a client that comes back has of the conversation.
    struct Known
    {
        Seq after = 0; //!< The newest frame.
        QString epoch; //!< Of the log that it is of; empty: not said.
    };

    //! Takes the socket over; \a tcp is the one below it. \a hello, which gets what it says of the
    //! session here, is sent first in V1; then what \a known does not have.
    ChatConnection(QWebSocket *socket, QTcpSocket *tcp, Session &session, Dialect dialect,
                   SessionHello hello, const std::optional<Known> &known, const ChatConfig &config);
    ~ChatConnection() override;

    [[nodiscard]] const QString &sessionId() const { return m_sessionId; }

    //! To be called after something was read: a client that makes us answer (QWebSocket answers
    //! pings by itself, whatever waits already) and does not read the answers is cut off, so that
    //! it cannot grow our memory.
    void cutIfItDoesNotRead();

    //! Pings when it is time to, and gives up on a peer that has been silent for too long.
    void tick(std::chrono::steady_clock::time_point now);

    //! Starts the closing handshake; the socket is cut when it takes too long.
    void close(QWebSocketProtocol::CloseCode code, const QString &reason);

Q_SIGNALS:
    //! The socket is gone. Comes once.
    void closed();

private:
    void onText(const QString &text);
    //! What is said of it in a trace.
    using Arrival = std::optional<TurnTrace::Arrival>;
    [[nodiscard]] Arrival arrivalOf(const QString &text) const;
    void handle(const StopTurn &frame, const Arrival &);
    void handle(const SelectBranch &frame, const Arrival &);
    void handle(const DecideToolCall &frame, const Arrival &);
    //! What the session answers for.
    template <typename Request>
    void handle(const Request &frame, const Arrival &arrival);
    void refuse(const Error &error, const QString &id);
    template <typename Ask>
    auto withoutPumping(Ask ask);
    void sendSnapshot();
    void sendRunningAnswer();
    //! A frame of the session, of whatever size.
    void sendOurs(const QByteArray &utf8);
    //! The log no longer has the next frame.
    void fallBehind();
    //! Writes from the log as far as the socket takes it.
    void pump();
    void send(const QByteArray &utf8);
    [[nodiscard]] bool hasRoom() const;

    QWebSocket *const m_socket;
    const QPointer<QTcpSocket> m_tcp; //!< Its own master; may go first.
    Session &m_session;
    const QString m_sessionId;
    const Dialect m_dialect;
    const ChatConfig &m_config;
    Seq m_next = 0;           //!< The first frame that this client has not been sent.
    qint64 m_largestSent = 0; //!< Bytes of the largest frame that was ours to send, at most.
    const std::chrono::steady_clock::time_point m_connected;
    std::chrono::steady_clock::time_point m_lastHeard;
    //! The last time that the peer took something, or that nothing waited for it.
    std::chrono::steady_clock::time_point m_lastTaken;
    std::chrono::steady_clock::time_point m_lastPing;
    // In V0, which has no snapshot: how much of which answer this client has been sent.
    QString m_turn;
    qsizetype m_turnCharacters = 0;
    bool m_closing = false;
    bool m_pumping = false;
};

} // namespace runnel
