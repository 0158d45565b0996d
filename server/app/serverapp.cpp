#include "app/serverapp.h"

#include "agents/agentmanager.h"
#include "app/datadirs.h"
#include "chat/chatserver.h"
#include "emulator/emulatorserver.h"
#include "gemini/geminimodel.h"
#include "http/httpapi.h"
#include "http/sessionfeed.h"
#include "http/tracesapi.h"
#include "net/frontserver.h"
#include "sessions/sessionregistry.h"
#include "sessions/titler.h"
#include "storage/openstore.h"
#include "trace/tracebook.h"

#include <QDir>
#include <QLoggingCategory>
#include <QUuid>

namespace runnel {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcApp, "runnel.app")

namespace {

//! What the built-in demo calls itself, in every answer: signatures of one model are not sent to
//! another, so a conversation with it goes on with Gemini once there is a key.
constexpr QLatin1String demoModel("demo");

constexpr auto answersPatience = 8s;
//! After the answers: for the last frames and the closing handshakes.
constexpr auto socketsPatience = 1500ms;

QHostAddress addressOf(const QString &host)
{
    return host == QLatin1String("localhost") ? QHostAddress(QHostAddress::LocalHost)
                                              : QHostAddress(host);
}

//! An address alone is the network of that one address.
TrustedProxies::Subnet subnetOf(const QString &network)
{
    return QHostAddress::parseSubnet(network);
}

} // namespace

ServerApp::ServerApp(Settings settings)
    : m_settings(std::move(settings))
{
    m_patience.setSingleShot(true);
}

ServerApp::~ServerApp() = default;

Result<QUrl, QString> ServerApp::start()
{
    for (const QString &line : m_settings.describe())
        qCDebug(lcApp).noquote() << line;
    if (const auto problem = startModel())
        return Failure{*problem};
    if (const auto problem = loadAgents())
        return Failure{*problem};
    if (const auto problem = openSessions())
        return Failure{*problem};
    return listen();
}

std::optional<QString> ServerApp::startModel()
{
    GeminiConfig config;
    config.baseUrl = m_settings.geminiBaseUrl;
    config.authorities = m_settings.geminiAuthorities;
    config.apiVersion = m_settings.geminiApiVersion;
    config.apiKey = m_settings.apiKey;
    config.requestTimeout = m_settings.requestTimeout;
    if (m_settings.isDemo()) {
        emulator::EmulatorOptions options;
        options.ownModel = demoModel;
        m_emulator = std::make_unique<emulator::EmulatorServer>(options);
        const auto port = m_emulator->listen(QHostAddress(QHostAddress::LocalHost), 0);
        if (!port)
            return QStringLiteral("The built-in demo model cannot start: %1").arg(port.error());
        config.baseUrl = QUrl(m_emulator->baseUrl());
        config.apiKey = QUuid::createUuid().toString(QUuid::Id128); // any will do
        qCInfo(lcApp) << "Built-in demo model. Set GOOGLE_API_KEY to talk to Gemini.";
    }
    m_model = std::make_unique<GeminiModel>(config);
    return std::nullopt;
}

std::optional<QString> ServerApp::loadAgents()
{
    const QString dir =
        m_settings.agentsDir.isEmpty() ? dataDir(QStringLiteral("agents")) : m_settings.agentsDir;
    if (dir.isEmpty())
        return QStringLiteral("AGENTS_DIR is not set, and there are no agents beside the binary.");
    auto agents = AgentManager::load(dir, m_settings.defaultModel, *m_model);
    if (!agents)
        return agents.error();
    m_agents = std::make_unique<AgentManager>(std::move(*agents));
    if (m_settings.isDemo())
        m_agents->answerAllWith(demoModel);
    return std::nullopt;
}

std::optional<QString> ServerApp::openSessions()
{
    SessionRegistry::Config config;
    config.session.maxHistoryTokens = m_settings.maxHistoryTokens;
    if (!m_settings.isDemo()) // which costs nothing
        config.session.prices = m_settings.modelPrices;
    config.session.logContent = m_settings.logContent;
    if (m_settings.traceTurns > 0)
        m_traces = std::make_unique<TraceBook>(m_settings.traceTurns);
    config.session.traces = m_traces.get();
    config.idle = m_settings.sessionIdle;
    config.maxSessions = m_settings.maxSessions;
    config.maxBytes = qint64(m_settings.maxMemoryMegabytes) * 1024 * 1024;
    // The longest message and what follows it must be in the log together: at four bytes a
    // character.
    config.session.maxLogBytes =
        SessionLog::defaultMaxBytes + 4 * limits::frameBytes(m_settings.maxMessageBytes);
    config.onStorageFailure =
        m_settings.goOnWithoutStorage ? StorageFailure::Continue : StorageFailure::Refuse;
    auto store = openStore(m_settings.databaseUrl, config.maxBytes);
    if (!store)
        return store.error();
    m_store = std::move(*store);
    m_sessions = std::make_unique<SessionRegistry>(*m_agents, config, *m_store);
    // The demo has nothing to say about titles.
    if (!m_settings.titleModel.isEmpty() && !m_settings.isDemo())
        m_titler =
            std::make_unique<Titler>(*m_sessions, *m_model, Titler::Config{m_settings.titleModel});
    return std::nullopt;
}

