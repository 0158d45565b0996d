#pragma once

#include "http/answerfeed.h"
#include "http/chatanswer.h"
#include "http/conversationsapi.h"
#include "http/pagefiles.h"
#include "http/tracesapi.h"
#include "protocol/limits.h"

#include <QElapsedTimer>
#include <QHttpServer>
#include <QObject>

#include <functional>
#include <memory>

namespace runnel {

class FrontServer;

//! What /api/health tells; gathered by the composition root.
struct ServerStatus
{
    QString model;
    bool demo = false; //!< Answers come from the built-in emulator.
    qsizetype sessions = 0;
    qsizetype answering = 0;  //!< Answers that are running now.
    qsizetype webSockets = 0; //!< Clients that are connected.
};

//! What the REST API needs of the other rooms.
struct HttpApiContext
{
    QString frontendDir; //!< The page's folder; empty: there is no page.
    qint64 maxMessageBytes = limits::messageBytes;
    std::function<ServerStatus()> status;
    std::function<QList<AgentInfo>()> agents;
    //! Asks in that session. See askSession().
    std::function<Result<AskedAnswer, Error>(const QString &sessionId, const SendMessage &)> ask;
    ChatAnswer::Limits chat;
    //! Whose conversations are listed; null: none are. Must outlive the API.
    SessionRegistry *sessions = nullptr;
    ConversationsApi::Limits conversations;
    //! What is known of the newest turns; null: nothing. Must outlive the API.
    const TraceBook *traces = nullptr;
};

//! Everything that is not a WebSocket: the page, the REST API and the documents of both APIs.
//! Routes by a QHttpServer behind a FrontServer.
class HttpApi : public QObject
{
    Q_OBJECT

public:
    explicit HttpApi(HttpApiContext context, QObject *parent = nullptr);
    ~HttpApi() override;

    //! Serves what comes to \a front, which must listen already, must outlive its connections' use
    //! of this and keeps its owner.
    void serve(FrontServer *front);

    //! The server shuts down: /api/health/ready says so, messages are no longer taken, and those
    //! that wait for their turn are refused. Running answers go on.
    void drain();

private:
    struct Reply
    {
        int status = 200;
        QByteArray body;
        QList<HeaderField> headers;
    };
    using Handler = Reply (HttpApi::*)(const HttpExchange &, const QHttpServerRequest &);

    void addRoutes();
    void get(const QString &path, Handler handler);
    void answer(const QHttpServerRequest &request, Handler handler);
    void answerRest(const QHttpServerRequest &request);
    void answerChat(const QHttpServerRequest &request);
    void send(HttpExchange *exchange, const Reply &reply);
    [[nodiscard]] HttpExchange *exchangeOf(const QHttpServerRequest &request) const;

    Reply health(const HttpExchange &, const QHttpServerRequest &);
    Reply live(const HttpExchange &, const QHttpServerRequest &);
    Reply ready(const HttpExchange &, const QHttpServerRequest &);
    Reply agents(const HttpExchange &, const QHttpServerRequest &);
    Reply document(const HttpExchange &, const QHttpServerRequest &);
    Reply redoc(const HttpExchange &, const QHttpServerRequest &);
    Reply anythingElse(const HttpExchange &, const QHttpServerRequest &);

    const HttpApiContext m_context;
    std::unique_ptr<ConversationsApi> m_conversations;
    const TracesApi m_traces;
    PageFiles m_files;
    QHttpServer m_http;
    QPointer<FrontServer> m_front;
    QElapsedTimer m_uptime;
    QStringList m_getPaths;
    bool m_draining = false;
};

} // namespace runnel
