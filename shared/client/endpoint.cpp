#include "client/endpoint.h"

#include "protocol/keys.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRandomGenerator>

#include <array>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

//! Where lupdate looks for these functions' texts.
struct EndpointWords
{
    Q_DECLARE_TR_FUNCTIONS(runnel::endpoint)
};

QString webSocketScheme(const QString &scheme)
{
    if (scheme == u"http" || scheme == u"ws")
        return u"ws"_s;
    if (scheme == u"https" || scheme == u"wss")
        return u"wss"_s;
    return {};
}

} // namespace

Result<QUrl, Error> parseServerUrl(const QString &text)
{
    const QString trimmed = text.trimmed();
    // Without this, "localhost:8000" would be the scheme "localhost".
    const QUrl url(trimmed.contains(u"://") ? trimmed : u"http://"_s + trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || webSocketScheme(url.scheme()).isEmpty()) {
        return Failure{Error{ErrorCode::BadFrame,
                             EndpointWords::tr("The server is \"%1\"; it may be an address such as "
                                               "http://127.0.0.1:8000 or wss://chat.example.org.")
                                 .arg(trimmed)}};
    }
    return url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash);
}

QUrl canonicalServer(const QUrl &server)
{
    QUrl url = server.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    const bool secure = webSocketScheme(server.scheme()) == u"wss";
    url.setScheme(secure ? u"https"_s : u"http"_s);
    if (url.port() == (secure ? 443 : 80))
        url.setPort(-1);
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path);
    return url;
}

bool isLoopbackHost(const QString &host)
{
    if (host.compare(u"localhost", Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

QUrl chatEndpoint(const QUrl &server, const QString &session)
{
    QUrl url = server;
    url.setScheme(webSocketScheme(server.scheme()));
    QString path = server.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(path + keys::pathPrefix + session);
    return url;
}

QString newSessionId()
{
    std::array<quint32, 4> bits{};
    QRandomGenerator::system()->fillRange(bits.data(), qsizetype(bits.size()));
    QString id;
    for (const quint32 word : bits)
        id += QString::number(word, 16).rightJustified(8, u'0');
    return id;
}

} // namespace runnel
