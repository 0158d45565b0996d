#include "gemini/geminicodec.h"
#include "gemini/geminimodel.h"
#include "testlib/scriptedserver.h"

#include <QFile>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <unistd.h>

#include <atomic>

using namespace runnel;
using namespace runnel::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"test-key-0123456789"_s;
constexpr auto patience = 10s;

QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

QByteArray textEvent(const QByteArray &text)
{
    return json("{'candidates':[{'content':{'parts':[{'text':'") + text + json("'}]}}]}");
}

QByteArray lastEvent(const QByteArray &text = "!", const QByteArray &reason = "STOP")
{
    return json("{'candidates':[{'content':{'parts':[{'text':'") + text +
           json("'}]},'finishReason':'") + reason +
           json("'}],'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':2,"
                "'totalTokenCount':9},'modelVersion':'gemini-9'}");
}

QByteArray answer()
{
    return sseAnswer({textEvent("Hello"), textEvent(", you"), lastEvent()});
}

QByteArray emptyStop()
{
    return sseAnswer({lastEvent("")});
}

//! A JSON error with that HTTP status.
QByteArray failure(int status, const char *details = "[]")
{
    return httpAnswer(status, json("{'error':{'code':") + QByteArray::number(status) +
                                  json(",'message':'said so','details':") + json(details) + "}}");
}

CompletionRequest request(const QString &model = u"gemini-x"_s)
{
    CompletionRequest request;
    request.model = model;
    request.history = {{Role::User, u"Hi"_s, {}}};
    return request;
}

//! Everything that a reply said.
class Listener : public QObject
{
public:
    explicit Listener(std::unique_ptr<LanguageModelReply> reply)
        : m_reply(std::move(reply))
    {
        connect(m_reply.get(), &LanguageModelReply::textReceived, this, [this](const QString &t) {
            text += t;
            ++signalsSeen;
        });
        connect(m_reply.get(), &LanguageModelReply::thoughtReceived, this,
                [this](const QString &t) {
                    thoughts += t;
                    ++signalsSeen;
                });
        connect(m_reply.get(), &LanguageModelReply::retrying, this, [this](const RetryNotice &n) {
            notices.append(n);
            ++signalsSeen;
        });
        connect(m_reply.get(), &LanguageModelReply::finished, this, [this](const Outcome &o) {
            outcome = o;
            ++finishes;
            ++signalsSeen;
        });
    }

    LanguageModelReply &reply() { return *m_reply; }
    void destroyReply() { m_reply.reset(); }
    //! By a real event loop: QTRY_ and its like sleep between their looks at it.
    [[nodiscard]] bool waitUntilFinished()
    {
        QSignalSpy spy(m_reply.get(), &LanguageModelReply::finished);
        return finishes > 0 || spy.wait(int(std::chrono::milliseconds(patience).count()));
    }
    [[nodiscard]] ErrorCode errorCode() const
    {
        return outcome.error ? outcome.error->code : ErrorCode::Internal;
    }

    QString text;
    QString thoughts;
    QList<RetryNotice> notices;
    Outcome outcome;
    int finishes = 0;
    int signalsSeen = 0;

private:
    std::unique_ptr<LanguageModelReply> m_reply;
};

GeminiConfig configFor(const QUrl &url)
{
    GeminiConfig config;
    config.baseUrl = url;
    config.apiKey = key;
    config.requestTimeout = 20s;
    config.retry.baseDelay = 1ms;
    config.retry.jitter = [] { return 1.0; };
    return config;
}

} // namespace

Q_DECLARE_METATYPE(runnel::test::ScriptedReply)

class TestGeminiModel : public QObject
{
    Q_OBJECT

