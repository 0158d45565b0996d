#include "models/firstserver.h"

#include "client/endpoint.h"

namespace runnel {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! What somebody writes who leaves the scheme out means the one that is safe, but on this computer.
QString withScheme(const QString &address)
{
    if (address.contains(u"://"))
        return address;
    const QUrl url(u"http://"_s + address);
    return (isLoopbackHost(url.host()) ? u"http://"_s : u"https://"_s) + address;
}

} // namespace

FirstServer::FirstServer(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
{}

FirstServer::~FirstServer()
{
    drop();
}

void FirstServer::start()
{
    if (!m_finder) {
        m_finder = std::make_unique<ServerFinder>(m_options.finder);
        connect(m_finder.get(), &ServerFinder::stateChanged, this, &FirstServer::foundChanged);
    }
    m_finder->start();
}

void FirstServer::stop()
{
    cancel();
    if (m_finder)
        m_finder->stop();
}

void FirstServer::use(const QString &address)
{
    drop();
    const QString wanted = address.trimmed();
    if (wanted.isEmpty() || wanted.size() > maxAddress) {
        refuse(wanted.isEmpty() ? tr("Write the server's address.")
                                : tr("The address is longer than %1 characters.").arg(maxAddress));
        return;
    }
    const auto server = parseServerUrl(withScheme(wanted));
    if (!server) {
        refuse(tr("“%1” is no address of a server; one looks like https://chat.example.org or "
                  "http://127.0.0.1:8000.")
                   .arg(wanted.left(80)));
        return;
    }
    if (!server->userInfo().isEmpty()) {
        refuse(tr("The address has a name or password before the @. Leave it out."));
        return;
    }
    ChatClient::Times times;
    times.connect = m_options.limit;
    times.backoff = {1h, 1h}; // One try; the person says when there is another one.
    m_named = canonicalServer(*server).toDisplayString();
    m_problem.clear();
    m_client.reset(new ChatClient(chatEndpoint(*server, newSessionId()), times, {}));
    connect(m_client.get(), &ChatClient::stateChanged, this,
            [this, server = *server](ChatClient::State state) { onState(state, server); });
    m_client->open();
    Q_EMIT tryingChanged();
}

void FirstServer::cancel()
{
    if (!m_client)
        return;
    drop();
    Q_EMIT tryingChanged();
}

void FirstServer::onState(ChatClient::State state, const QUrl &server)
{
    if (state == ChatClient::State::Waiting) {
        const QString why = m_client->problem();
        drop();
        refuse(why);
    } else if (state == ChatClient::State::Connected) {
        stop();
        Q_EMIT chosen(server);
    }
}

//! Its signal may be what we are in.
void FirstServer::drop()
{
    if (!m_client)
        return;
    m_client->disconnect(this);
    m_client->close();
    m_client.reset();
}

void FirstServer::refuse(const QString &why)
{
    m_problem = why;
    Q_EMIT tryingChanged();
}

} // namespace runnel
