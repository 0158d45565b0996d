#include "client/chatclient.h"
#include "client/scriptedserver.h"
#include "protocol/codec.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <vector>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = ChatClient::State;

namespace {

//! Short waits, so that a test sees several attempts; the limits that a test is not about stay
//! long.
ChatClient::Times quick()
{
    ChatClient::Times times;
    times.connect = 20s;
    times.backoff = {10ms, 40ms};
    return times;
}

class Client : public ChatClient
{
public:
    explicit Client(const QUrl &endpoint, const Times &times = quick())
        : ChatClient(endpoint, times, [] { return 0.0; })
    {
        connect(this, &ChatClient::frameReceived, this,
                [this](const ServerFrame &frame) { frames.push_back(frame); });
    }
    [[nodiscard]] qsizetype snapshots() const
    {
        return std::ranges::count_if(
            frames, [](const ServerFrame &f) { return std::holds_alternative<Snapshot>(f); });
    }
    std::vector<ServerFrame> frames;
};

SendMessage message(const QString &text, const QString &id)
{
    return {text, {}, id};
}

UserMessage taken(Seq seq, const QString &text, const QString &id)
{
    return {seq, u"m"_s + QString::number(seq), {}, text, id, QDateTime::currentDateTimeUtc()};
}

//! Takes TCP connections and says \a reply to each; with `WEBSOCKET` in it, a right handshake and
//! then the rest. Never answers a ping.
class RawServer : public QTcpServer
{
public:
    explicit RawServer(const QByteArray &reply, const QList<ServerFrame> &frames = {})
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("Cannot listen");
        connect(this, &QTcpServer::newConnection, this, [this, reply, frames] {
            QTcpSocket *const socket = nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [socket, reply, frames] {
                const QByteArray head = socket->readAll();
                if (!head.startsWith("GET "))
                    return;
                socket->write(reply.isEmpty() && !frames.isEmpty() ? handshake(head) : reply);
                for (const ServerFrame &frame : frames)
                    socket->write(textFrame(encode(frame).toUtf8()));
            });
        });
    }
    [[nodiscard]] QUrl endpoint() const
    {
        return QUrl(u"ws://127.0.0.1:%1/ws/chat/test"_s.arg(serverPort()));
    }
    int connections = 0;

private:
    static QByteArray handshake(const QByteArray &head)
    {
        const qsizetype from = head.indexOf("Sec-WebSocket-Key: ") + 19;
        const QByteArray key = head.mid(from, head.indexOf('\r', from) - from);
        const QByteArray accept =
            QCryptographicHash::hash(QByteArray(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"),
                                     QCryptographicHash::Sha1)
                .toBase64();
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
               "Sec-WebSocket-Protocol: runnel.v1\r\nSec-WebSocket-Accept: " +
               accept + "\r\n\r\n";
    }
    static QByteArray textFrame(const QByteArray &payload)
    {
        QByteArray frame("\x81");
        if (payload.size() < 126) {
            frame.append(char(payload.size()));
        } else {
            frame.append(char(126));
            frame.append(char(payload.size() >> 8));
            frame.append(char(payload.size() & 0xff));
        }
        return frame + payload;
    }
};

} // namespace

class TestChatClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<ChatClient::State>(); }

    void connectsAndGetsTypedFrames()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QCOMPARE(client.state(), State::Closed);
        client.open();
        QCOMPARE(client.state(), State::Connecting);
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(client.state(), State::Connected);
        QCOMPARE(server.path(), u"/ws/chat/test"_s);
        QCOMPARE(std::get<SessionHello>(client.frames.front()).agents.size(), 2);

        server.say(Chunk{1, u"t1"_s, u"Grüße 👋"_s, u"default"_s});
        QTRY_COMPARE(client.frames.size(), std::size_t(3));
        QCOMPARE(std::get<Chunk>(client.frames.back()).content, u"Grüße 👋"_s);
        QVERIFY(client.problem().isEmpty());
    }

    void sendsAndStops()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QVERIFY(!client.stop(u"t1"_s));
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(client.send({u"Hello"_s, u"poet"_s, u"c-1"_s}), SendOutcome::Sent);
        QVERIFY(client.stop(u"t1"_s));
        QTRY_COMPARE(server.received().size(), std::size_t(2));
        QCOMPARE(server.received()[0], ClientFrame(SendMessage{u"Hello"_s, u"poet"_s, u"c-1"_s}));
        QCOMPARE(server.received()[1], ClientFrame(StopTurn{u"t1"_s}));
    }

    void whatWaitsIsSentAfterTheSnapshotInOrder()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello()});
        Client client(server.endpoint());
        QCOMPARE(client.send(message(u"one"_s, u"c-1"_s)), SendOutcome::Waiting);
        client.open();
        QTRY_COMPARE(client.state(), State::Connected);
        QCOMPARE(client.send(message(u"two"_s, u"c-2"_s)), SendOutcome::Waiting);
        server.say(Chunk{1, u"t1"_s, u"x"_s, {}});
        QTRY_COMPARE(client.frames.size(), std::size_t(2));
        QVERIFY(server.received().empty());
        server.say(Snapshot{1, {}, {}});
        QTRY_COMPARE(server.messages(), QStringList({u"one"_s, u"two"_s}));
    }

    void unansweredMessagesAreSentAgainAnsweredOnesAreNot()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        for (const QString &id : {u"c-1"_s, u"c-2"_s, u"c-3"_s, u"c-4"_s})
            QCOMPARE(client.send(message(id, id)), SendOutcome::Sent);
        server.say(taken(1, u"c-1"_s, u"c-1"_s));
        ErrorFrame refused;
        refused.id = u"c-2"_s;
        refused.code = u"queue_full"_s;
        server.say(refused);
        QTRY_COMPARE(client.frames.size(), std::size_t(4));
        QTRY_COMPARE(server.received().size(), std::size_t(4));

        // The third reached the server, its answer did not reach us: the snapshot says so.
        MessageRecord third;
        third.messageId = u"m3"_s;
        third.id = u"c-3"_s;
        third.at = QDateTime::currentDateTimeUtc();
        server.greetWith({ScriptedServer::hello(), Snapshot{2, {third}, u"m3"_s}});
        server.drop();
        QTRY_COMPARE(client.snapshots(), 2);
        QTRY_COMPARE(server.received().size(), std::size_t(5));
        QCOMPARE(std::get<SendMessage>(server.received().back()).id, u"c-4"_s);
        // And on the next connection: it has still no answer.
        server.drop();
        QTRY_COMPARE(client.snapshots(), 3);
        QTRY_COMPARE(server.received().size(), std::size_t(6));
        QCOMPARE(std::get<SendMessage>(server.received().back()).id, u"c-4"_s);
    }

    void messageThatAClosingServerDoesNotTakeIsForTheNext()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QSignalSpy refused(&client, &ChatClient::messageRefused);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(client.send(message(u"kept"_s, u"c-1"_s)), SendOutcome::Sent);
        QTRY_COMPARE(server.messages(), QStringList({u"kept"_s}));
        ErrorFrame draining;
        draining.id = u"c-1"_s;
        draining.code = u"interrupted"_s;
        server.say(draining);
        QTRY_COMPARE(client.frames.size(), std::size_t(3));
        server.close(QWebSocketProtocol::CloseCodeGoingAway);
        QTRY_COMPARE(client.snapshots(), 2);
        QTRY_COMPARE(server.messages(), QStringList({u"kept"_s, u"kept"_s}));
        QCOMPARE(std::get<SendMessage>(server.received().back()).id, u"c-1"_s);
        QVERIFY(refused.isEmpty());
    }

    void wrongMessagesAreRefusedAtOnce()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(client.send(message(u" \n\t"_s, u"c-1"_s)), SendOutcome::Empty);
        QCOMPARE(client.send(message(u"😀"_s.repeated(257), u"c-1"_s)), SendOutcome::TooLarge);
        for (int i = 0; i < ChatClient::maxOutgoing; ++i)
            QCOMPARE(client.send(message(u"x"_s, u"c-%1"_s.arg(i))), SendOutcome::Sent);
        QCOMPARE(client.send(message(u"x"_s, u"c-one-more"_s)), SendOutcome::Full);
        QTRY_COMPARE(server.received().size(), std::size_t(ChatClient::maxOutgoing));
    }

    void messageThatWaitedButIsTooLongIsRefusedLater()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QSignalSpy refused(&client, &ChatClient::messageRefused);
        QCOMPARE(client.send(message(u"x"_s.repeated(2000), u"c-1"_s)), SendOutcome::Waiting);
        QCOMPARE(client.send(message(u"short"_s, u"c-2"_s)), SendOutcome::Waiting);
        client.open();
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].toString(), u"c-1"_s);
        QTRY_COMPARE(server.messages(), QStringList({u"short"_s}));
    }

    void closedForTooMuchDataIsNotSentAgain()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QSignalSpy refused(&client, &ChatClient::messageRefused);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(client.send(message(u"x"_s, u"c-1"_s)), SendOutcome::Sent);
        QTRY_COMPARE(server.received().size(), std::size_t(1));
        server.close(QWebSocketProtocol::CloseCodeTooMuchData);
        QTRY_COMPARE(refused.size(), 1);
        QTRY_COMPARE(client.snapshots(), 2);
        QCOMPARE(client.send(message(u"y"_s, u"c-2"_s)), SendOutcome::Sent);
        QTRY_COMPARE(server.received().size(), std::size_t(2));
    }

    void comesBackWhenTheServerDoes()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QSignalSpy states(&client, &ChatClient::stateChanged);
        server.goAway();
        QTRY_VERIFY(states.size() >= 5);
        QVERIFY(client.state() != State::Connected);
        QVERIFY(!client.problem().isEmpty());
        server.comeBack();
        QTRY_COMPARE(client.snapshots(), 2);
        QVERIFY(client.problem().isEmpty());
        QVERIFY(!client.nextAttemptAt().isValid());
    }

    void retryNowDoesNotWait()
    {
        ScriptedServer server;
        server.goAway();
        auto times = quick();
        times.backoff = {1h, 1h};
        Client client(server.endpoint(), times);
        client.open();
        QTRY_COMPARE(client.state(), State::Waiting);
        QVERIFY(client.nextAttemptAt() > QDateTime::currentDateTimeUtc().addSecs(3000));
        server.comeBack();
        client.retryNow();
        QTRY_COMPARE(client.state(), State::Connected);
        client.retryNow();
        QCOMPARE(client.state(), State::Connected);
    }

    void flappingServerIsNotHammered()
    {
        ScriptedServer server;
        auto times = quick();
        times.backoff = {1ms, 1h};
        Client client(server.endpoint(), times);
        connect(&client, &ChatClient::frameReceived, &server, [&server] { server.drop(); });
        client.open();
        // 1 ms doubled each time although every attempt got its greeting: after ten, half a second.
        QTRY_VERIFY(server.connections() >= 9);
        QTRY_COMPARE(client.state(), State::Waiting);
        QVERIFY(client.nextAttemptAt() > QDateTime::currentDateTimeUtc().addMSecs(50));
    }

    void closeIsTheEnd()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        client.close();
        QCOMPARE(client.state(), State::Closed);
        client.open();
        QTRY_COMPARE(client.snapshots(), 2);
        QCOMPARE(server.connections(), 2);
    }

    void receiverOfAFrameMayClose()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        connect(&client, &ChatClient::frameReceived, &client, [&client] { client.close(); });
        client.open();
        QTRY_COMPARE(client.state(), State::Closed);
        QCOMPARE(client.frames.size(), std::size_t(1));
    }

    void wrongServersAreNamedInWordsAndTriedAgain_data()
    {
        QTest::addColumn<QByteArray>("reply");
        QTest::addColumn<QString>("problem");
        QTest::newRow("an HTTP refusal")
            << QByteArray("HTTP/1.1 403 Forbidden\r\n\r\n") << u"403"_s;
        QTest::newRow("a busy server")
            << QByteArray("HTTP/1.1 503 Service Unavailable\r\n\r\n") << u"busy"_s;
        QTest::newRow("a web page") << QByteArray("HTTP/1.1 200 OK\r\n\r\nhi") << u"200"_s;
        QTest::newRow("no HTTP at all") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n\r\n") << u"lost"_s;
    }
    void wrongServersAreNamedInWordsAndTriedAgain()
    {
        QFETCH(QByteArray, reply);
        QFETCH(QString, problem);
        RawServer server(reply);
        auto times = quick();
        times.connect = 200ms;
        Client client(server.endpoint(), times);
        QStringList problems;
        connect(&client, &ChatClient::stateChanged, &client,
                [&] { problems.append(client.problem()); });
        client.open();
        QTRY_VERIFY(server.connections >= 3);
        if (problem != u"lost")
            QVERIFY2(problems.last().contains(problem), qPrintable(problems.last()));
        QVERIFY(!problems.last().isEmpty());
        QVERIFY(client.frames.empty());
    }

    void silentServerIsGivenUp()
    {
        RawServer server{QByteArray()};
        auto times = quick();
        times.connect = 50ms;
        Client client(server.endpoint(), times);
        client.open();
        QTRY_VERIFY(server.connections >= 2);
        QVERIFY(client.problem().contains(u"does not answer"));
    }

    void serverThatOnlySpeaksV0IsNotUsed()
    {
        ScriptedServer server(ScriptedServer::Speaks::V0);
        Client client(server.endpoint());
        client.open();
        QTRY_VERIFY(server.connections() >= 2);
        QVERIFY(client.problem().contains(u"runnel.v1"));
        QVERIFY(client.frames.empty());
    }

    void deadPeerIsNoticed()
    {
        RawServer server(QByteArray(), {ScriptedServer::hello(), Snapshot{}});
        auto times = quick();
        times.ping = 30ms;
        times.silence = 100ms;
        Client client(server.endpoint(), times);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QTRY_VERIFY(server.connections >= 2);
    }

    void quietButLivingPeerIsKept()
    {
        ScriptedServer server;
        auto times = quick();
        times.ping = 20ms;
        times.silence = 1s;
        times.settled = 300ms;
        Client client(server.endpoint(), times);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QSignalSpy states(&client, &ChatClient::stateChanged);
        // Longer than the silence, with nothing but pongs to hear.
        QVERIFY(!states.wait(1700));
        QCOMPARE(server.connections(), 1);
    }

    void unreadableFramesEndTheConnection_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << u"hello"_s;
        QTest::newRow("an array") << u"[]"_s;
        QTest::newRow("no type") << u"{\"seq\":1}"_s;
        QTest::newRow("a field of the wrong kind")
            << u"{\"type\":\"chunk\",\"seq\":1,\"content\":5}"_s;
        QTest::newRow("binary") << QString();
    }
    void unreadableFramesEndTheConnection()
    {
        QFETCH(QString, text);
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        if (text.isNull())
            server.sayBinary("\x00\x01");
        else
            server.sayText(text);
        QTRY_COMPARE(client.snapshots(), 2);
        QCOMPARE(client.frames.size(), std::size_t(4));
    }

    void frameBeyondTheLimitEndsTheConnection()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        server.say(Chunk{1, u"t"_s, QString(qsizetype(ChatClient::maxIncomingBytes), u'x'), {}});
        QTRY_COMPARE_WITH_TIMEOUT(client.snapshots(), 2, 15000);
        QCOMPARE(client.frames.size(), std::size_t(4));
    }

    void unknownTypesAreNoReasonToLeave()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        server.sayText(u"{\"type\":\"tool_call\",\"seq\":1}"_s);
        QTRY_COMPARE(client.frames.size(), std::size_t(3));
        QVERIFY(std::holds_alternative<UnknownFrame>(client.frames.back()));
        QCOMPARE(client.state(), State::Connected);
    }
};

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chatclient.moc"
