#include "client/conversationsclient.h"

#include "protocol/keys.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>
#include <QUrlQuery>

namespace runnel {

using namespace Qt::StringLiterals;

namespace {

constexpr auto conversationsPath = "/api/conversations"_L1;

ConversationsClient::Problem unreadable(int status)
{
    return {status, u"unreadable"_s,
            ConversationsClient::tr("The server gave an answer that cannot be read.")};
}

std::optional<FoundPlace> readMatch(const QJsonValue &value)
{
    if (!value.isObject())
        return {};
    FoundPlace found{value[keys::messageId].toString(), value[keys::text].toString(), {}};
    int last = 0;
    const QJsonArray ranges = value[keys::ranges].toArray();
    for (const auto &range : ranges) {
        const int from = range[0].toInt(-1);
        const int to = range[1].toInt(-1);
        if (from < last || to <= from || to > found.text.size())
            continue;
        found.ranges.append({from, to});
        last = to;
    }
    return found;
}

//! None for what is no conversation.
std::optional<ListedConversation> readConversation(const QJsonValue &value)
{
    const QJsonValue id = value[keys::id];
    const QJsonValue title = value[keys::title];
    if (!id.isString() || id.toString().isEmpty() || !title.isString())
        return {};
    const auto time = [&value](QLatin1StringView key) {
        return QDateTime::fromString(value[key].toString(), Qt::ISODateWithMs).toUTC();
    };
    return ListedConversation{id.toString(),
                              title.toString(),
                              value[keys::pinned].toBool(),
                              time(keys::createdAt),
                              time(keys::updatedAt),
                              value[keys::messages].toInteger(),
                              value[keys::answering].toBool(),
                              readMatch(value[keys::match])};
}

Result<ListedPage, ConversationsClient::Problem> readPage(const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    if (!json[keys::conversations].isArray())
        return Failure{unreadable(200)};
    ListedPage page;
    const QJsonArray conversations = json[keys::conversations].toArray();
    for (const auto &one : conversations) {
        if (auto conversation = readConversation(one))
            page.conversations.append(*std::move(conversation));
    }
    page.next = json[keys::next].toString();
    return page;
}

//! A proxy before the server answers with a page of its own, so the words may be missing.
ConversationsClient::Problem readProblem(int status, const QByteArray &body)
{
    const QJsonDocument json = QJsonDocument::fromJson(body);
    QString text;
    for (const auto key : {"detail"_L1, "error"_L1, "title"_L1}) {
        if (text.isEmpty())
            text = json[key].toString().left(1000);
    }
    if (text.isEmpty())
        text = ConversationsClient::tr("The server answered with the status %1.").arg(status);
    return {status, json[keys::code].toString(), text};
}

} // namespace

ConversationsClient::ConversationsClient(const QUrl &server, QObject *parent)
    : ConversationsClient(server, Times(), parent)
{}

ConversationsClient::ConversationsClient(const QUrl &server, const Times &times, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_times(times)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

QNetworkRequest ConversationsClient::request(const QString &path,
                                             std::chrono::milliseconds time) const
{
    QUrl url = m_server;
    QString base = url.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    url.setPath(base + conversationsPath + path);
    QNetworkRequest request(url);
    request.setTransferTimeout(int(time.count()));
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    return request;
}

//! The transfer timeout is one of silence; a server that drips is ended by the timer here.
ConversationsClient::Ticket
ConversationsClient::follow(QNetworkReply *reply, qint64 limit, QObject *context,
                            const std::function<void(const Answer &)> &callback)
{
    const Ticket ticket = ++m_lastTicket;
    m_replies.insert(ticket, reply);
    reply->setParent(this);
    auto *const late = new QTimer(reply);
    late->setSingleShot(true);
    connect(late, &QTimer::timeout, reply, &QNetworkReply::abort);
    late->start(reply->request().transferTimeout());
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply, limit](qint64 received) {
        if (received > limit)
            reply->abort();
    });
    const QPointer<QObject> alive(context);
    connect(reply, &QNetworkReply::finished, this, [this, ticket, reply, alive, limit, callback] {
        reply->deleteLater();
        // Cancelled: taken out before.
        if (!m_replies.remove(ticket) || !alive)
            return;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        const QByteArray body = reply->isOpen() ? reply->readAll() : QByteArray();
        if (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError)
            callback(body);
        else if (status >= 300 && body.size() <= limit)
            callback(Failure{readProblem(status, body)});
        else if (body.size() > limit)
            callback(Failure{unreadable(status)});
        else
            callback(Failure{Problem{0, u"unreachable"_s,
                                     ConversationsClient::tr("The server does not answer.")}});
    });
    return ticket;
}

