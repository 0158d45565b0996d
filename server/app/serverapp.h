#pragma once

#include "app/settings.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace runnel {

namespace emulator {
class EmulatorServer;
}

class AgentManager;
class ChatServer;
class ConversationStore;
class FrontServer;
class GeminiModel;
class HttpApi;
class SessionRegistry;
class Titler;
class TraceBook;

//! The composition root: the one place that knows every room. Builds and wires them, and takes the
//! house down again in order when the process is asked to end.
class ServerApp : public QObject
{
    Q_OBJECT

public:
    explicit ServerApp(Settings settings);
    ~ServerApp() override;

    //! Serves. The error is one line for a person: a port in use, an agent's file with a mistake in
    //! it …
    [[nodiscard]] Result<QUrl, QString> start();

    //! No new connections; running answers get up to 8 s, then end as interrupted; sockets close
    //! with 1001; then stopped() comes. Does nothing when it has been called already.
    void shutDown();

Q_SIGNALS:
    void stopped();

private:
    [[nodiscard]] std::optional<QString> startModel();
    [[nodiscard]] std::optional<QString> loadAgents();
    [[nodiscard]] std::optional<QString> openSessions();
    void makeChatServer();
    void makeHttpApi();
    [[nodiscard]] Result<QUrl, QString> listen();
    void closeSockets();

    const Settings m_settings;

    // In the order in which they need each other; they go in the reverse.
    std::unique_ptr<emulator::EmulatorServer> m_emulator; //!< Only in demo mode.
    std::unique_ptr<GeminiModel> m_model;
    std::unique_ptr<AgentManager> m_agents;
    std::unique_ptr<ConversationStore> m_store;
    std::unique_ptr<TraceBook> m_traces; //!< Only where TRACE_TURNS is not 0.
    std::unique_ptr<SessionRegistry> m_sessions;
    std::unique_ptr<Titler> m_titler; //!< Only where TITLE_MODEL is set.
    std::unique_ptr<ChatServer> m_chat;
    std::unique_ptr<FrontServer> m_front;
    std::unique_ptr<HttpApi> m_http;

    QTimer m_patience; //!< With the answers that still run, then with the sockets that still close.
    bool m_shuttingDown = false;
    bool m_closingSockets = false;
};

} // namespace runnel
