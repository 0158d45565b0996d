#include "models/serverfinder.h"

#include "protocol/keys.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

namespace runnel {

using namespace Qt::StringLiterals;

//! One port that was asked.
struct ServerFinder::Request
{
    QUrl server;
    QNetworkReply *reply = nullptr; //!< A child of the manager; null once it has ended.
    QByteArray body;
    bool isRunnel = false;
};

ServerFinder::ServerFinder(Options options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_backoff(m_options.again)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_limit.setSingleShot(true);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &ServerFinder::look);
    connect(&m_limit, &QTimer::timeout, this, &ServerFinder::giveUp);
}

ServerFinder::~ServerFinder()
{
    drop();
}

void ServerFinder::start()
{
    m_backoff.reset();
    enter(Looking);
    look();
}

void ServerFinder::stop()
{
    drop();
    if (m_state == Looking)
        enter(NotFound);
}

void ServerFinder::look()
{
    drop();
    if (m_options.ports.isEmpty()) {
        enter(NotFound);
        return;
    }
    for (const quint16 port : m_options.ports) {
        Request &request = *m_requests.emplace_back(std::make_unique<Request>());
        request.server = QUrl(u"http://127.0.0.1:%1"_s.arg(port));
        QUrl health = request.server;
        health.setPath(u"/api/health"_s);
        QNetworkRequest ask(health);
        // Without it a small body could unpack to a large one.
        ask.setRawHeader("Accept-Encoding", "identity");
        ask.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
        ask.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        ask.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        ask.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
        request.reply = m_network.get(ask);
        connect(request.reply, &QNetworkReply::readyRead, this,
                [this, &request] { onBytes(request); });
        connect(request.reply, &QNetworkReply::finished, this,
                [this, &request] { onFinished(request); });
    }
    m_limit.start(m_options.limit);
}

void ServerFinder::giveUp()
{
    // The last one to end takes all requests with it.
    QList<QNetworkReply *> late;
    for (const auto &request : m_requests) {
        if (request->reply)
            late += request->reply;
    }
    for (QNetworkReply *const reply : late)
        reply->abort();
}

void ServerFinder::drop()
{
    m_again.stop();
    m_limit.stop();
    for (const auto &request : m_requests) {
        if (!request->reply)
            continue;
        request->reply->disconnect(this);
        request->reply->abort();
        request->reply->deleteLater();
    }
    m_requests.clear();
}

void ServerFinder::onBytes(Request &request)
{
    request.body += request.reply->read(maxBody + 1 - request.body.size());
    if (request.body.size() > maxBody)
        request.reply->abort();
}

void ServerFinder::onFinished(Request &request)
{
    QNetworkReply *const reply = std::exchange(request.reply, nullptr);
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    request.isRunnel = reply->error() == QNetworkReply::NoError && status == 200 &&
                       request.body.size() <= maxBody && isRunnelHealth(request.body);
    conclude();
}

//! Found once all ports before one that has a server have answered otherwise.
void ServerFinder::conclude()
{
    for (const auto &request : m_requests) {
        if (request->reply)
            return;
        if (request->isRunnel) {
            const QUrl server = request->server;
            drop();
            enter(Found, server);
            return;
        }
    }
    drop();
    m_again.start(m_backoff.next());
    enter(NotFound);
}

void ServerFinder::enter(State state, const QUrl &url)
{
    if (state == m_state && url == m_url)
        return;
    m_state = state;
    m_url = url;
    Q_EMIT stateChanged();
}

bool isRunnelHealth(const QByteArray &body)
{
    const QJsonObject health = QJsonDocument::fromJson(body).object();
    return health.value("status"_L1).toString() == u"healthy" &&
           health.value("version"_L1).isString() && health.value(keys::model).isString() &&
           health.value(keys::demo).isBool() && health.value("sessions"_L1).isDouble() &&
           health.value("websockets"_L1).isDouble();
}

} // namespace runnel