void ConversationsClient::cancel(Ticket ticket)
{
    if (const QPointer<QNetworkReply> reply = m_replies.take(ticket))
        reply->abort();
}

void ConversationsClient::cancelAll()
{
    while (!m_replies.isEmpty())
        cancel(m_replies.cbegin().key());
}

ConversationsClient::Ticket ConversationsClient::list(const ListQuery &query, QObject *context,
                                                      Callback<ListedPage> callback)
{
    QNetworkRequest wanted = request({}, m_times.small);
    QUrlQuery fields;
    fields.addQueryItem(u"limit"_s, QString::number(query.limit));
    const auto add = [&fields](const QString &name, const QString &value) {
        if (!value.isEmpty())
            fields.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    add(u"cursor"_s, query.cursor);
    add(u"q"_s, query.words);
    QUrl url = wanted.url();
    url.setQuery(fields);
    wanted.setUrl(url);
    return follow(m_network.get(wanted), maxAnswerBytes, context,
                  [callback = std::move(callback)](const Answer &answer) {
                      if (answer)
                          callback(readPage(*answer));
                      else
                          callback(Failure{answer.error()});
                  });
}

ConversationsClient::Ticket ConversationsClient::one(QNetworkReply *reply, QObject *context,
                                                     Callback<ListedConversation> callback)
{
    return follow(
        reply, maxAnswerBytes, context, [callback = std::move(callback)](const Answer &answer) {
            if (!answer)
                callback(Failure{answer.error()});
            else if (auto one = readConversation(QJsonDocument::fromJson(*answer).object()))
                callback(*std::move(one));
            else
                callback(Failure{unreadable(200)});
        });
}

ConversationsClient::Ticket ConversationsClient::change(const QString &id,
                                                        const QJsonObject &change, QObject *context,
                                                        Callback<ListedConversation> callback)
{
    return one(m_network.sendCustomRequest(request(u'/' + id, m_times.small), "PATCH",
                                           QJsonDocument(change).toJson(QJsonDocument::Compact)),
               context, std::move(callback));
}

ConversationsClient::Ticket ConversationsClient::rename(const QString &id, const QString &title,
                                                        QObject *context,
                                                        Callback<ListedConversation> callback)
{
    const QJsonValue value = title.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(title);
    return change(id, {{keys::title, value}}, context, std::move(callback));
}

ConversationsClient::Ticket ConversationsClient::pin(const QString &id, bool pinned,
                                                     QObject *context,
                                                     Callback<ListedConversation> callback)
{
    return change(id, {{keys::pinned, pinned}}, context, std::move(callback));
}

ConversationsClient::Ticket ConversationsClient::remove(const QString &id, QObject *context,
                                                        Callback<Done> callback)
{
    return follow(m_network.deleteResource(request(u'/' + id, m_times.small)), maxAnswerBytes,
                  context, [callback = std::move(callback)](const Answer &answer) {
                      if (answer)
                          callback(Done{});
                      else
                          callback(Failure{answer.error()});
                  });
}

ConversationsClient::Ticket ConversationsClient::restore(const QString &id, QObject *context,
                                                         Callback<ListedConversation> callback)
{
    return one(m_network.post(request(u'/' + id + "/restore"_L1, m_times.small), QByteArray()),
               context, std::move(callback));
}

ConversationsClient::Ticket ConversationsClient::exportFile(const QString &id, ExportFormat format,
                                                            QObject *context,
                                                            Callback<QByteArray> callback)
{
    QNetworkRequest wanted = request(u'/' + id + "/export"_L1, m_times.file);
    QUrl url = wanted.url();
    url.setQuery(format == ExportFormat::Json ? u"format=json"_s : u"format=markdown"_s);
    wanted.setUrl(url);
    return follow(m_network.get(wanted), maxFileBytes, context, std::move(callback));
}

ConversationsClient::Ticket ConversationsClient::importFile(const QByteArray &file,
                                                            QObject *context,
                                                            Callback<ListedConversation> callback)
{
    return one(m_network.post(request({}, m_times.file), file), context, std::move(callback));
}

} // namespace runnel
