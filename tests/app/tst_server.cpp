#include "testlib/chatpeer.h"
#include "testlib/faultsemulator.h"
#include "testlib/goldenfiles.h"
#include "testlib/serverprocess.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUuid>

using namespace runnel::test;
using namespace Qt::StringLiterals;

//! The real binaries, talked to as a client would: runnel-server in front of runnel-emulator with
//! the script of faults.
class TestServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_emulator.startScript(), qPrintable(m_emulator.standardError()));
        QVERIFY2(m_server.start({}, m_emulator.environment()),
                 qPrintable(m_server.standardError()));
    }

    void printsOneLineAndNothingElse()
    {
        QCOMPARE(m_server.standardOutput(), u"Listening on "_s + m_server.url().toString() + u'\n');
    }

    void v1TellsTheWholeStory()
    {
        ChatPeer peer(freshUrl());
        QVERIFY(peer.isConnected());
        QTRY_COMPARE(peer.story(), u"session snapshot"_s);
        peer.say(u"Echo: Hello there"_s, u"default"_s, u"c-1"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.textOf(u"chunk"_s), u"Hello there"_s);
        QCOMPARE(peer.lastOf(u"user"_s)[u"content"].toString(), u"Echo: Hello there"_s);
        QCOMPARE(peer.lastOf(u"user"_s)[u"id"].toString(), u"c-1"_s);
        QCOMPARE(peer.lastOf(u"complete"_s)[u"finish_reason"].toString(), u"stop"_s);
        QVERIFY(peer.lastOf(u"complete"_s)[u"usage"][u"total_tokens"].toInt() > 0);
        QVERIFY(!peer.lastOf(u"session"_s)[u"agents"].toArray().isEmpty());
        QCOMPARE(peer.lastOf(u"session"_s)[u"demo"].toBool(), false);
        qint64 seq = 0;
        for (const QJsonObject &frame : peer.frames().mid(2))
            QCOMPARE(frame[u"seq"].toInteger(), ++seq);
    }

    void v0SpeaksTheWorkshopsDialect()
    {
        ChatPeer peer(freshUrl(), ChatPeer::Speaks::V0);
        peer.say(u"Echo: Hello there"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.textOf(u"chunk"_s), u"Hello there"_s);
        for (const QJsonObject &frame : peer.frames()) {
            const QString type = frame[u"type"].toString();
            QCOMPARE(frame.keys(), type == u"chunk"
                                       ? QStringList({u"agent"_s, u"content"_s, u"type"_s})
                                       : QStringList({u"agent"_s, u"type"_s}));
        }
        peer.forget();
        peer.say(u"Hi"_s, u"poet-of-nowhere"_s);
        QTRY_COMPARE(peer.frames().size(), 1);
        QCOMPARE(peer.frames().constFirst().keys(),
                 QStringList({u"code"_s, u"error"_s, u"type"_s}));
        QCOMPARE(peer.frames().constFirst()[u"code"].toString(), u"unknown_agent"_s);
    }

    void badFramesAreAnsweredAndHarmNothing_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("field");
        for (const QJsonObject &bad : goldenCases(u"frames/client-bad.json"_s)) {
            QTest::newRow(qPrintable(bad[u"name"].toString()))
                << bad[u"text"].toString() << bad[u"code"].toString() << bad[u"field"].toString();
        }
        QTest::newRow("a huge message") << u"{\"message\":\""_s + u"x"_s.repeated(70'000) + u"\"}"_s
                                        << u"too_large"_s << u"message"_s;
    }
    void badFramesAreAnsweredAndHarmNothing()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, field);
        ChatPeer peer(freshUrl());
        peer.sendText(text);
        QTRY_COMPARE(peer.framesOf(u"error"_s).size(), 1);
        QCOMPARE(peer.lastOf(u"error"_s)[u"code"].toString(), code);
        QVERIFY2(peer.lastOf(u"error"_s)[u"error"].toString().contains(field),
                 qPrintable(peer.lastOf(u"error"_s)[u"error"].toString()));
        QVERIFY(!peer.lastOf(u"error"_s).contains(u"seq"));
        peer.say(u"Echo: still here"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.textOf(u"chunk"_s), u"still here"_s);
    }

    void oddTextComesBackAsSent_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a NUL") << u"a\0b"_s;
        QTest::newRow("right-to-left marks") << u"\u200f\u202e שלום \u202c"_s;
        QTest::newRow("an emoji of many parts") << u"👩‍👩‍👧‍👦 🏳️‍🌈"_s;
        QTest::newRow("quotes, backslashes and line breaks") << u"\"\\\n\r\t/"_s;
        QTest::newRow("a noncharacter and a byte order mark") << u"\uffff \ufeff"_s;
        QTest::newRow("nearly 64 KiB of emoji") << u"😀"_s.repeated(16 * 1024 - 4);
    }
    void oddTextComesBackAsSent()
    {
        QFETCH(QString, text);
        ChatPeer peer(freshUrl());
        peer.say(u"Echo: x"_s + text + u'x');
        QTRY_COMPARE_WITH_TIMEOUT(peer.framesOf(u"complete"_s).size(), 1, 20'000);
        QVERIFY(peer.lastOf(u"user"_s)[u"content"].toString() == u"Echo: x"_s + text + u'x');
        QVERIFY2(peer.textOf(u"chunk"_s) == u'x' + text + u'x',
                 qPrintable(peer.textOf(u"chunk"_s).left(200)));
    }

    void loneSurrogateIsReplacedBeforeAnybodySeesIt()
    {
        ChatPeer peer(freshUrl());
        peer.sendText(u"{\"message\":\"Echo: a\\ud83d b\"}"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        // Neither the database nor Gemini's JSON can hold one: the reader sees from the beginning
        // what is there after a reload.
        QCOMPARE(peer.lastOf(u"user"_s)[u"content"].toString(), u"Echo: a\ufffd b"_s);
        QCOMPARE(peer.textOf(u"chunk"_s), u"a\ufffd b"_s);
    }

    void overlongFrameClosesTheConnectionAndNotTheSession()
    {
        const QUrl url = freshUrl();
        ChatPeer peer(url);
        peer.say(u"Echo: before"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QSignalSpy closed(&peer.socket(), &QWebSocket::disconnected);
        peer.sendText(u"{\"message\":\""_s + u"x"_s.repeated(1024 * 1024) + u"\"}"_s);
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(int(peer.socket().closeCode()), 1009);

        ChatPeer again(url);
        QTRY_COMPARE(again.framesOf(u"snapshot"_s).size(), 1);
        QCOMPARE(again.lastOf(u"snapshot"_s)[u"messages"].toArray().size(), 2);
    }

    void binaryFrameClosesWith1003()
    {
        ChatPeer peer(freshUrl());
        QSignalSpy closed(&peer.socket(), &QWebSocket::disconnected);
        peer.socket().sendBinaryMessage("{\"message\":\"Hi\"}");
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(int(peer.socket().closeCode()), 1003);
    }

    void handshakeIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("origin");
        QTest::newRow("a foreign origin") << u"/ws/chat/abc"_s << u"https://evil.example"_s;
        QTest::newRow("an id with a dot") << u"/ws/chat/a.b"_s << QString();
        QTest::newRow("an id of 65 characters")
            << u"/ws/chat/"_s + u"a"_s.repeated(65) << QString();
        QTest::newRow("no id") << u"/ws/chat/"_s << QString();
        QTest::newRow("another path") << u"/ws/other"_s << QString();
    }
    void handshakeIsRefused()
    {
        QFETCH(QString, path);
        QFETCH(QString, origin);
        QUrl url = m_server.chatUrl(u"x"_s);
        url.setPath(path);
        ChatPeer peer(url, ChatPeer::Speaks::V1, origin);
        QVERIFY(!peer.isConnected());
    }

    void twoClientsSeeTheSame()
    {
        const QUrl url = freshUrl();
        ChatPeer one(url);
        ChatPeer two(url);
        one.say(u"Echo: from one"_s);
        two.say(u"Echo: from two"_s);
        QTRY_COMPARE(one.framesOf(u"complete"_s).size(), 2);
        QTRY_COMPARE(two.framesOf(u"complete"_s).size(), 2);
        QCOMPARE(one.frames().mid(2), two.frames().mid(2));
        QCOMPARE(one.story(),
                 u"session snapshot user turn chunk* complete user turn chunk* complete"_s.replace(
                     u"chunk*"_s, one.story().contains(u"chunk*") ? u"chunk*"_s : u"chunk"_s));
    }

    void reloadInMidAnswerGoesOn()
    {
        const QUrl url = freshUrl();
        QString before;
        {
            ChatPeer peer(url);
            peer.say(u"slow please"_s);
            QTRY_VERIFY(peer.framesOf(u"chunk"_s).size() > 2);
            before = peer.textOf(u"chunk"_s);
        }
        ChatPeer again(url);
        QTRY_COMPARE(again.framesOf(u"snapshot"_s).size(), 1);
        const QJsonObject answer =
            again.lastOf(u"snapshot"_s)[u"messages"].toArray().last().toObject();
        QVERIFY(answer[u"content"].toString().startsWith(before));
        QCOMPARE(answer[u"state"].toString(), u"running"_s);
        QTRY_VERIFY(!again.framesOf(u"chunk"_s).isEmpty());
        again.sendText(u"{\"type\":\"stop\",\"turn\":\"t1\"}"_s);
        QTRY_COMPARE(again.lastOf(u"complete"_s)[u"finish_reason"].toString(), u"stopped"_s);
    }

    void faultOfTheModelIsAnErrorAndTheNextMessageWorks_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("code"); // "" : a complete, with that finish reason
        QTest::addColumn<QString>("finishReason");
        QTest::newRow("the key is refused") << u"fault key"_s << u"bad_api_key"_s << QString();
        QTest::newRow("the model is not there")
            << u"fault 404"_s << u"model_not_found"_s << QString();
        QTest::newRow("the day's quota is used up")
            << u"fault daily quota"_s << u"quota_exhausted"_s << QString();
        QTest::newRow("an error in the middle")
            << u"fault mid-stream"_s << u"model_overloaded"_s << QString();
        QTest::newRow("a cut in the middle") << u"fault cut"_s << QString() << u"interrupted"_s;
        QTest::newRow("a blocked prompt") << u"fault blocked"_s << u"blocked"_s << QString();
        QTest::newRow("the longest answer") << u"fault max tokens"_s << QString() << u"length"_s;
        QTest::newRow("an answer that is stopped for safety")
            << u"fault safety"_s << QString() << u"blocked"_s;
        QTest::newRow("garbage") << u"fault garbage"_s << u"model_error"_s << QString();
    }
    void faultOfTheModelIsAnErrorAndTheNextMessageWorks()
    {
        QFETCH(QString, message);
        QFETCH(QString, code);
        QFETCH(QString, finishReason);
        ChatPeer peer(freshUrl());
        peer.say(message);
        const QString end = code.isEmpty() ? u"complete"_s : u"error"_s;
        QTRY_COMPARE_WITH_TIMEOUT(peer.framesOf(end).size(), 1, 20'000);
        if (code.isEmpty())
            QCOMPARE(peer.lastOf(end)[u"finish_reason"].toString(), finishReason);
        else
            QCOMPARE(peer.lastOf(end)[u"code"].toString(), code);
        QVERIFY(!peer.lastOf(end)[u"turn"].toString().isEmpty());
        QVERIFY(!QJsonDocument(peer.lastOf(end)).toJson().contains("secret-key"));

        peer.forget();
        peer.say(u"Echo: fine again"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.textOf(u"chunk"_s), u"fine again"_s);
    }

    void wholeAnswersAreServedByRest()
    {
        QNetworkAccessManager manager;
        QUrl url = m_server.url();
        url.setPath(u"/api/agents/chat"_s);
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
        QNetworkReply *reply = manager.post(request, R"({"message":"Echo: by REST"})");
        QSignalSpy finished(reply, &QNetworkReply::finished);
        QVERIFY(finished.wait(10'000));
        const QByteArray body = reply->readAll();
        QVERIFY2(reply->error() == QNetworkReply::NoError, body.constData());
        QCOMPARE(QJsonDocument::fromJson(body)[u"message"].toString(), u"by REST"_s);
        reply->deleteLater();
    }

    void logHasLengthsAndNeverTheKey()
    {
        QVERIFY2(m_server.standardError().contains(u"User said: ("),
                 qPrintable(m_server.standardError().right(2000)));
        QVERIFY(!m_server.standardError().contains(u"still here"));
        QVERIFY(!m_server.standardError().contains(u"secret-key"));
    }

    void terminationLetsTheAnswerEndAndSaysGoodbye()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY(server.start({u"--port=0"_s}, m_emulator.environment()));
        ChatPeer peer(server.chatUrl(u"s"_s));
        peer.say(u"two seconds please"_s);
        QTRY_VERIFY(!peer.framesOf(u"chunk"_s).isEmpty());
        QSignalSpy closed(&peer.socket(), &QWebSocket::disconnected);
        server.process().terminate();
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 12'000);
        QCOMPARE(int(peer.socket().closeCode()), 1001);
        QCOMPARE(peer.lastOf(u"complete"_s)[u"finish_reason"].toString(), u"stop"_s);
        QTRY_COMPARE(server.process().state(), QProcess::NotRunning);
        QCOMPARE(server.process().exitCode(), 0);
    }

    void terminationInterruptsAnAnswerThatTakesTooLong()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY(server.start({u"--port=0"_s}, m_emulator.environment()));
        ChatPeer peer(server.chatUrl(u"s"_s));
        peer.say(u"slow please"_s);
        QTRY_VERIFY(!peer.framesOf(u"chunk"_s).isEmpty());
        QSignalSpy closed(&peer.socket(), &QWebSocket::disconnected);
        server.process().terminate();
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 12'000);
        QCOMPARE(int(peer.socket().closeCode()), 1001);
        QCOMPARE(peer.lastOf(u"complete"_s)[u"finish_reason"].toString(), u"interrupted"_s);
        QTRY_COMPARE(server.process().state(), QProcess::NotRunning);
        QCOMPARE(server.process().exitCode(), 0);
    }

    void withoutAKeyTheDemoAnswers()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY(server.start({}, {u"PORT=0"_s}));
        ChatPeer peer(server.chatUrl(u"s"_s));
        QTRY_COMPARE(peer.framesOf(u"session"_s).size(), 1);
        const QJsonObject session = peer.lastOf(u"session"_s);
        QCOMPARE(session[u"demo"].toBool(), true);
        // It does not pass for the model that a key would bring.
        QCOMPARE(session[u"model"].toString(), u"demo"_s);
        for (const QJsonValue &agent : session[u"agents"].toArray())
            QCOMPARE(agent[u"model"].toString(), u"demo"_s);
        peer.say(u"Hello"_s);
        QTRY_VERIFY(!peer.textOf(u"chunk"_s).isEmpty());
        QCOMPARE(peer.lastOf(u"turn"_s)[u"model"].toString(), u"demo"_s);
        QVERIFY(server.standardError().contains(u"GOOGLE_API_KEY"));
        QCOMPARE(server.terminate(), 0);
    }

    void killedServerComesBackWithAllThatWasSent()
    {
        QTemporaryDir dir;
        const QStringList stored = m_emulator.environment()
                                   << u"DATABASE_URL=sqlite:"_s + dir.filePath(u"r.db"_s);
        QString shown;
        QString epoch;
        qint64 seen = 0;
        {
            ServerProcess server(u"runnel-server"_s);
            QVERIFY2(server.start({}, stored), qPrintable(server.standardError()));
            ChatPeer peer(server.chatUrl(u"s"_s));
            peer.say(u"Echo: first"_s);
            QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
            peer.forget();
            peer.say(u"fault stall"_s); // two chunks, and then nothing more
            QTRY_COMPARE(peer.framesOf(u"chunk"_s).size(), 2);
            shown = peer.textOf(u"chunk"_s);
            seen = peer.lastOf(u"chunk"_s)[u"seq"].toInteger();
            server.process().kill();
            QVERIFY(server.process().waitForFinished());
        }
        ServerProcess server(u"runnel-server"_s);
        QElapsedTimer start;
        start.start();
        QVERIFY2(server.start({}, stored), qPrintable(server.standardError()));
        QVERIFY2(start.elapsed() < 5000, "under a second where nothing else runs");
        ChatPeer peer(QUrl(server.chatUrl(u"s"_s).toString() + u"?after=%1"_s.arg(seen)));
        QTRY_COMPARE(peer.story(), u"session snapshot"_s);
        const QJsonArray messages = peer.lastOf(u"snapshot"_s)[u"messages"].toArray();
        QCOMPARE(messages.size(), 4);
        const QJsonObject answer = messages[3].toObject();
        QCOMPARE(answer[u"content"].toString(), shown);
        QCOMPARE(answer[u"state"].toString(), u"interrupted"_s);
        QCOMPARE(peer.lastOf(u"snapshot"_s)[u"seq"].toInteger(), seen + 1);

        // Go on: what comes is joined to what there is.
        peer.sendText(u"{\"type\":\"continue\",\"message_id\":\"%1\",\"id\":\"go-1\"}"_s.arg(
            answer[u"message_id"].toString()));
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.lastOf(u"turn"_s)[u"message_id"], answer[u"message_id"]);
        QCOMPARE(peer.lastOf(u"turn"_s)[u"id"].toString(), u"go-1"_s);
        ChatPeer other(server.chatUrl(u"s"_s));
        QTRY_COMPARE(other.story(), u"session snapshot"_s);
        QCOMPARE(other.lastOf(u"snapshot"_s)[u"messages"][3][u"content"].toString(),
                 shown + peer.textOf(u"chunk"_s));
        QCOMPARE(shown + peer.textOf(u"chunk"_s), u"This answer stops in the middle and then "
                                                  "nothing more comes for ten minutes."_s);

        // Who has it all and comes back gets nothing twice.
        epoch = peer.lastOf(u"session"_s)[u"epoch"].toString();
        const qint64 newest = peer.lastOf(u"complete"_s)[u"seq"].toInteger();
        const QString url = server.chatUrl(u"s"_s).toString() + u"?after=%1&epoch=%2"_s;
        ChatPeer back(QUrl(url.arg(newest - 1).arg(epoch)));
        QTRY_COMPARE(back.story(), u"session complete"_s);
        QVERIFY(back.lastOf(u"session"_s)[u"resumed"].toBool());
        ChatPeer stranger(QUrl(url.arg(newest - 1).arg(u"another"_s)));
        QTRY_COMPARE(stranger.story(), u"session snapshot"_s);
        QCOMPARE(server.terminate(), 0);
    }

    void modelNamesTheConversation()
    {
        QTemporaryDir dir;
        QFile scenario(dir.filePath(u"titles.json"_s));
        QVERIFY(scenario.open(QIODevice::WriteOnly));
        scenario.write(
            "{\"rules\": [{\"match\": {\"system\": \"^You name conversations\","
            " \"model\": \"gemini-2.5-flash-lite\"}, \"thoughts\": \"It is about a river.\","
            " \"answer\": \"**Length of the Danube**\\n\"},"
            " {\"match\": {\"regex\": \"^How long\"}, \"answer\": \"It has 2850 km.\"}]}");
        scenario.close();
        ServerProcess emulator(u"runnel-emulator"_s);
        QVERIFY2(emulator.start({u"--port"_s, u"0"_s, u"--scenario"_s, scenario.fileName()}),
                 qPrintable(emulator.standardError()));
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({}, {u"PORT=0"_s, u"GOOGLE_API_KEY=secret-key"_s,
                                   u"TITLE_MODEL=gemini-2.5-flash-lite"_s,
                                   u"GOOGLE_GEMINI_BASE_URL="_s + emulator.url().toString()}),
                 qPrintable(server.standardError()));
        ChatPeer peer(server.chatUrl(u"s"_s));
        peer.say(u"How long is the Danube?"_s);
        QTRY_COMPARE(peer.framesOf(u"title"_s).size(), 1);
        QCOMPARE(peer.lastOf(u"title"_s)[u"title"].toString(), u"Length of the Danube"_s);
        QCOMPARE(peer.textOf(u"chunk"_s), u"It has 2850 km."_s);
        QCOMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(server.terminate(), 0);
    }

    void portInUseIsOneLine()
    {
        ServerProcess server(u"runnel-server"_s);
        QCOMPARE(server.run({u"--port"_s, QString::number(m_server.url().port())}), 1);
        QVERIFY2(server.standardError().contains(QString::number(m_server.url().port())),
                 qPrintable(server.standardError()));
        QVERIFY2(server.standardError().contains(u"in use"), qPrintable(server.standardError()));
        QVERIFY(server.standardOutput().isEmpty());
    }

    void wrongSettingIsOneLine()
    {
        ServerProcess server(u"runnel-server"_s);
        QCOMPARE(server.run({u"--port"_s, u"http"_s}), 1);
        QCOMPARE(server.standardError(),
                 u"runnel-server: PORT is \"http\"; it may be a whole number from 0 to 65535.\n"_s);
    }

    void wrongAgentFileStopsTheStart()
    {
        QTemporaryDir dir;
        QFile file(dir.filePath(u"default.yaml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("name: default\ndescription: x\ninstruction: y\nmodle: z\n");
        file.close();
        ServerProcess server(u"runnel-server"_s);
        QCOMPARE(server.run({u"--port=0"_s}, {u"AGENTS_DIR="_s + dir.path()}), 1);
        QVERIFY2(server.standardError().contains(u"default.yaml:4"),
                 qPrintable(server.standardError()));
        QVERIFY2(server.standardError().contains(u"modle"), qPrintable(server.standardError()));
    }

    void helpVersionAndHealthCheckWork()
    {
        ServerProcess help(u"runnel-server"_s);
        QCOMPARE(help.run({u"--help"_s}), 0);
        QVERIFY(help.standardOutput().contains(u"--max-connections"));
        ServerProcess version(u"runnel-server"_s);
        QCOMPARE(version.run({u"--version"_s}), 0);
        ServerProcess healthy(u"runnel-server"_s);
        QCOMPARE(healthy.run({u"--health-check"_s}, {u"PORT=%1"_s.arg(m_server.url().port())}), 0);
        ServerProcess absent(u"runnel-server"_s);
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QString port = QString::number(free.serverPort());
        free.close();
        QCOMPARE(absent.run({u"--health-check"_s}, {u"PORT="_s + port}), 1);
    }

    void cleanupTestCase()
    {
        QCOMPARE(m_server.terminate(), 0);
        QCOMPARE(m_emulator.terminate(), 0);
    }

private:
    QUrl freshUrl() { return m_server.chatUrl(QUuid::createUuid().toString(QUuid::Id128)); }

    FaultsEmulator m_emulator;
    ServerProcess m_server{u"runnel-server"_s};
};

QTEST_GUILESS_MAIN(TestServer)
#include "tst_server.moc"