void ServerApp::makeChatServer()
{
    ChatConfig chatConfig;
    chatConfig.maxMessageBytes = m_settings.maxMessageBytes;
    m_chat = std::make_unique<ChatServer>(*m_sessions, chatConfig, [this] {
        SessionHello hello;
        hello.agents = m_agents->infos();
        hello.model = m_settings.isDemo() ? QString(demoModel) : m_settings.defaultModel;
        hello.limits = {m_settings.maxMessageBytes, limits::queuedMessages};
        hello.demo = m_settings.isDemo();
        return hello;
    });
}

void ServerApp::makeHttpApi()
{
    HttpApiContext context;
    context.frontendDir = m_settings.frontendDir.isEmpty() ? dataDir(QStringLiteral("frontend"))
                                                           : m_settings.frontendDir;
    context.maxMessageBytes = m_settings.maxMessageBytes;
    context.agents = [this] { return m_agents->infos(); };
    context.ask = [this](const QString &session, const SendMessage &message) {
        return askSession(*m_sessions, session, message);
    };
    context.sessions = m_sessions.get();
    context.traces = m_traces.get();
    context.status = [this] {
        ServerStatus status;
        status.model = m_settings.defaultModel;
        status.demo = m_settings.isDemo();
        status.sessions = m_sessions->count();
        status.answering = m_sessions->answering();
        status.webSockets = m_chat->count();
        return status;
    };
    m_http = std::make_unique<HttpApi>(std::move(context));
}

Result<QUrl, QString> ServerApp::listen()
{
    makeChatServer();
    makeHttpApi();

    FrontServerConfig frontConfig;
    frontConfig.address = addressOf(m_settings.host);
    frontConfig.port = m_settings.port;
    frontConfig.maxConnections = m_settings.maxConnections;
    frontConfig.maxConnectionsPerAddress = m_settings.maxConnectionsPerAddress;
    frontConfig.corsOrigins = m_settings.corsOrigins;
    ConversationsApi::describe(frontConfig);
    TracesApi::describe(frontConfig);
    frontConfig.trustedProxies.clear();
    for (const QString &network : m_settings.trustedProxies)
        frontConfig.trustedProxies.append(subnetOf(network));
    m_front = std::make_unique<FrontServer>(frontConfig);
    m_front->setWebSocketHandler(
        [this](QTcpSocket *socket, const ConnectionInfo &) { m_chat->accept(socket); });
    if (!m_front->listen()) {
        const bool inUse = m_front->serverError() == QAbstractSocket::AddressInUseError;
        return Failure{
            inUse ? QStringLiteral(
                        "Port %1 of %2 is in use. Stop what listens there, or set PORT to another.")
                        .arg(m_settings.port)
                        .arg(m_settings.host)
                  : QStringLiteral("Cannot listen on port %1 of %2: %3.")
                        .arg(m_settings.port)
                        .arg(m_settings.host, m_front->errorString())};
    }
    m_http->serve(m_front.get());
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(m_settings.host);
    url.setPort(m_front->serverPort());
    return url;
}

void ServerApp::shutDown()
{
    if (m_shuttingDown)
        return;
    m_shuttingDown = true;
    qCInfo(lcApp) << "Shutting down; a second signal ends at once. Answers that get up to 8 s:"
                  << m_sessions->answering();
    m_front->setDraining(true);
    m_http->drain();
    if (m_titler)
        m_titler->stop();
    connect(m_sessions.get(), &SessionRegistry::allIdle, this, &ServerApp::closeSockets);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_sessions->interruptAll();
        QTimer::singleShot(socketsPatience, this, &ServerApp::closeSockets); // should one not end
    });
    m_patience.start(answersPatience);
    m_sessions->drain();
}

void ServerApp::closeSockets()
{
    if (m_closingSockets)
        return;
    m_closingSockets = true;
    m_patience.disconnect(this);
    m_chat->drain();
    // The last bytes of answers by REST and the closing handshakes get a moment.
    QTimer::singleShot(socketsPatience, this, &ServerApp::stopped);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_front->connectionCount() == 0)
            Q_EMIT stopped();
    });
    m_patience.setSingleShot(false);
    m_patience.start(20ms);
}

} // namespace runnel
