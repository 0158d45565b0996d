#include "http/httpapi.h"

#include "http/apidocuments.h"
#include "net/frontserver.h"
#include "net/httpexchange.h"
#include "net/requestpath.h"
#include "net/securityheaders.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"
#include "trace/tracebook.h"

namespace runnel {

namespace {

// A handler that answers later, or by itself, takes the responder; its type changed on the way.
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
using Responder = QHttpServerResponder &;
#else
using Responder = QHttpServerResponder &&;
#endif

const QString chatPath = QStringLiteral("/api/agents/chat");

QByteArray jsonOf(JsonWriter &json)
{
    return json.take().toUtf8();
}

//! Whether the client has what \a etag names already (RFC 9110, 13.1.2).
bool isFresh(const RequestHead &head, const QByteArray &etag)
{
    const QList<QByteArray> known = splitList(head.value("if-none-match").value_or(QByteArray()));
    return std::ranges::any_of(known, [&etag](const QByteArray &tag) {
        return tag == "*" || tag == etag || (tag.startsWith("W/") && tag.sliced(2) == etag);
    });
}

} // namespace

HttpApi::HttpApi(HttpApiContext context, QObject *parent)
    : QObject(parent)
    , m_context(std::move(context))
    , m_traces(m_context.traces)
    , m_files(m_context.frontendDir)
{
    if (m_context.sessions) {
        m_conversations =
            std::make_unique<ConversationsApi>(*m_context.sessions, m_context.conversations);
    }
    m_uptime.start();
    addRoutes();
}

HttpApi::~HttpApi() = default;

void HttpApi::serve(FrontServer *front)
{
    m_front = front;
    // bind() makes the server a child of the QHttpServer; ours has an owner already.
    QObject *const owner = front->parent();
    m_http.bind(front);
    front->setParent(owner);
}

void HttpApi::drain()
{
    m_draining = true;
    if (m_conversations)
        m_conversations->drain();
    const auto answers = findChildren<ChatAnswer *>(Qt::FindDirectChildrenOnly);
    for (ChatAnswer *chat : answers)
        chat->drain();
}

void HttpApi::addRoutes()
{
    get(QStringLiteral("/api/health"), &HttpApi::health);
    get(QStringLiteral("/api/health/live"), &HttpApi::live);
    get(QStringLiteral("/api/health/ready"), &HttpApi::ready);
    get(QStringLiteral("/api/agents/list"), &HttpApi::agents);
    get(QStringLiteral("/redoc"), &HttpApi::redoc);
    for (const QString &path : ApiDocuments::paths())
        get(path, &HttpApi::document);

    m_http.route(chatPath, QHttpServerRequest::Method::Post,
                 [this](const QHttpServerRequest &request, Responder) { answerChat(request); });

    const auto missing = [this](const QHttpServerRequest &request, Responder) {
        answerRest(request);
    };
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    m_http.setMissingHandler(this, missing);
#else
    m_http.setMissingHandler(missing);
#endif
}

void HttpApi::get(const QString &path, Handler handler)
{
    m_getPaths.append(path);
    m_http.route(path, QHttpServerRequest::Method::Get,
                 [this, handler](const QHttpServerRequest &request, Responder) {
                     answer(request, handler);
                 });
}

HttpExchange *HttpApi::exchangeOf(const QHttpServerRequest &request) const
{
    return m_front ? m_front->exchange(request.value(HttpExchange::idHeader).toULongLong())
                   : nullptr;
}

void HttpApi::answer(const QHttpServerRequest &request, Handler handler)
{
    HttpExchange *exchange = exchangeOf(request);
    if (!exchange)
        return; // Its client has gone.
    exchange->takeOver();
    send(exchange, (this->*handler)(*exchange, request));
}

//! What no route of QHttpServer takes.
void HttpApi::answerRest(const QHttpServerRequest &request)
{
    HttpExchange *exchange = exchangeOf(request);
    const QByteArray path = exchange ? exchange->head().path() : QByteArray();
    if (TracesApi::serves(path)) {
        exchange->takeOver();
        m_traces.answer(exchange);
    } else if (m_conversations && ConversationsApi::serves(path)) {
        exchange->takeOver();
        m_conversations->answer(exchange, request.body());
    } else {
        answer(request, &HttpApi::anythingElse);
    }
}

void HttpApi::send(HttpExchange *exchange, const Reply &reply)
{
    exchange->start(reply.status, reply.headers, reply.body.size());
    exchange->write(reply.body);
}

void HttpApi::answerChat(const QHttpServerRequest &request)
{
    HttpExchange *exchange = exchangeOf(request);
    if (!exchange)
        return;
    exchange->takeOver();
    if (m_draining) {
        exchange->refuse({503, "draining", QStringLiteral("The server is shutting down."), {}});
        return;
    }
    const auto parsed =
        parseChatRequest(request.value("content-type"), request.body(), m_context.maxMessageBytes);
    if (!parsed) {
        exchange->refuse(parsed.error());
        return;
    }
    auto asked = m_context.ask(parsed->sessionId, parsed->message);
    if (!asked) {
        exchange->refuse(refusalFrom(asked.error()));
        return;
    }
    const QByteArray accept = exchange->head().value("accept").value_or(QByteArray()).toLower();
    ChatAnswer *chat = nullptr;
    if (accept.contains("text/event-stream"))
        chat = new StreamedChatAnswer(exchange, std::move(*asked), *parsed, m_context.chat, this);
    else
        chat = new ChatAnswer(exchange, std::move(*asked), *parsed, m_context.chat, this);
    chat->start();
}

HttpApi::Reply HttpApi::health(const HttpExchange &, const QHttpServerRequest &)
{
    const ServerStatus status = m_context.status();
    JsonWriter json(384);
    json.beginObject()
        .member(QLatin1String("status"),
                m_draining ? QLatin1String("draining") : QLatin1String("healthy"))
        .member(QLatin1String("version"), QStringLiteral(RUNNEL_VERSION))
        .member(keys::model, status.model)
        .member(keys::demo, status.demo)
        .member(QLatin1String("uptime_s"), qint64(m_uptime.elapsed() / 1000))
        .member(QLatin1String("sessions"), qint64(status.sessions))
        .member(QLatin1String("answering"), qint64(status.answering))
        .member(QLatin1String("websockets"), qint64(status.webSockets))
        .member(QLatin1String("connections"), qint64(m_front ? m_front->connectionCount() : 0))
        .member(QLatin1String("traces"),
                qint64(m_context.traces ? m_context.traces->maxTurns() : 0))
        .endObject();
    return {
        200, jsonOf(json), {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}};
}

HttpApi::Reply HttpApi::live(const HttpExchange &, const QHttpServerRequest &)
{
    return {200,
            R"({"status":"alive"})",
            {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}};
}

HttpApi::Reply HttpApi::ready(const HttpExchange &, const QHttpServerRequest &)
{
    if (!m_draining && m_front && !m_front->isDraining()) {
        return {200,
                R"({"status":"ready"})",
                {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}};
    }
    const Refusal refusal{503, "draining", QStringLiteral("The server is shutting down."), {}};
    return {503,
            problemJson(refusal),
            {{"Content-Type", "application/problem+json"}, {"Cache-Control", "no-store"}}};
}

HttpApi::Reply HttpApi::agents(const HttpExchange &, const QHttpServerRequest &)
{
    JsonWriter json(512);
    json.beginObject().key(keys::agents).beginArray();
    for (const AgentInfo &agent : m_context.agents()) {
        json.beginObject()
            .member(keys::name, agent.name)
            .member(keys::description, agent.description)
            .key(QLatin1String("capabilities"))
            .beginArray()
            .value(QLatin1String("chat"))
            .value(QLatin1String("streaming"))
            .endArray()
            .member(QLatin1String("status"), QLatin1String("available"))
            .member(keys::model, agent.model)
            .endObject();
    }
    json.endArray().endObject();
    return {
        200, jsonOf(json), {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}}};
}

