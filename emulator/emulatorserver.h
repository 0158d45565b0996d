#pragma once

#include "emulator/emulatorconnection.h"
#include "emulator/scenario.h"

#include <QBasicTimer>
#include <QHostAddress>
#include <QTcpServer>

#include <memory>
#include <unordered_set>

namespace runnel::emulator {

struct EmulatorOptions
{
    std::optional<Scenario> scenario; //!< None: the built-in demo.
    //! Pace of all answers but those at a fixed interval; 0: as fast as it goes. None: what the
    //! scenario says, else 30.
    std::optional<double> tokensPerSecond;
    quint64 seed = 1; //!< The same seed and requests give the same answers.
    bool chunkTimestamps =
        false;               //!< Each chunk's text begins with its time (Scenario::timestamps).
    QStringList refusedKeys; //!< API keys that are refused, besides those that begin "bad".
    QString ownModel; //!< One model more than Google has, by this name, which says what it is.
    int maxConnections = 10'000; //!< More than these are closed at once.
    ConnectionLimits limits;
};

//! A Gemini that runs offline: Google's REST interface under /v1beta and /v1, answered from a
//! scenario. It never blocks and may run on the thread of a whole server; any API key will do.
class EmulatorServer : public QObject
{
    Q_OBJECT

public:
    explicit EmulatorServer(EmulatorOptions options = {}, QObject *parent = nullptr);
    ~EmulatorServer() override;

    //! Listens there; port 0 picks a free one. The error is a sentence.
    [[nodiscard]] Result<quint16, QString> listen(const QHostAddress &host, quint16 port);

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] size_t connectionCount() const { return m_connections.size(); }

    //! `http://127.0.0.1:41234`, to be used as GOOGLE_GEMINI_BASE_URL.
    [[nodiscard]] QString baseUrl() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    class Listener;

    void add(QTcpSocket *socket);
    void remove(EmulatorConnection *connection);

    const EmulatorOptions m_options;
    GeminiService m_service;
    StreamClock m_clock;
    std::unique_ptr<Listener> m_listener;
    std::unordered_set<EmulatorConnection *> m_connections;
    QBasicTimer m_sweep; //!< Looks once a second whose time is up.
};

} // namespace runnel::emulator
