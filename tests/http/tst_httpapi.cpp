#include "http/fakechat.h"
#include "net/frontserver.h"
#include "net/rawclient.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace runnel;
using namespace std::chrono_literals;
using test::FakeChat;
using test::RawClient;

namespace {

QByteArray get(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n" + headers + "\r\n";
}

QByteArray ask(const QByteArray &body, const QByteArray &headers = {})
{
    return "POST /api/agents/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
           "application/json\r\n" +
           headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray askStreamed(const QByteArray &body)
{
    return ask(body, "Accept: text/event-stream\r\n");
}

struct House
{
    explicit House(const HttpApiContext &context)
        : api(context)
    {
        FrontServerConfig config;
        config.port = 0;
        config.lingerTimeout = 300ms;
        front = std::make_unique<FrontServer>(config);
        if (!front->listen())
            qFatal("cannot listen");
        api.serve(front.get());
    }

    [[nodiscard]] quint16 port() const { return front->serverPort(); }

    HttpApi api;
    std::unique_ptr<FrontServer> front;
};

QJsonObject objectOf(const RawClient &client)
{
    return QJsonDocument::fromJson(client.body()).object();
}

//! The frames of an event stream, by their `type`, checked against the event's own name.
QStringList eventsOf(const RawClient &client)
{
    QStringList types;
    for (const QByteArray &event :
         QByteArray(client.body()).replace("\n\n", "\x01").split('\x01')) {
        if (event.isEmpty() || event.startsWith(':'))
            continue;
        QByteArray name;
        QByteArray data;
        for (const QByteArray &line : event.split('\n')) {
            if (line.startsWith("event: "))
                name = line.sliced(7);
            else if (line.startsWith("data: "))
                data = line.sliced(6);
        }
        const QString type = QJsonDocument::fromJson(data)[u"type"].toString();
        types.append(type == QString::fromLatin1(name) ? type : QStringLiteral("broken"));
    }
    return types;
}

} // namespace

class TestHttpApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_page.isValid());
        QVERIFY(QDir(m_page.path()).mkpath(QStringLiteral("vendor/x")));
        QFile index(m_page.filePath(QStringLiteral("index.html")));
        QVERIFY(index.open(QIODevice::WriteOnly));
        QCOMPARE(index.write("<!doctype html>page"), 19);
        QFile library(m_page.filePath(QStringLiteral("vendor/x/lib.js")));
        QVERIFY(library.open(QIODevice::WriteOnly));
        QCOMPARE(library.write("lib()"), 5);
    }

    void everyAddressAnswers_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("type");
        const auto row = [](const char *path, int status, const char *type) {
            QTest::newRow(path) << QByteArray(path) << status << QByteArray(type);
        };
        row("/", 200, "text/html; charset=utf-8");
        row("/?from=bookmark", 200, "text/html; charset=utf-8");
        row("/vendor/x/lib.js", 200, "text/javascript; charset=utf-8");
        row("/api/health", 200, "application/json");
        row("/api/health/live", 200, "application/json");
        row("/api/health/ready", 200, "application/json");
        row("/api/agents/list", 200, "application/json");
        row("/openapi.json", 200, "application/json");
        row("/asyncapi.json", 200, "application/json");
        row("/docs", 200, "text/html; charset=utf-8");
        row("/docs/websocket", 200, "text/html; charset=utf-8");
        row("/docs/assets/docs.css", 200, "text/css; charset=utf-8");
        row("/docs/assets/docs.js", 200, "text/javascript; charset=utf-8");
        row("/docs/assets/websocket.js", 200, "text/javascript; charset=utf-8");
        row("/redoc", 307, "");
        row("/api", 404, "application/problem+json");
        row("/api/health/", 404, "application/problem+json");
        row("/api/agents/chat", 405, "application/problem+json");
        row("/favicon.ico", 404, "application/problem+json");
        row("/../etc/passwd", 404, "application/problem+json");
        row("/%2e%2e/%2e%2e/etc/passwd", 404, "application/problem+json");
        row("/vendor/../../etc/passwd", 404, "application/problem+json");
        row("//etc/passwd", 404, "application/problem+json");
        row("/vendor%00", 404, "application/problem+json");
    }
    void everyAddressAnswers()
    {
        QFETCH(QByteArray, path);
        QFETCH(int, status);
        QFETCH(QByteArray, type);
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), get(path));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), status);
        QCOMPARE(client.header("Content-Type"), type);
        QCOMPARE(client.body().size(), client.header("Content-Length").toLongLong());
        for (const char *name :
             {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
              "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"})
            QVERIFY2(!client.header(name).isEmpty(), name);
        QVERIFY(!client.header("Content-Security-Policy").contains("unsafe"));
        if (status >= 400) {
            QCOMPARE(client.problem(QStringLiteral("status")).toInt(), status);
            QVERIFY(!client.problem(QStringLiteral("code")).isEmpty());
        }

        // HEAD says the same and sends no body.
        RawClient head(house.port(), "HEAD" + get(path).sliced(3));
        QTRY_VERIFY(head.isClosed());
        QCOMPARE(head.status(), status);
        QCOMPARE(head.header("Content-Length"), client.header("Content-Length"));
        QVERIFY(head.body().isEmpty());
    }

    void wrongMethodsAreToldTheRightOnes()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient health(house.port(), "DELETE /api/health HTTP/1.1\r\nHost: a\r\n\r\n");
        RawClient page(house.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
        RawClient put(house.port(), "PUT /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_VERIFY(health.isClosed() && page.isClosed() && put.isClosed());
        QCOMPARE(health.status(), 405);
        QCOMPARE(health.header("Allow"), QByteArray("GET, HEAD"));
        QCOMPARE(page.status(), 405);
        QCOMPARE(put.status(), 404);
    }

    void documentByAnotherSpellingOfItsAddressIsNotThere()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), "GET /%6fpenapi.json HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 404);
        QCOMPARE(client.header("Content-Type"), QByteArray("application/problem+json"));
    }

    void whatTheClientHasIsNotSentAgain_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("the page") << QByteArray("/");
        QTest::newRow("a library") << QByteArray("/vendor/x/lib.js");
        QTest::newRow("a document") << QByteArray("/openapi.json");
    }
    void whatTheClientHasIsNotSentAgain()
    {
        QFETCH(QByteArray, path);
        FakeChat chat;
        House house(contextOf(chat));
        RawClient first(house.port(), get(path));
        QTRY_VERIFY(first.isClosed());
        const QByteArray etag = first.header("ETag");
        RawClient again(house.port(), get(path, "If-None-Match: \"other\", W/" + etag + "\r\n"));
        RawClient changed(house.port(), get(path, "If-None-Match: \"other\"\r\n"));
        QTRY_VERIFY(again.isClosed() && changed.isClosed());
        QCOMPARE(again.status(), 304);
        QCOMPARE(again.body(), QByteArray());
        QCOMPARE(again.header("ETag"), etag);
        QCOMPARE(changed.status(), 200);
    }

    void healthTellsTheFigures()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), get("/api/health"));
        QTRY_VERIFY(client.isClosed());
        const QJsonObject health = objectOf(client);
        QCOMPARE(health[u"status"].toString(), QStringLiteral("healthy"));
        QCOMPARE(health[u"version"].toString(), QStringLiteral(RUNNEL_VERSION));
        QCOMPARE(health[u"model"].toString(), QStringLiteral("a-model"));
        QCOMPARE(health[u"demo"].toBool(), true);
        QCOMPARE(health[u"websockets"].toInt(), 2);
        QCOMPARE(health[u"connections"].toInt(), 1);
    }

    void agentsAreListed()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), get("/api/agents/list"));
        QTRY_VERIFY(client.isClosed());
        const QJsonArray agents = objectOf(client)[u"agents"].toArray();
        QCOMPARE(agents.size(), 2);
        QCOMPARE(agents[1][u"name"].toString(), QStringLiteral("poet"));
        QCOMPARE(agents[1][u"status"].toString(), QStringLiteral("available"));
    }

    void aChatIsAnsweredWhole()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), ask(R"({"message":"Hi","session_id":"s_1"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        QCOMPARE(chat.sessionId(), QStringLiteral("s_1"));
        chat.beginTurn(0);
        chat.chunk(QStringLiteral("Hel"));
        chat.say(
            Thought{0, QStringLiteral("t1"), QStringLiteral("Greet."), QStringLiteral("default")});
        chat.chunk(QStringLiteral("lo"));
        QVERIFY(client.received().isEmpty());
        chat.complete();
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 200);
        const QJsonObject answer = objectOf(client);
        QCOMPARE(answer[u"message"].toString(), QStringLiteral("Hello"));
        QCOMPARE(answer[u"session_id"].toString(), QStringLiteral("s_1"));
        QCOMPARE(answer[u"agent"].toString(), QStringLiteral("default"));
        QCOMPARE(answer[u"metadata"][u"finish_reason"].toString(), QStringLiteral("stop"));
        QCOMPARE(answer[u"metadata"][u"usage"][u"total_tokens"].toInt(), 10);
        QTRY_COMPARE(chat.followers(), 0);
    }

    void anAnswerComesAtOnceWhenItIsThereAtOnce()
    {
        FakeChat chat;
        chat.setAnswersByItself(true);
        House house(contextOf(chat));
        RawClient whole(house.port(), ask(R"({"message":"Hi"})"));
        RawClient streamed(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_VERIFY(whole.isClosed() && streamed.isClosed());
        QCOMPARE(objectOf(whole)[u"message"].toString(), QStringLiteral("One two three. Grüße 👋"));
        QCOMPARE(eventsOf(streamed).last(), QStringLiteral("complete"));
    }

    void aWaitingMessageGetsItsOwnAnswer()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient first(house.port(), ask(R"({"message":"first"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        RawClient second(house.port(), askStreamed(R"({"message":"second"})"));
        QTRY_COMPARE(chat.asked().size(), 2);
        chat.chunk(QStringLiteral("to the first"));
        chat.complete();
        QTRY_VERIFY(first.isClosed());
        chat.beginTurn(1);
        chat.chunk(QStringLiteral("to the second"));
        chat.complete();
        QTRY_VERIFY(second.isClosed());
        QCOMPARE(objectOf(first)[u"message"].toString(), QStringLiteral("to the first"));
        QCOMPARE(eventsOf(second),
                 QStringList({QStringLiteral("user"), QStringLiteral("turn"),
                              QStringLiteral("chunk"), QStringLiteral("complete")}));
        QVERIFY(second.body().contains("to the second") && !second.body().contains("to the first"));
    }

    void aStreamTellsEachFrameAsItComes()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        QTRY_COMPARE(eventsOf(client).size(), 2);
        QCOMPARE(client.header("Content-Type"), QByteArray("text/event-stream"));
        chat.chunk(QStringLiteral("one\ntwo"));
        QTRY_COMPARE(eventsOf(client).last(), QStringLiteral("chunk"));
        QVERIFY(client.body().contains("id: 3\n"));
        QVERIFY(!client.isClosed());
        chat.complete();
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(eventsOf(client).last(), QStringLiteral("complete"));
        QTRY_COMPARE(chat.followers(), 0);
    }

    void aSilentStreamIsKeptAlive()
    {
        FakeChat chat;
        HttpApiContext context = contextOf(chat);
        context.chat.keepAlive = 20ms;
        House house(context);
        RawClient client(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        QTRY_VERIFY(client.body().contains(":\n\n:\n\n"));
        QCOMPARE(eventsOf(client).size(), 2);
    }

    void aFailedAnswerIsAProblem()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient whole(house.port(), ask(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        chat.fail(ErrorCode::ModelOverloaded, QStringLiteral("The model is busy."));
        QTRY_VERIFY(whole.isClosed());
        QCOMPARE(whole.status(), 503);
        QCOMPARE(whole.problem(QStringLiteral("code")), QStringLiteral("model_overloaded"));
        QCOMPARE(whole.problem(QStringLiteral("detail")), QStringLiteral("The model is busy."));
        QCOMPARE(whole.header("Retry-After"), QByteArray("4"));

        RawClient streamed(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 2);
        chat.beginTurn(1);
        chat.fail(ErrorCode::ModelOverloaded, QStringLiteral("The model is busy."));
        QTRY_VERIFY(streamed.isClosed());
        QCOMPARE(streamed.status(), 200);
        QCOMPARE(eventsOf(streamed).last(), QStringLiteral("error"));
    }

    void aRefusedMessageIsAProblem()
    {
        FakeChat chat;
        chat.setRefusal({ErrorCode::UnknownAgent, QStringLiteral("Agent 'x' not found.")});
        House house(contextOf(chat));
        RawClient client(house.port(), askStreamed(R"({"message":"Hi","agent":"x"})"));
        RawClient bad(house.port(), ask(R"({"message":5})"));
        QTRY_VERIFY(client.isClosed() && bad.isClosed());
        QCOMPARE(client.status(), 404);
        QCOMPARE(client.problem(QStringLiteral("code")), QStringLiteral("unknown_agent"));
        QCOMPARE(bad.status(), 400);
        QVERIFY(bad.problem(QStringLiteral("detail")).contains(QStringLiteral("\"message\"")));
    }

    void aClientMayLeave()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient whole(house.port(), ask(R"({"message":"Hi"})"));
        RawClient streamed(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 2);
        chat.beginTurn(0);
        QCOMPARE(chat.followers(), 2);
        whole.socket()->abort();
        streamed.socket()->abort();
        QTRY_COMPARE(chat.followers(), 0);
        chat.chunk(QStringLiteral("to nobody"));
        chat.complete();
        QTRY_COMPARE(house.front->connectionCount(), 0);
    }

    //! Back-pressure: a client that does not read costs a bounded number of bytes, and gets a
    //! snapshot once the log has left it behind.
    void aSlowReaderIsHeldToItsBound()
    {
        FakeChat chat(8);
        HttpApiContext context = contextOf(chat);
        context.chat.bytesWaiting = 32 * 1024;
        House house(context);
        RawClient client(house.port(), askStreamed(R"({"message":"Hi"})"));
        client.socket()->setReadBufferSize(1);
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        const QString text(8 * 1024, u'x');
        for (int i = 0; i < 4096; ++i)
            chat.chunk(text);
        chat.complete();
        client.socket()->setReadBufferSize(0);
        QTRY_VERIFY_WITH_TIMEOUT(client.isClosed(), 20'000);
        QVERIFY2(client.body().size() < 16 * 1024 * 1024, "all was kept for a client that slept");
        QVERIFY(eventsOf(client).contains(QStringLiteral("snapshot")));
        QVERIFY(!eventsOf(client).contains(QStringLiteral("broken")));
    }

    void anAnswerThatNeverEndsIsGivenUp()
    {
        FakeChat chat;
        HttpApiContext context = contextOf(chat);
        context.chat.answer = 50ms;
        House house(context);
        RawClient whole(house.port(), ask(R"({"message":"Hi"})"));
        QTRY_VERIFY(whole.isClosed());
        QCOMPARE(whole.status(), 504);
        RawClient streamed(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 2);
        chat.beginTurn(1);
        QTRY_VERIFY(streamed.isClosed());
        QCOMPARE(eventsOf(streamed).last(), QStringLiteral("error"));
        QTRY_COMPARE(chat.followers(), 0);
    }

    void aSessionThatVanishesEndsItsAnswers()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), ask(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.vanish();
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 503);
    }

    void drainingRefusesWhatHasNotBegun()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient running(house.port(), ask(R"({"message":"running"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        RawClient waiting(house.port(), ask(R"({"message":"waiting"})"));
        QTRY_COMPARE(chat.asked().size(), 2);
        house.api.drain();
        RawClient late(house.port(), ask(R"({"message":"late"})"));
        RawClient ready(house.port(), get("/api/health/ready"));
        RawClient live(house.port(), get("/api/health/live"));
        QTRY_VERIFY(waiting.isClosed() && late.isClosed() && ready.isClosed() && live.isClosed());
        QCOMPARE(waiting.status(), 503);
        QCOMPARE(late.status(), 503);
        QCOMPARE(ready.status(), 503);
        QCOMPARE(live.status(), 200);
        chat.complete();
        QTRY_VERIFY(running.isClosed());
        QCOMPARE(running.status(), 200);
    }

    void withoutAPageTheServerSaysSo()
    {
        FakeChat chat;
        House house(chat.context());
        RawClient client(house.port(), get("/"));
        QTRY_VERIFY(client.isClosed());
        QCOMPARE(client.status(), 404);
        QVERIFY(client.problem(QStringLiteral("detail")).contains(QStringLiteral("FRONTEND_DIR")));
    }

    void theFrontMayGoFirst()
    {
        FakeChat chat;
        House house(contextOf(chat));
        RawClient client(house.port(), askStreamed(R"({"message":"Hi"})"));
        QTRY_COMPARE(chat.asked().size(), 1);
        chat.beginTurn(0);
        house.front.reset();
        chat.chunk(QStringLiteral("to nobody"));
        chat.complete();
        QTRY_COMPARE(chat.followers(), 0);
    }

private:
    [[nodiscard]] HttpApiContext contextOf(FakeChat &chat) const
    {
        HttpApiContext context = chat.context();
        context.frontendDir = m_page.path();
        return context;
    }

    QTemporaryDir m_page;
};

QTEST_GUILESS_MAIN(TestHttpApi)
#include "tst_httpapi.moc"
