#include "gemini/geminicodec.h"
#include "gemini/geminimodel.h"
#include "geminifixture.h"
#include "testlib/scriptedhttpserver.h"

#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestGeminiModel : public QObject
{
    Q_OBJECT

    using Then = ScriptedResponse::Then;

private Q_SLOTS:
    void anAnswerComesPieceByPiece()
    {
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
            << ErrorCode::Blocked << u"Gemini blocked this message: its content is prohibited."_s;
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
        ScriptedHttpServer server;
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

    void aLongAnswerIsContinued()
    {
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
};

QTEST_GUILESS_MAIN(TestGeminiModel)
#include "tst_geminimodel.moc"