    using Then = ScriptedReply::Then;

private Q_SLOTS:
    void anAnswerComesPieceByPiece()
    {
        ScriptedServer server;
        server.script({sseHead()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QCOMPARE(listener.signalsSeen, 0);
        QTRY_COMPARE(server.requestCount(), 1);

        server.exchange(0).send(chunk(sseEvent(
            json("{'candidates':[{'content':{'parts':[{'text':'Hm','thought':true}]}}]}"))));
        QTRY_COMPARE(listener.thoughts, u"Hm"_s);
        server.exchange(0).send(chunk(sseEvent(textEvent("Hello"))));
        QTRY_COMPARE(listener.text, u"Hello"_s);
        server.exchange(0).send(chunk(sseEvent(lastEvent())) + lastChunk());
        QVERIFY(listener.waitUntilFinished());

        QCOMPARE(listener.text, u"Hello!"_s);
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
        QVERIFY(!listener.outcome.error);
        QVERIFY(listener.outcome.usage == (Usage{7, -1, -1, 2, 9}));
        QCOMPARE(listener.outcome.modelVersion, u"gemini-9"_s);
        QCOMPARE(listener.outcome.rawParts,
                 json("[{'text':'Hm','thought':true},{'text':'Hello!'}]"));
        QCOMPARE(listener.finishes, 1);
    }

    void theRequestIsWhatGeminiWants_data()
    {
        QTest::addColumn<QString>("basePath");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QByteArray>("target");
        QTest::newRow("plain") << u""_s << u"gemini-x"_s
                               << "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"_ba;
        QTest::newRow("the base ends in a slash")
            << u"/"_s << u"gemini-x"_s
            << "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"_ba;
        QTest::newRow("the base has a path")
            << u"/proxy/gemini/"_s << u"gemini-x"_s
            << "/proxy/gemini/v1beta/models/gemini-x:streamGenerateContent?alt=sse"_ba;
        QTest::newRow("the model has Gemini's prefix")
            << u""_s << u"models/gemini-x"_s
            << "/v1beta/models/gemini-x:streamGenerateContent?alt=sse"_ba;
    }

    void theRequestIsWhatGeminiWants()
    {
        QFETCH(QString, basePath);
        QFETCH(QString, model);
        QFETCH(QByteArray, target);
        ScriptedServer server;
        server.script({answer()});
        QUrl url = server.url();
        url.setPath(basePath);
        GeminiModel gemini(configFor(url));
        Listener listener(gemini.generate(request(model)));
        QVERIFY(listener.waitUntilFinished());

        const SeenRequest &seen = server.exchange(0).request();
        QCOMPARE(seen.method, "POST"_ba);
        QCOMPARE(seen.target, target);
        QCOMPARE(seen.headers.value("x-goog-api-key"), key.toUtf8());
        QCOMPARE(seen.headers.value("content-type"), "application/json"_ba);
        QCOMPARE(seen.headers.value("accept-encoding"), "identity"_ba);
        QVERIFY(!seen.headers.contains("cookie"));
        QCOMPARE(seen.body, GeminiCodec::encodeRequest(request(model)));
        QVERIFY(!seen.target.contains(key.toUtf8()));
        QVERIFY(!seen.body.contains(key.toUtf8()));
    }

    void aNameThatWouldChangeThePathIsNotAsked()
    {
        ScriptedServer server;
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request(u"../../evil?x="_s)));
        QCOMPARE(listener.signalsSeen, 0);
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelNotFound);
        QCOMPARE(server.requestCount(), 0);
    }

    //! The bytes of a whole answer, cut anywhere, give the same words.
    void cutsDoNotMatter_data()
    {
        QTest::addColumn<qsizetype>("pieceBytes");
        for (const qsizetype size : {1, 2, 7, 64, 1000})
            QTest::addRow("pieces of %d bytes", int(size)) << size;
    }

    void cutsDoNotMatter()
    {
        QFETCH(qsizetype, pieceBytes);
        ScriptedServer server;
        server.script({sseAnswer({textEvent("gr\xc3\xbc\xc3\x9f"), textEvent(" \xf0\x9f\x98\x80"),
                                  lastEvent()}),
                       Then::KeepOpen, pieceBytes});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.text, u"grüß 😀!"_s);
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
    }

    void endsHaveAReason_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<Then>("then");
        QTest::addColumn<FinishReason>("reason");
        QTest::addColumn<QString>("text");

        QTest::newRow("STOP") << answer() << Then::KeepOpen << FinishReason::Stop
                              << u"Hello, you!"_s;
        QTest::newRow("MAX_TOKENS") << sseAnswer({lastEvent("cut", "MAX_TOKENS")}) << Then::KeepOpen
                                    << FinishReason::Length << u"cut"_s;
        QTest::newRow("MAX_TOKENS before the first word")
            << sseAnswer({lastEvent("", "MAX_TOKENS")}) << Then::KeepOpen << FinishReason::Length
            << u""_s;
        QTest::newRow("SAFETY keeps what was shown")
            << sseAnswer({textEvent("Well"), lastEvent("", "SAFETY")}) << Then::KeepOpen
            << FinishReason::Blocked << u"Well"_s;
        QTest::newRow("RECITATION") << sseAnswer({textEvent("Sing"), lastEvent("", "RECITATION")})
                                    << Then::KeepOpen << FinishReason::Blocked << u"Sing"_s;
        QTest::newRow("an end without a reason") << sseAnswer({textEvent("Half")}) << Then::KeepOpen
                                                 << FinishReason::Interrupted << u"Half"_s;
        QTest::newRow("closed after the first event")
            << sseHead() + chunk(sseEvent(textEvent("Half"))) << Then::Close
            << FinishReason::Interrupted << u"Half"_s;
        QTest::newRow("closed within an event")
            << sseHead() + chunk(sseEvent(textEvent("Half")) + "data: {\"cand") << Then::Close
            << FinishReason::Interrupted << u"Half"_s;
        QTest::newRow("an event that lacks only its empty line counts")
            << sseHead() + chunk("data: " + lastEvent("All")) + lastChunk() << Then::KeepOpen
            << FinishReason::Stop << u"All"_s;
        QTest::newRow("closed after the reason") << sseHead() + chunk(sseEvent(lastEvent("All")))
                                                 << Then::Close << FinishReason::Stop << u"All"_s;
        QTest::newRow("usage after the reason")
            << sseAnswer({lastEvent("All"), json("{'usageMetadata':{'totalTokenCount':12}}")})
            << Then::KeepOpen << FinishReason::Stop << u"All"_s;
        QTest::newRow("without chunks, until the connection closes")
            << "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" +
                   sseEvent(lastEvent("All"))
            << Then::Close << FinishReason::Stop << u"All"_s;
        QTest::newRow("a call, without a word, is an answer")
            << sseAnswer(
                   {json("{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]},"
                         "'finishReason':'STOP'}]}")})
            << Then::KeepOpen << FinishReason::Stop << u""_s;
    }

    void endsHaveAReason()
    {
        QFETCH(QByteArray, reply);
        QFETCH(Then, then);
        QFETCH(FinishReason, reason);
        QFETCH(QString, text);
        ScriptedServer server;
        server.script({reply, then});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY2(!listener.outcome.error,
                 qPrintable(listener.outcome.error.value_or(Error{}).text));
        QVERIFY(listener.outcome.finishReason == reason);
        QCOMPARE(listener.text, text);
        QCOMPARE(server.requestCount(), 1);
        QVERIFY(listener.notices.isEmpty());
    }

    void failuresThatStay_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");

        QTest::newRow("400 for a bad key")
            << failure(400, "[{'reason':'API_KEY_INVALID'}]") << ErrorCode::BadApiKey
            << u"The API key was refused. Check GOOGLE_API_KEY."_s;
        QTest::newRow("403") << failure(403) << ErrorCode::BadApiKey << u"not allowed"_s;
        QTest::newRow("404") << failure(404) << ErrorCode::ModelNotFound
                             << u"The model 'gemini-x' was not found."_s;
        QTest::newRow("429 of the day")
            << failure(429, "[{'violations':[{'quotaId':'RequestsPerDay'}]},{'retryDelay':'1s'}]")
            << ErrorCode::QuotaExhausted << u"today"_s;
        QTest::newRow("429 that asks for more than a minute")
            << failure(429, "[{'retryDelay':'61s'}]") << ErrorCode::QuotaExhausted << u"quota"_s;
        QTest::newRow("a blocked prompt")
            << sseAnswer({json("{'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},"
                               "'usageMetadata':{'promptTokenCount':7}}")})
            << ErrorCode::Blocked << u"Gemini blocked the prompt (PROHIBITED_CONTENT)."_s;
        QTest::newRow("garbage") << sseAnswer({"}{"}) << ErrorCode::ModelError
                                 << u"cannot be read"_s;
        QTest::newRow("an event that is no object")
            << sseAnswer({"[1]"}) << ErrorCode::ModelError << u"cannot be read"_s;
        QTest::newRow("a web page with status 200")
            << httpAnswer(200, "<html>Log in to the hotel's network</html>", "text/html")
            << ErrorCode::ModelError << u"no stream"_s;
        QTest::newRow("JSON in place of a stream")
            << httpAnswer(200, "[]") << ErrorCode::ModelError << u"no stream"_s;
        QTest::newRow("a redirect to another host")
            << httpAnswer(302, "", "text/html", "Location: http://127.0.0.1:1/elsewhere\r\n")
            << ErrorCode::ModelError << u"redirects"_s;
        QTest::newRow("an error after the first event")
            << sseAnswer({textEvent("Half"),
                          json("{'error':{'code':503,'message':'m','status':'UNAVAILABLE'}}")})
            << ErrorCode::ModelOverloaded << u"The model is busy."_s;
        QTest::newRow("an error after the first event, as bare JSON")
            << sseHead() + chunk(sseEvent(textEvent("Half"))) +
                   chunk(json("{\n  'error': {\n    'status': 'RESOURCE_EXHAUSTED'\n  }\n}\n")) +
                   lastChunk()
            << ErrorCode::QuotaExhausted << u"quota"_s;
        QTest::newRow("a reason that nobody knows")
            << sseAnswer({lastEvent("a", "TIRED")}) << ErrorCode::ModelError << u"(TIRED)"_s;
        QTest::newRow("a malformed call after a word was shown")
            << sseAnswer({lastEvent("a", "MALFORMED_FUNCTION_CALL")}) << ErrorCode::ModelError
            << u"malformed"_s;
        QTest::newRow("an event that never ends")
            << sseHead() + chunk("data: " + QByteArray(9 * 1024 * 1024, 'x'))
            << ErrorCode::ModelError << u"cannot be read"_s;
        QTest::newRow("an error's body that never ends")
            << "HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n" +
                   chunk(QByteArray(1024 * 1024, 'x'))
            << ErrorCode::ModelNotFound << u"not found"_s;
    }

    void failuresThatStay()
    {
        QFETCH(QByteArray, reply);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        ScriptedServer server;
        server.script({reply});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.error.has_value());
        QVERIFY(!listener.outcome.finishReason);
        QCOMPARE(listener.errorCode(), code);
        QVERIFY2(listener.outcome.error->text.contains(says),
                 qPrintable(listener.outcome.error->text));
        QVERIFY(!listener.outcome.error->text.contains(key));
        QCOMPARE(server.requestCount(), 1);
        QVERIFY(listener.notices.isEmpty());
        QCOMPARE(listener.finishes, 1);
    }

    void failuresThatPass_data()
    {
        QTest::addColumn<QList<ScriptedReply>>("replies");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");

        using Replies = QList<ScriptedReply>;
        QTest::newRow("408") << Replies{{failure(408)}} << ErrorCode::ModelOverloaded
                             << u"The model took too long. Trying again in 1 s."_s;
        QTest::newRow("429 with RetryInfo")
            << Replies{{failure(429, "[{'retryDelay':'0.02s'}]")}} << ErrorCode::QuotaExhausted
            << u"The model's quota is used up for the moment. Trying again in 1 s."_s;
        QTest::newRow("500") << Replies{{failure(500)}} << ErrorCode::ModelError
                             << u"The model failed. Trying again in 1 s."_s;
        QTest::newRow("503") << Replies{{failure(503)}} << ErrorCode::ModelOverloaded
                             << u"The model is busy. Trying again in 1 s."_s;
        QTest::newRow("a proxy's page with 502")
            << Replies{{httpAnswer(502, "<html>", "text/html")}} << ErrorCode::ModelUnreachable
            << u"could not be reached"_s;
        QTest::newRow("503 three times")
            << Replies{{failure(503)}, {failure(503)}, {failure(503)}} << ErrorCode::ModelOverloaded
            << u"The model is busy. Trying again in 1 s."_s;
        QTest::newRow("an error as the first event")
            << Replies{{sseAnswer({json("{'error':{'code':503,'message':'m'}}")})}}
            << ErrorCode::ModelOverloaded << u"The model is busy."_s;
        QTest::newRow("closed after the head")
            << Replies{{sseHead(), Then::Close}} << ErrorCode::ModelError << u"gave no answer"_s;
        QTest::newRow("closed within the first event")
            << Replies{{sseHead() + chunk("data: {\"candi"), Then::Close}} << ErrorCode::ModelError
            << u"gave no answer"_s;
        QTest::newRow("an empty answer") << Replies{{emptyStop()}} << ErrorCode::ModelError
                                         << u"The model gave no answer. Trying again in 1 s."_s;
        QTest::newRow("a stream without an event")
            << Replies{{sseAnswer({})}} << ErrorCode::ModelError << u"The model gave no answer."_s;
        QTest::newRow("a malformed call")
            << Replies{{sseAnswer({lastEvent("", "MALFORMED_FUNCTION_CALL")})}}
            << ErrorCode::ModelError << u"malformed"_s;
    }

    void failuresThatPass()
    {
        QFETCH(QList<ScriptedReply>, replies);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        ScriptedServer server;
        for (const ScriptedReply &reply : replies)
            server.script(reply);
        server.script({answer()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY2(!listener.outcome.error,
                 qPrintable(listener.outcome.error.value_or(Error{}).text));
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
        QCOMPARE(listener.text, u"Hello, you!"_s);
        QCOMPARE(listener.outcome.rawParts, json("[{'text':'Hello, you!'}]"));
        QCOMPARE(server.requestCount(), replies.size() + 1);
        QCOMPARE(listener.notices.size(), replies.size());
        for (int i = 0; i < listener.notices.size(); ++i) {
            QCOMPARE(listener.notices.at(i).error.code, code);
            QCOMPARE(listener.notices.at(i).attempt, i + 1);
            QVERIFY2(listener.notices.at(i).error.text.contains(says),
                     qPrintable(listener.notices.at(i).error.text));
        }
    }

    void aConnectionCutBeforeTheAnswerIsTriedAgain()
    {
        // Qt itself sends a request again when the connection is gone before the first byte, so
        // only the end is counted here.
        ScriptedServer server;
        connect(&server, &ScriptedServer::requested, this, [&server](Exchange *exchange) {
            if (server.requestCount() <= 4)
                exchange->reset();
            else
                exchange->play({answer()});
        });
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
        QVERIFY(!listener.notices.isEmpty());
        QCOMPARE(listener.notices.at(0).error.code, ErrorCode::ModelUnreachable);
    }

    void fourRetriesAreEnough()
    {
        ScriptedServer server;
        server.scriptAll({failure(503, "[{'retryDelay':'0.01s'}]")});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelOverloaded);
        QVERIFY(listener.outcome.retryAfter == 10ms);
        QCOMPARE(server.requestCount(), 5);
        QCOMPARE(listener.notices.size(), 4);
    }

    void anEmptyAnswerIsAskedForAgainOnlyOnce()
    {
        ScriptedServer server;
        server.scriptAll({emptyStop()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelError);
        QCOMPARE(server.requestCount(), 2);
    }

    void afterAThoughtWasShownNothingIsAskedAgain()
    {
        ScriptedServer server;
        server.scriptAll({sseAnswer(
            {json("{'candidates':[{'content':{'parts':[{'text':'Hm','thought':true}]}}]}"),
             lastEvent("")})});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelError);
        QCOMPARE(listener.thoughts, u"Hm"_s);
        QCOMPARE(server.requestCount(), 1);
    }

    void nobodyListening()
    {
        GeminiModel model(configFor(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(unusedPort()))));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelUnreachable);
        QVERIFY(listener.outcome.error->text.contains(u"refused"));
        QCOMPARE(listener.notices.size(), 4);
    }

    void delaysGrowAreBoundedAndObeyRetryInfo_data()
    {
        QTest::addColumn<double>("jitter");
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<qint64>("wanted");
        QTest::addColumn<QString>("says");
        QTest::newRow("the first")
            << 1.0 << failure(503) << qint64(3500) << u"The model is busy. Trying again in 4 s."_s;
        QTest::newRow("with jitter") << 0.5 << failure(503) << qint64(1750) << u"in 2 s."_s;
        QTest::newRow("RetryInfo when it is longer")
            << 1.0 << failure(503, "[{'retryDelay':'34.4s'}]") << qint64(34400) << u"in 35 s."_s;
        QTest::newRow("not RetryInfo when it is shorter")
            << 1.0 << failure(503, "[{'retryDelay':'1s'}]") << qint64(3500) << u"in 4 s."_s;
        QTest::newRow("a minute is the most")
            << 1.0 << failure(503, "[{'retryDelay':'60s'}]") << qint64(60000) << u"in 60 s."_s;
    }

    void delaysGrowAreBoundedAndObeyRetryInfo()
    {
        QFETCH(double, jitter);
        QFETCH(QByteArray, reply);
        QFETCH(qint64, wanted);
        QFETCH(QString, says);
        ScriptedServer server;
        server.script({reply});
        GeminiConfig config = configFor(server.url());
        config.retry.baseDelay = 3500ms;
        config.retry.jitter = [jitter] { return jitter; };
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QTRY_COMPARE(listener.notices.size(), 1);
        QCOMPARE(listener.notices.at(0).delay.count(), wanted);
        QVERIFY2(listener.notices.at(0).error.text.contains(says),
                 qPrintable(listener.notices.at(0).error.text));

        // A stop ends the wait at once.
        listener.reply().abort();
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stopped);
        QCOMPARE(server.requestCount(), 1);
    }

    void eachDelayIsTwiceTheOneBefore()
    {
        ScriptedServer server;
        server.scriptAll({failure(503)});
        GeminiConfig config = configFor(server.url());
        config.retry.baseDelay = 2ms;
        config.retry.maxDelay = 10ms;
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QList<qint64> delays;
        for (const RetryNotice &notice : listener.notices)
            delays.append(notice.delay.count());
        QCOMPARE(delays, QList<qint64>({2, 4, 8, 10}));
    }

    void silenceEndsTheRequest_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<bool>("failed");
        QTest::addColumn<FinishReason>("reason");
        QTest::newRow("before the head") << ""_ba << true << FinishReason::Stop;
        QTest::newRow("before the first event") << sseHead() << true << FinishReason::Stop;
        QTest::newRow("after an event")
            << sseHead() + chunk(sseEvent(textEvent("Half"))) << false << FinishReason::Interrupted;
        QTest::newRow("after the reason")
            << sseHead() + chunk(sseEvent(lastEvent())) << false << FinishReason::Stop;
    }

    void silenceEndsTheRequest()
    {
        QFETCH(QByteArray, reply);
        QFETCH(bool, failed);
        QFETCH(FinishReason, reason);
        ScriptedServer server;
        server.script({reply});
        GeminiConfig config = configFor(server.url());
        config.requestTimeout = 100ms;
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.outcome.error.has_value(), failed);
        if (failed) {
            QCOMPARE(listener.errorCode(), ErrorCode::ModelUnreachable);
            QVERIFY(listener.outcome.error->text.contains(u"within 0.1 s"));
        } else {
            QVERIFY(listener.outcome.finishReason == reason);
        }
        QCOMPARE(server.requestCount(), 1);
        QTRY_VERIFY(server.exchange(0).isClosed());
    }

    void aLongAnswerIsContinued()
    {
        ScriptedServer server;
        server.script(
            {sseAnswer({textEvent("One"),
                        json("{'candidates':[{'content':{'parts':[{'text':' two'}]},"
                             "'finishReason':'CONTINUATION','continuationToken':'T1'}],"
                             "'usageMetadata':{'promptTokenCount':10,'candidatesTokenCount':5,"
                             "'totalTokenCount':15}}")})});
        server.script({sseAnswer({lastEvent(" three")})});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.text, u"One two three"_s);
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
        QVERIFY(listener.outcome.usage == (Usage{17, -1, -1, 7, 24}));
        QCOMPARE(listener.outcome.rawParts, json("[{'text':'One two three'}]"));
        QCOMPARE(server.requestCount(), 2);
        const QByteArray body = server.exchange(0).request().body;
        QCOMPARE(server.exchange(1).request().body, GeminiCodec::withContinuation(body, u"T1"_s));
    }

    void continuationsAreBounded()
    {
        ScriptedServer server;
        server.scriptAll({sseAnswer(
            {json("{'candidates':[{'finishReason':'CONTINUATION','continuationToken':'T'}]}")})});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelError);
        QCOMPARE(server.requestCount(), 33);
    }

    void anAnswerWithoutEndIsBounded()
    {
        ScriptedServer server;
        server.script(
            {sseHead() + chunk(sseEvent(textEvent(QByteArray(64 * 1024, 'a')))).repeated(64)});
        GeminiConfig config = configFor(server.url());
        config.maxAnswerBytes = 1024 * 1024;
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelError);
        QVERIFY(listener.text.size() <= 1024 * 1024);
        QTRY_VERIFY(server.exchange(0).isClosed());
    }

    void stopClosesTheRequestAndKeepsWhatCame()
    {
        ScriptedServer server;
        server.script({sseHead() + chunk(sseEvent(textEvent("Half")))});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QTRY_COMPARE(listener.text, u"Half"_s);
        listener.reply().abort();
        listener.reply().abort();
        QCOMPARE(listener.finishes, 0); // from the event loop, not from abort()
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stopped);
        QCOMPARE(listener.outcome.rawParts, json("[{'text':'Half'}]"));
        QTRY_VERIFY(server.exchange(0).isClosed());
        listener.reply().abort();
        QCoreApplication::processEvents();
        QCOMPARE(listener.finishes, 1);
    }

    void stopBeforeTheFirstByte()
    {
        ScriptedServer server;
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        listener.reply().abort();
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stopped);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void stopFromASlot()
    {
        ScriptedServer server;
        server.script({answer()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        connect(&listener.reply(), &LanguageModelReply::textReceived, &listener,
                [&listener] { listener.reply().abort(); });
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.text, u"Hello"_s);
        QVERIFY(listener.outcome.finishReason == FinishReason::Stopped);
    }

    //! When finished(Stopped) comes, closing needs nothing more of this thread: while it stands
    //! still, a server on a thread of its own sees the connection go.
    void stopIsDoneWhenItSaysSo()
    {
        QThread thread;
        QSemaphore gone;
        auto *server = new ScriptedServer;
        const QUrl url = server->url();
        server->script({sseHead() + chunk(sseEvent(textEvent("Half")))});
        connect(server, &ScriptedServer::requested, server, [&gone](Exchange *exchange) {
            connect(exchange, &Exchange::closed, exchange, [&gone] { gone.release(); });
        });
        server->moveToThread(&thread);
        connect(&thread, &QThread::finished, server, &QObject::deleteLater);
        thread.start();

        GeminiModel model(configFor(url));
        Listener listener(model.generate(request()));
        QTRY_COMPARE(listener.text, u"Half"_s);
        bool wentWithoutUs = false;
        connect(&listener.reply(), &LanguageModelReply::finished, &listener,
                [&] { wentWithoutUs = gone.tryAcquire(1, 5000); });
        listener.reply().abort();
        QVERIFY(listener.waitUntilFinished());
        thread.quit();
        QVERIFY(thread.wait());
        QVERIFY(wentWithoutUs);
    }

    void destroyingClosesTheRequestWithoutASignal()
    {
        ScriptedServer server;
        server.script({sseHead() + chunk(sseEvent(textEvent("Half")))});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QTRY_COMPARE(listener.text, u"Half"_s);
        const int before = listener.signalsSeen;
        listener.destroyReply();
        QTRY_VERIFY(server.exchange(0).isClosed());
        QCOMPARE(listener.signalsSeen, before);
    }

    void destroyingFromASlot_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<int>("at");
        const QByteArray unfinished =
            sseHead() + chunk(sseEvent(textEvent("a")) + sseEvent(textEvent("b")));
        QTest::newRow("at the first text") << unfinished << 1;
        QTest::newRow("at the second text") << unfinished << 2;
        QTest::newRow("at the end") << answer() << 4;
        QTest::newRow("at a retry") << failure(503) << 1;
        QTest::newRow("at an error") << failure(404) << 1;
        QTest::newRow("at an error in mid-stream") << sseAnswer({textEvent("a"), "}{"}) << 2;
    }

    void destroyingFromASlot()
    {
        QFETCH(QByteArray, reply);
        QFETCH(int, at);
        ScriptedServer server;
        server.script({reply});
        std::optional<GeminiModel> model(std::in_place, configFor(server.url()));
        auto answering = model->generate(request());
        int seen = 0;
        const auto count = [&] {
            if (++seen == at)
                answering.reset();
        };
        connect(answering.get(), &LanguageModelReply::textReceived, this, count);
        connect(answering.get(), &LanguageModelReply::retrying, this, count);
        connect(answering.get(), &LanguageModelReply::finished, this, count);
        QTRY_VERIFY(!answering);
        QCoreApplication::processEvents();
        QCOMPARE(seen, at);
        model = std::nullopt; // with it go the connections that are kept for the next request
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void thirtyStreamsRunAtTheSameTime()
    {
        constexpr int streams = 30;
        ScriptedServer server;
        server.scriptAll({sseHead() + chunk(sseEvent(textEvent("Hello")))});
        GeminiModel model(configFor(server.url()));
        std::vector<std::unique_ptr<Listener>> listeners;
        for (int i = 0; i < streams; ++i)
            listeners.push_back(std::make_unique<Listener>(model.generate(request())));
        // All have begun before any ends: none waits for another's connection.
        QTRY_COMPARE(server.requestCount(), streams);
        for (const auto &listener : listeners)
            QTRY_COMPARE(listener->text, u"Hello"_s);
        for (int i = 0; i < streams; ++i)
            server.exchange(i).send(chunk(sseEvent(lastEvent())) + lastChunk());
        for (const auto &listener : listeners) {
            QVERIFY(listener->waitUntilFinished());
            QVERIFY(listener->outcome.finishReason == FinishReason::Stop);
            QCOMPARE(listener->text, u"Hello!"_s);
        }
    }

    //! While nobody reads, 64 MB stay with the sender.
    void anAnswerThatIsNotReadIsHeldBack();
};

