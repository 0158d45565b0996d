#include "gemini/geminimodel.h"
#include "geminifixture.h"
#include "testlib/scriptedhttpserver.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

#include <optional>

using namespace runnel;
using namespace runnel::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(runnel::test::ScriptedResponse)

class TestGeminiRetries : public QObject
{
    Q_OBJECT

    using Then = ScriptedResponse::Then;

private Q_SLOTS:
    void failuresThatPass_data()
    {
        QTest::addColumn<QList<ScriptedResponse>>("replies");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("says");

        using Replies = QList<ScriptedResponse>;
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
        QFETCH(QList<ScriptedResponse>, replies);
        QFETCH(ErrorCode, code);
        QFETCH(QString, says);
        ScriptedHttpServer server;
        for (const ScriptedResponse &reply : replies)
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
        ScriptedHttpServer server;
        connect(&server, &ScriptedHttpServer::requested, this, [&server](Exchange *exchange) {
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
        server.scriptAll({emptyStop()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelError);
        QCOMPARE(server.requestCount(), 2);
    }

    void afterAThoughtWasShownNothingIsAskedAgain()
    {
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
        QTest::addColumn<int>("timeout");
        QTest::addColumn<std::optional<FinishReason>>("reason");
        using Reason = std::optional<FinishReason>;
        QTest::newRow("before the head") << ""_ba << 500 << Reason();
        QTest::newRow("before the first event") << sseHead() << 500 << Reason();
        // Long enough for the event to arrive on a machine that is busy.
        QTest::newRow("after an event") << sseHead() + chunk(sseEvent(textEvent("Half"))) << 1000
                                        << Reason(FinishReason::Interrupted);
        QTest::newRow("after the reason")
            << sseHead() + chunk(sseEvent(lastEvent())) << 1000 << Reason(FinishReason::Stop);
    }

    void silenceEndsTheRequest()
    {
        QFETCH(QByteArray, reply);
        QFETCH(int, timeout);
        QFETCH(std::optional<FinishReason>, reason);
        ScriptedHttpServer server;
        server.script({reply});
        GeminiConfig config = configFor(server.url());
        config.requestTimeout = std::chrono::milliseconds(timeout);
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == reason);
        QCOMPARE(listener.outcome.error.has_value(), !reason);
        if (!reason) {
            QCOMPARE(listener.errorCode(), ErrorCode::ModelUnreachable);
            QVERIFY(listener.outcome.error->text.contains(u"within 0.5 s"));
        }
        QCOMPARE(server.requestCount(), 1);
        QTRY_VERIFY(server.exchange(0).isClosed());
    }

    void commentsAreSilenceToo()
    {
        ScriptedHttpServer server;
        QTimer comments;
        connect(&server, &ScriptedHttpServer::requested, this, [&](Exchange *exchange) {
            exchange->send(sseHead());
            comments.callOnTimeout(exchange,
                                   [exchange] { exchange->send(chunk(": still here\n\n")); });
            comments.start(50ms);
        });
        GeminiConfig config = configFor(server.url());
        config.requestTimeout = 500ms;
        GeminiModel model(config);
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QCOMPARE(listener.errorCode(), ErrorCode::ModelUnreachable);
        QVERIFY(listener.outcome.error->text.contains(u"within 0.5 s"));
    }

    //! A long event that comes slowly is no silence.
    void aSlowEventIsWaitedFor()
    {
        ScriptedHttpServer server;
        QTimer letters;
        QByteArray rest = sseEvent(lastEvent("abcdefghijklmnopqrst"));
        connect(&server, &ScriptedHttpServer::requested, this, [&](Exchange *exchange) {
            exchange->send(sseHead());
            letters.callOnTimeout(exchange, [exchange, &rest, &letters] {
                exchange->send(chunk(rest.first(1)));
                rest.remove(0, 1);
                if (!rest.isEmpty())
                    return;
                exchange->send(lastChunk());
                letters.stop();
            });
            letters.start(10ms);
        });
        GeminiConfig config = configFor(server.url());
        config.requestTimeout = 600ms;
        GeminiModel model(config);
        QElapsedTimer clock;
        clock.start();
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(clock.elapsed() > 700);
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
    }

    void retryAfterIsObeyed()
    {
        ScriptedHttpServer server;
        server.script({httpAnswer(503, "{}", "application/json", "Retry-After: 1\r\n")});
        server.script({answer()});
        GeminiModel model(configFor(server.url()));
        QElapsedTimer clock;
        clock.start();
        Listener listener(model.generate(request()));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(!listener.outcome.error);
        QVERIFY(clock.elapsed() >= 1000);
        QVERIFY(listener.notices.value(0).delay == 1s);
    }
};

QTEST_GUILESS_MAIN(TestGeminiRetries)
#include "tst_geminiretries.moc"
