#include "http/tracesapi.h"

#include "http/conversationrequest.h"
#include "http/tracejson.h"
#include "net/frontserverconfig.h"
#include "net/requestpath.h"
#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "protocol/keys.h"
#include "trace/tracebook.h"

namespace runnel {

namespace {

constexpr QByteArrayView tracesRoot("/api/traces");

void sendJson(HttpExchange *exchange, const QByteArray &body, QList<HeaderField> headers = {})
{
    headers.append(HeaderField{"Content-Type", "application/json"});
    headers.append(HeaderField{"Cache-Control", "no-store"});
    exchange->start(200, headers, body.size());
    exchange->write(body);
}

void refuseMissing(HttpExchange *exchange, const QString &detail)
{
    exchange->refuse({404, "not_found", detail, {}});
}

//! Whether it is to be in the form of Chrome's and Perfetto's traces.
Result<bool, Refusal> asksForChrome(const QByteArray &query)
{
    const auto format = queryField(query, keys::format);
    if (!format)
        return Failure{format.error()};
    const QString name = format->value_or(QStringLiteral("json"));
    if (name == QLatin1String("json") || name == QLatin1String("chrome"))
        return name == QLatin1String("chrome");
    return Failure{
        badField(QStringLiteral("The field \"format\" is \"%1\"; it may be \"json\" or \"chrome\".")
                     .arg(name.left(32)))};
}

QByteArray clockJson()
{
    JsonWriter json(32);
    json.beginObject().member(QLatin1String("now_us"), qint64(wallClock().count())).endObject();
    return json.take().toUtf8();
}

} // namespace

void TracesApi::describe(FrontServerConfig &config)
{
    config.privatePaths.append(tracesRoot.toByteArray());
}

bool TracesApi::serves(const QByteArray &path)
{
    return isAtOrBelow(path, tracesRoot);
}

void TracesApi::answer(HttpExchange *exchange) const
{
    const RequestHead &head = exchange->head();
    if (head.method != "GET" && head.method != "HEAD") {
        exchange->refuse({405,
                          "method_not_allowed",
                          QStringLiteral("This address takes GET, HEAD."),
                          {{"Allow", "GET, HEAD"}}});
        return;
    }
    if (!m_book) {
        refuseMissing(exchange, QStringLiteral("This server keeps no traces. The setting "
                                               "TRACE_TURNS says of how many turns it shall, such "
                                               "as TRACE_TURNS=100."));
        return;
    }
    const QByteArray path = head.path();
    const QList<QByteArray> below = path.sliced(tracesRoot.size()).split('/');
    if (below.size() == 1)
        sendJson(exchange, traceListJson(*m_book));
    else if (below.size() == 2 && below[1] == "clock")
        sendJson(exchange, clockJson());
    else if (below.size() == 3 && isValidId(QString::fromLatin1(below[1])) &&
             isValidId(QString::fromLatin1(below[2])))
        show(exchange, QString::fromLatin1(below[1]), QString::fromLatin1(below[2]));
    else
        refuseMissing(exchange, QStringLiteral("There is nothing at this address. A trace is at "
                                               "/api/traces/{session}/{turn}, all of them are "
                                               "listed at /api/traces."));
}

void TracesApi::show(HttpExchange *exchange, const QString &session, const QString &turn) const
{
    const auto chrome = asksForChrome(exchange->head().query());
    if (!chrome) {
        exchange->refuse(chrome.error());
        return;
    }
    const TurnTrace *const trace = m_book->find(session, turn);
    if (!trace) {
        refuseMissing(exchange,
                      QStringLiteral("There is no trace of the turn \"%1\" of the conversation "
                                     "\"%2\". Those of the newest %3 turns are kept until the "
                                     "server ends; /api/traces lists them.")
                          .arg(turn, session)
                          .arg(m_book->maxTurns()));
        return;
    }
    if (!*chrome) {
        sendJson(exchange, traceJson(*trace));
        return;
    }
    const QByteArray name = "runnel-" + session.toLatin1() + '-' + turn.toLatin1() + ".json";
    sendJson(exchange, chromeTraceJson(*trace),
             {{"Content-Disposition", "attachment; filename=\"" + name + '"'}});
}

} // namespace runnel