namespace {

constexpr qint64 floodBytes = 64 * 1024 * 1024;

//! Memory of this process that is in RAM.
qint64 residentBytes()
{
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("No /proc/self/statm");
    return file.readAll().split(' ').at(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

//! Sends a word and a megabyte of comments, and so on, as fast as it is taken.
class Flood : public QThread
{
public:
    Flood()
    {
        start();
        m_listening.acquire();
    }
    ~Flood() override { wait(); }

    [[nodiscard]] QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
    }
    //! Waits until nothing more goes out, and says how much did.
    qint64 sentWhenStalled() { return m_stalled.tryAcquire(1, 30'000) ? m_sent.load() : -1; }

private:
    void run() override
    {
        QTcpServer server;
        const bool listens = server.listen(QHostAddress::LocalHost);
        m_port = server.serverPort();
        m_listening.release();
        if (!listens || !server.waitForNewConnection(10'000))
            return;
        const std::unique_ptr<QTcpSocket> socket(server.nextPendingConnection());
        if (!socket->waitForReadyRead(10'000))
            return;
        socket->write(sseHead());
        const QByteArray comments =
            chunk(QByteArray(": " + QByteArray(1022, 'x') + "\r\n").repeated(64));
        for (int i = 0; m_sent < floodBytes; ++i) {
            const QByteArray bytes = i % 16 == 0 ? chunk(sseEvent(textEvent("x"))) : comments;
            socket->write(bytes);
            m_sent += bytes.size();
            while (socket->bytesToWrite() > 64 * 1024) {
                if (socket->waitForBytesWritten(500))
                    continue;
                // The peer has gone, or took nothing for half a second.
                if (socket->state() != QAbstractSocket::ConnectedState)
                    return;
                m_stalled.release();
                if (!socket->waitForBytesWritten(30'000))
                    return;
            }
        }
        m_stalled.release();
        socket->waitForDisconnected(10'000);
    }

    QSemaphore m_listening;
    QSemaphore m_stalled;
    std::atomic<qint64> m_sent = 0;
    quint16 m_port = 0;
};

} // namespace

void TestGeminiModel::anAnswerThatIsNotReadIsHeldBack()
{
    Flood flood;
    {
        GeminiModel model(configFor(flood.url()));
        Listener listener(model.generate(request()));
        qint64 sent = 0;
        qint64 grown = 0;
        const qint64 before = residentBytes();
        connect(&listener.reply(), &LanguageModelReply::textReceived, &listener, [&] {
            if (sent != 0)
                return;
            sent = flood.sentWhenStalled(); // this thread reads nothing meanwhile
            grown = residentBytes() - before;
        });
        QTRY_VERIFY(sent != 0);
        // What is out stands in the kernel's buffers, which are not ours and may be large.
        QVERIFY2(grown < 16 * 1024 * 1024,
                 qPrintable(u"grown by %1 when %2 were sent"_s.arg(grown).arg(sent)));
        // And it goes on once it is read.
        QTRY_VERIFY(listener.text.size() >= 4);
    }
}

QTEST_GUILESS_MAIN(TestGeminiModel)
#include "tst_geminimodel.moc"