HttpApi::Reply HttpApi::document(const HttpExchange &exchange, const QHttpServerRequest &request)
{
    // QHttpServer's routes match the decoded path; a document has just the one spelling.
    const PageFile file = ApiDocuments::find(QString::fromLatin1(exchange.head().path()));
    if (file.content.isEmpty())
        return anythingElse(exchange, request);
    QList<HeaderField> headers{{"ETag", file.etag}, {"Cache-Control", file.cacheControl}};
    if (isFresh(exchange.head(), file.etag))
        return {304, {}, headers};
    headers.append(HeaderField{"Content-Type", file.mimeType});
    return {200, file.content, headers};
}

HttpApi::Reply HttpApi::redoc(const HttpExchange &, const QHttpServerRequest &)
{
    return {307, {}, {{"Location", "/docs"}, {"Cache-Control", "no-store"}}};
}

//! The page's files; and what there is not.
HttpApi::Reply HttpApi::anythingElse(const HttpExchange &exchange, const QHttpServerRequest &)
{
    const RequestHead &head = exchange.head();
    const QString path = QString::fromLatin1(head.path());
    const bool reads = head.method == "GET" || head.method == "HEAD";
    // One file is the page of every trace: it finds out by its address which.
    const QString name = isAtOrBelow(head.path(), "/trace") ? QStringLiteral("/trace.html") : path;
    const PageFile *file = reads ? m_files.find(name) : nullptr;
    if (file) {
        QList<HeaderField> headers{{"ETag", file->etag}, {"Cache-Control", file->cacheControl}};
        if (isFresh(head, file->etag))
            return {304, {}, headers};
        headers.append(HeaderField{"Content-Type", file->mimeType});
        return {200, file->content, headers};
    }

    Refusal refusal{404, "not_found", QStringLiteral("There is nothing at this address."), {}};
    const bool isGet = m_getPaths.contains(path) || m_files.contains(name) || path == u'/';
    if (path == chatPath || (isGet && !reads)) {
        const QByteArray allowed =
            path == chatPath ? QByteArrayLiteral("POST") : QByteArrayLiteral("GET, HEAD");
        refusal = {405,
                   "method_not_allowed",
                   QStringLiteral("This address takes %1.").arg(QString::fromLatin1(allowed)),
                   {{"Allow", allowed}}};
    } else if (path == u'/') {
        refusal.detail = QStringLiteral("The page is not installed. The setting FRONTEND_DIR names "
                                        "its folder; the API is described at /docs.");
    }
    QList<HeaderField> headers = refusal.headers;
    headers.append(HeaderField{"Content-Type", "application/problem+json"});
    headers.append(HeaderField{"Cache-Control", "no-store"});
    return {refusal.status, problemJson(refusal), headers};
}

} // namespace runnel
