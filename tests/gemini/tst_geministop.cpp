#include "gemini/geminimodel.h"
#include "geminifixture.h"
#include "testlib/scriptedhttpserver.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <optional>

using namespace runnel;
using namespace runnel::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestGeminiStop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stopClosesTheRequestAndKeepsWhatCame()
    {
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        listener.reply().abort();
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stopped);
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void stopFromASlot()
    {
        ScriptedHttpServer server;
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
        auto *server = new ScriptedHttpServer;
        const QUrl url = server->url();
        server->script({sseHead() + chunk(sseEvent(textEvent("Half")))});
        connect(server, &ScriptedHttpServer::requested, server, [&gone](Exchange *exchange) {
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
        ScriptedHttpServer server;
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
        ScriptedHttpServer server;
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
};

QTEST_GUILESS_MAIN(TestGeminiStop)
#include "tst_geministop.moc"
