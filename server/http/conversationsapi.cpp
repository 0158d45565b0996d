#include "http/conversationsapi.h"

#include "http/chatrequest.h"
#include "http/conversationexport.h"
#include "http/conversationimport.h"
#include "http/conversationjson.h"
#include "http/conversationrequest.h"
#include "net/frontserverconfig.h"
#include "net/requestpath.h"
#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"
#include "sessions/sessionregistry.h"
#include "storage/conversationtitle.h"

#include <QFutureWatcher>
#include <QTimer>

#include <algorithm>
#include <array>

namespace runnel {

namespace {

constexpr QByteArrayView root("/api/conversations");

Refusal notFound(const QString &id)
{
    return {404, "not_found", QStringLiteral("There is no conversation \"%1\".").arg(id), {}};
}

Refusal busy()
{
    return {503,
            "busy",
            QStringLiteral("The list could not be read in time: too much is asked of it at the "
                           "moment. Try again."),
            {{"Retry-After", "1"}}};
}

void sendBody(HttpExchange *exchange, int status, const QByteArray &type, const QByteArray &body,
              QList<HeaderField> headers = {})
{
    headers.prepend(HeaderField{"Cache-Control", "no-store"});
    headers.prepend(HeaderField{"Content-Type", type});
    exchange->start(status, headers, body.size());
    exchange->write(body);
}

} // namespace

//! What an address takes: the methods in the order in which Allow names them.
struct ConversationsApi::Route
{
    QByteArrayView method;
    QByteArrayView rest; //!< Behind the id: nothing, "/restore", "/export".
    bool hasId = true;
    void (*serve)(ConversationsApi &api, HttpExchange *exchange, const QString &id,
                  const QByteArray &body) = nullptr;
};

ConversationsApi::ConversationsApi(SessionRegistry &sessions, const Limits &limits, QObject *parent)
    : QObject(parent)
    , m_sessions(sessions)
    , m_limits(limits)
{}

void ConversationsApi::describe(FrontServerConfig &config)
{
    config.privatePaths.append(root.toByteArray());
    config.largeBodyPath = root.toByteArray();
    config.largeBodyBytes = limits::importBytes;
}

bool ConversationsApi::serves(const QByteArray &path)
{
    return isAtOrBelow(path, root);
}

void ConversationsApi::answer(HttpExchange *exchange, const QByteArray &body)
{
    using Api = ConversationsApi;
    static constexpr std::array<Route, 7> routes{{
        {"GET", "", false,
         [](Api &api, HttpExchange *e, const QString &, const QByteArray &) { api.list(e); }},
        {"POST", "", false,
         [](Api &api, HttpExchange *e, const QString &, const QByteArray &b) { api.import(e, b); }},
        {"GET", "", true,
         [](Api &api, HttpExchange *e, const QString &id, const QByteArray &) { api.show(e, id); }},
        {"PATCH", "", true,
         [](Api &api, HttpExchange *e, const QString &id, const QByteArray &b) {
             api.change(e, id, b);
         }},
        {"DELETE", "", true,
         [](Api &api, HttpExchange *e, const QString &id, const QByteArray &) {
             api.remove(e, id);
         }},
        {"POST", "/restore", true,
         [](Api &api, HttpExchange *e, const QString &id, const QByteArray &) {
             api.restore(e, id);
         }},
        {"GET", "/export", true,
         [](Api &api, HttpExchange *e, const QString &id, const QByteArray &) {
             api.exportFile(e, id);
         }},
    }};
    const RequestHead &head = exchange->head();
    const QByteArray path = head.path();
    const bool hasId = path.size() > root.size();
    const QByteArray behind = hasId ? path.sliced(root.size() + 1) : QByteArray();
    const qsizetype slash = behind.indexOf('/');
    const QByteArray rest = slash < 0 ? QByteArray() : behind.sliced(slash);
    const QString id = QString::fromLatin1(slash < 0 ? behind : behind.first(slash));
    const QByteArray method = head.method == "HEAD" ? QByteArrayLiteral("GET") : head.method;

    QByteArray allowed;
    for (const Route &route : routes) {
        if (route.hasId != hasId || route.rest != rest)
            continue;
        if (route.method != method) {
            allowed.append(allowed.isEmpty() ? "" : ", ").append(route.method);
            allowed.append(route.method == QByteArrayView("GET") ? ", HEAD" : "");
            continue;
        }
        if (hasId && !isValidId(id))
            break;
        if (m_draining && method != "GET") {
            exchange->refuse({503, "draining", QStringLiteral("The server is shutting down."), {}});
            return;
        }
        route.serve(*this, exchange, id, body);
        return;
    }
    if (!allowed.isEmpty() && (!hasId || isValidId(id))) {
        exchange->refuse(
            {405,
             "method_not_allowed",
             QStringLiteral("This address takes %1.").arg(QString::fromLatin1(allowed)),
             {{"Allow", allowed}}});
        return;
    }
    exchange->refuse({404,
                      "not_found",
                      QStringLiteral("There is nothing at this address. A conversation is at "
                                     "/api/conversations/{id}; an id has 1 to %1 characters of "
                                     "A-Z a-z 0-9 _ -.")
                          .arg(limits::idCharacters),
                      {}});
}

// ---- the list

void ConversationsApi::list(HttpExchange *exchange)
{
    const auto query = parseListQuery(exchange->head().query());
    if (!query) {
        exchange->refuse(query.error());
        return;
    }
    if (m_waitingLists >= m_limits.waitingLists) {
        exchange->refuse(busy());
        return;
    }
    // Counts until the store is done with it, also when its client has gone: what is bounded is the
    // store's work.
    ++m_waitingLists;
    auto *const waiting = new QFutureWatcher<Result<ConversationPage, Error>>(this);
    const QPointer<HttpExchange> client(exchange);
    auto *const timeout = new QTimer(waiting);
    timeout->setSingleShot(true);
    connect(timeout, &QTimer::timeout, waiting, [waiting, client] {
        waiting->cancel();
        if (client)
            client->refuse(busy());
    });
    connect(exchange, &HttpExchange::closed, waiting, [waiting] { waiting->cancel(); });
    connect(waiting, &QFutureWatcherBase::finished, this, [this, waiting, client] {
        --m_waitingLists;
        waiting->deleteLater();
        if (client && !waiting->isCanceled())
            send(client, waiting->result());
    });
    timeout->start(m_limits.list);
    waiting->setFuture(m_sessions.store().list(*query));
}

void ConversationsApi::send(HttpExchange *exchange, const Result<ConversationPage, Error> &page)
{
    if (!page) {
        exchange->refuse(refusalFrom(page.error()));
        return;
    }
    JsonWriter json(256 + 256 * qsizetype(page->conversations.size()));
    json.beginObject().key(keys::conversations).beginArray();
    for (const ConversationSummary &summary : page->conversations)
        writeConversation(json, summary, m_sessions.isAnswering(summary.id));
    json.endArray();
    if (!page->next.isEmpty())
        json.member(keys::next, page->next);
    json.endObject();
    sendBody(exchange, 200, "application/json", json.take().toUtf8());
}

// ---- one conversation

void ConversationsApi::send(HttpExchange *exchange, const QString &id,
                            const Result<std::optional<StoredConversation>, Error> &found,
                            int status)
{
    if (!found) {
        exchange->refuse(refusalFrom(found.error()));
        return;
    }
    if (!*found) {
        exchange->refuse(notFound(id));
        return;
    }
    JsonWriter json(512);
    writeConversation(json, summaryOf(**found), m_sessions.isAnswering(id));
    QList<HeaderField> headers;
    if (status == 201)
        headers.append(HeaderField{"Location", root.toByteArray() + '/' + id.toLatin1()});
    sendBody(exchange, status, "application/json", json.take().toUtf8(), headers);
}

void ConversationsApi::show(HttpExchange *exchange, const QString &id)
{
    send(exchange, id, m_sessions.read(id));
}

void ConversationsApi::change(HttpExchange *exchange, const QString &id, const QByteArray &body)
{
    const auto change =
        parseChange(exchange->head().value("content-type").value_or(QByteArray()), body);
    if (change)
        send(exchange, id, m_sessions.change(id, *change));
    else
        exchange->refuse(change.error());
}

void ConversationsApi::remove(HttpExchange *exchange, const QString &id)
{
    const auto removed = m_sessions.remove(id);
    if (!removed)
        exchange->refuse(refusalFrom(removed.error()));
    else if (!*removed)
        exchange->refuse(notFound(id));
    else
        exchange->start(204, {{"Cache-Control", "no-store"}}, 0);
}

void ConversationsApi::restore(HttpExchange *exchange, const QString &id)
{
    const auto restored = m_sessions.restore(id);
    if (!restored) {
        exchange->refuse(refusalFrom(restored.error()));
    } else if (!*restored) {
        exchange->refuse({404,
                          "not_found",
                          QStringLiteral("There is no deleted conversation \"%1\" that could be "
                                         "restored. It can be for %2 s, and while no other has "
                                         "begun under that id.")
                              .arg(id)
                              .arg(ConversationStore::undoTime.count()),
                          {}});
    } else {
        show(exchange, id);
    }
}

// ---- files

void ConversationsApi::exportFile(HttpExchange *exchange, const QString &id)
{
    const auto format = parseExportQuery(exchange->head().query());
    if (!format) {
        exchange->refuse(format.error());
        return;
    }
    const auto found = m_sessions.read(id);
    if (!found || !*found) {
        send(exchange, id, found);
        return;
    }
    const StoredConversation &conversation = **found;
    const bool isJson = *format == ExportFormat::Json;
    sendBody(
        exchange, 200, isJson ? "application/json" : "text/markdown; charset=utf-8",
        isJson ? exportJson(conversation, QDateTime::currentDateTimeUtc())
               : exportMarkdown(conversation),
        {{"Content-Disposition", attachmentNamed(titleOf(conversation), isJson ? "json" : "md")}});
}

void ConversationsApi::import(HttpExchange *exchange, const QByteArray &body)
{
    const auto parsed = parseImport(exchange->head().value("content-type").value_or(QByteArray()),
                                    body, QDateTime::currentDateTimeUtc());
    if (!parsed) {
        exchange->refuse(parsed.error());
        return;
    }
    if (const std::optional<Error> problem = m_sessions.import(*parsed)) {
        exchange->refuse(refusalFrom(*problem));
        return;
    }
    send(exchange, parsed->head.id, std::optional(*parsed), 201);
}

} // namespace runnel
