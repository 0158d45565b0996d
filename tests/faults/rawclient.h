#pragma once

#include "client/sessionview.h"
#include "cuttingproxy.h"

#include <QMap>
#include <QTimer>
#include <QWebSocket>

namespace runnel::faults {

class Findings;
class FrameArchive;
class Ledger;

//! A client with a socket and no more of ours than the codec: keeps every frame as it came, looks
//! at its place in the log, and comes back by itself, with what it knows or without.
class RawClient : public QObject
{
    Q_OBJECT

public:
    RawClient(const QString &name, const QString &session, Findings &findings, Ledger &ledger,
              FrameArchive &archive);
    ~RawClient() override;

    [[nodiscard]] const QString &name() const { return m_name; }
    [[nodiscard]] const QString &session() const { return m_session; }
    [[nodiscard]] CuttingProxy &network() { return m_network; }
    [[nodiscard]] const SessionView &view() const { return m_view; }
    //! The newest that came; nothing before the first.
    [[nodiscard]] const std::optional<Snapshot> &snapshot() const { return m_snapshot; }

    //! What it says of itself on its next connection.
    enum class Knows { ItsPlace, AnotherLog, Nothing };

    void open();
    void close();
    void reconnect(Knows what);
    void retryNow();

    //! Says it \a times times, with the same id; and again on each connection until it is answered
    //! for.
    void say(const QString &text, int times);
    //! The answer that runs.
    void stop();

    [[nodiscard]] bool isSettled() const { return whyNotSettled().isEmpty(); }
    [[nodiscard]] QString whyNotSettled() const;

private:
    void connectSocket();
    void onText(const QString &text);
    void onHello(const SessionHello &hello);
    void settle(const ServerFrame &frame);
    void comeAgain();

    const QString m_name;
    const QString m_session;
    Findings &m_findings;
    Ledger &m_ledger;
    FrameArchive &m_archive;
    CuttingProxy m_network;
    std::unique_ptr<QWebSocket> m_socket;
    QTimer m_again;
    QTimer m_silence;
    SessionView m_view;
    std::optional<Snapshot> m_snapshot;
    QMap<QString, QString> m_unanswered; //!< Frames by id.
    QString m_epoch;
    Seq m_last = 0;          //!< The newest that came, of m_epoch.
    Seq m_asked = 0;         //!< The `after` of this connection.
    bool m_hasHello = false; //!< On this connection.
    bool m_isInStep = false;
    bool m_isWanted = false;
    bool m_forgets = true;
    bool m_lies = false; //!< Names another log than its own.
};

} // namespace runnel::faults
