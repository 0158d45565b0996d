#include "client/chatclient.h"
#include "client/scriptedserver.h"
#include "protocol/codec.h"

#include <QCryptographicHash>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <utility>
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
    //! Of the frames of the log, in the order in which they were handed out.
    [[nodiscard]] QList<Seq> seqs() const
    {
        QList<Seq> seqs;
        for (const ServerFrame &frame : frames) {
            if (!std::holds_alternative<SessionHello>(frame) &&
                !std::holds_alternative<Snapshot>(frame) && seqOf(frame) != 0)
                seqs.append(seqOf(frame));
        }
        return seqs;
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

SessionHello helloOf(const QString &epoch, Seq seq, bool resumed)
{
    SessionHello hello = ScriptedServer::hello();
    hello.epoch = epoch;
    hello.seq = seq;
    hello.resumed = resumed;
    return hello;
}

Chunk chunk(Seq seq)
{
    return {seq, u"t1"_s, QString::number(seq), {}};
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

    void whatWaitsCanBeTakenBack()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QCOMPARE(client.send(message(u"one"_s, u"c-1"_s)), SendOutcome::Waiting);
        QCOMPARE(client.send(message(u"two"_s, u"c-2"_s)), SendOutcome::Waiting);
        QVERIFY(client.withdraw(u"c-1"_s));
        QVERIFY(!client.withdraw(u"c-1"_s));
        client.open();
        QTRY_COMPARE(server.messages(), QStringList{u"two"_s});
        QVERIFY(!client.withdraw(u"c-2"_s)); // It is on its way.
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

    void comesBackWithItsPlace()
    {
        ScriptedServer server;
        server.greetWith({helloOf(u"e 1&"_s, 2, false), Snapshot{2, {}, {}}});
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(server.query(), QString());
        server.say(chunk(3));
        QTRY_COMPARE(client.seqs(), QList<Seq>({3}));

        server.greetWith({helloOf(u"e 1&"_s, 5, true), chunk(4), chunk(5)});
        server.drop();
        QTRY_COMPARE(client.seqs(), QList<Seq>({3, 4, 5}));
        QCOMPARE(server.query(), u"after=3&epoch=e%201%26"_s);
        QCOMPARE(client.snapshots(), 1);
    }

    void whatWaitsIsSentOnceTheClientHasCaughtUp()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        server.greetWith({helloOf(u"e1"_s, 2, true), chunk(1)});
        server.drop();
        QTRY_COMPARE(client.seqs(), QList<Seq>({1}));
        QCOMPARE(server.query(), u"after=0"_s);
        QCOMPARE(client.send(message(u"one"_s, u"c-1"_s)), SendOutcome::Waiting);
        server.say(chunk(2));
        QTRY_COMPARE(server.messages(), QStringList({u"one"_s}));

        // Nothing was missed: it may be sent at once, and is, since nobody answered for it.
        server.greetWith({helloOf(u"e1"_s, 2, true)});
        server.drop();
        QTRY_COMPARE(server.messages(), QStringList({u"one"_s, u"one"_s}));
        QCOMPARE(server.query(), u"after=2&epoch=e1"_s);
    }

    void gapIsFilledByTheNextConnection()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        server.greetWith({helloOf({}, 3, true), chunk(2), chunk(3)});
        server.say(chunk(1));
        server.say(chunk(3));
        QTRY_COMPARE(client.seqs(), QList<Seq>({1, 2, 3}));
        QCOMPARE(server.connections(), 2);
        QCOMPARE(server.query(), u"after=1"_s);
        QCOMPARE(client.snapshots(), 1);
    }

    void gapThatStaysIsHealedByASnapshot()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        server.greetWith({helloOf({}, 3, true), chunk(3)});
        connect(&client, &ChatClient::stateChanged, &server, [&](State state) {
            if (state == State::Waiting && server.connections() == 2)
                server.greetWith({helloOf({}, 3, false), Snapshot{3, {}, {}}});
        });
        server.say(chunk(3));
        QTRY_COMPARE(client.snapshots(), 2);
        QCOMPARE(server.connections(), 3);
        QCOMPARE(server.query(), QString());
        QVERIFY(client.seqs().isEmpty());
    }

    void doubledFramesAreHandedOutOnce()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        for (const Seq seq : {1U, 1U, 2U, 1U, 2U, 3U})
            server.say(chunk(seq));
        QTRY_COMPARE(client.seqs(), QList<Seq>({1, 2, 3}));
        QCOMPARE(server.connections(), 1);
    }

    void whoKnowsTheLogFromBeforeAsksForTheRest()
    {
        ScriptedServer server;
        server.greetWith({helloOf(u"e1"_s, 9, true), chunk(8), chunk(9)});
        Client client(server.endpoint());
        client.goOnFrom(helloOf(u"e1"_s, 7, false), 7);
        QCOMPARE(client.send(message(u"one"_s, u"c-1"_s)), SendOutcome::Waiting);
        client.open();
        QTRY_COMPARE(client.seqs(), QList<Seq>({8, 9}));
        QCOMPARE(server.query(), u"after=7&epoch=e1"_s);
        QCOMPARE(client.snapshots(), 0);
        QTRY_COMPARE(server.messages(), QStringList{u"one"_s});
        client.goOnFrom(helloOf(u"e2"_s, 3, false), 3); // Too late.
        server.greetWith({helloOf(u"e1"_s, 9, true)});
        server.drop();
        QTRY_COMPARE(server.connections(), 2);
        QCOMPARE(server.query(), u"after=9&epoch=e1"_s);
    }

    void whoKnowsAnotherLogGetsASnapshot()
    {
        ScriptedServer server;
        server.greetWith({helloOf(u"e2"_s, 3, false), Snapshot{3, {}, {}}});
        Client client(server.endpoint());
        client.goOnFrom(helloOf(u"e1"_s, 7, false), 7);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(server.query(), u"after=7&epoch=e1"_s);
        server.say(chunk(4));
        QTRY_COMPARE(client.seqs(), QList<Seq>({4}));
    }

    void aSeqWithoutAnEpochIsNotGoneOnFrom()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.goOnFrom(helloOf({}, 7, false), 7);
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(server.query(), QString());
    }

    void anotherEpochBeginsWithASnapshot()
    {
        ScriptedServer server;
        server.greetWith({helloOf(u"e1"_s, 7, false), Snapshot{7, {}, {}}});
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        // Cut before the snapshot that was announced: the place is still one in the log before.
        server.greetWith({helloOf(u"e2"_s, 2, false)});
        server.drop();
        QTRY_COMPARE(server.connections(), 2);
        QTRY_COMPARE(client.frames.size(), std::size_t(3));
        server.greetWith({helloOf(u"e2"_s, 2, false), Snapshot{2, {}, {}}, chunk(3)});
        server.drop();
        QTRY_COMPARE(client.seqs(), QList<Seq>({3}));
        QCOMPARE(server.query(), u"after=7&epoch=e1"_s);
        server.greetWith({helloOf(u"e2"_s, 3, true)});
        server.drop();
        QTRY_COMPARE(server.connections(), 4);
        QCOMPARE(server.query(), u"after=3&epoch=e2"_s);
    }

    void placeThatTheServerDoesNotHaveIsForgotten()
    {
        ScriptedServer server;
        server.greetWith({helloOf({}, 5, false), Snapshot{5, {}, {}}});
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        connect(&client, &ChatClient::stateChanged, &server, [&](State state) {
            if (state == State::Waiting && server.connections() == 2)
                server.greetWith({helloOf({}, 3, false), Snapshot{3, {}, {}}});
        });
        server.greetWith({helloOf({}, 3, true)});
        server.drop();
        QTRY_COMPARE(client.snapshots(), 2);
        QCOMPARE(server.query(), QString());
    }

    void everyKindOfOursIsSentAgainOnceUntilItIsAnswered()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        const std::vector<ClientFrame> ours{
            SendMessage{u"a"_s, {}, u"c-1"_s}, EditMessage{u"m1"_s, u"b"_s, {}, u"c-2"_s},
            RegenerateAnswer{u"m1"_s, {}, u"c-3"_s}, ContinueAnswer{u"m2"_s, u"c-4"_s}};
        QCOMPARE(client.send(std::get<SendMessage>(ours[0])), SendOutcome::Sent);
        QCOMPARE(client.edit(std::get<EditMessage>(ours[1])), SendOutcome::Sent);
        QCOMPARE(client.regenerate(std::get<RegenerateAnswer>(ours[2])), SendOutcome::Sent);
        QCOMPARE(client.continueAnswer(std::get<ContinueAnswer>(ours[3])), SendOutcome::Sent);
        QTRY_COMPARE(server.received().size(), std::size_t(4));

        server.greetWith({helloOf({}, 0, true)});
        server.drop();
        QTRY_COMPARE(server.received().size(), std::size_t(8));
        for (std::size_t i = 0; i < ours.size(); ++i) {
            QCOMPARE(server.received()[i], ours[i]);
            QCOMPARE(server.received()[i + 4], ours[i]);
        }

        // Each is answered in its own way: nothing is left for the next connection.
        server.say(taken(1, u"b"_s, u"c-2"_s));
        TurnStarted turn;
        turn.seq = 2;
        turn.turn = u"t3"_s;
        turn.messageId = u"m3"_s;
        turn.at = QDateTime::currentDateTimeUtc();
        turn.id = u"c-3"_s;
        server.say(turn);
        ErrorFrame refused;
        refused.id = u"c-4"_s;
        refused.code = u"unknown_message"_s;
        server.say(refused);
        MessageRecord first;
        first.messageId = u"m9"_s;
        first.id = u"c-1"_s;
        first.at = turn.at;
        server.say(Snapshot{2, {first}, u"m9"_s});
        QTRY_COMPARE(client.snapshots(), 2);
        server.greetWith({helloOf({}, 2, true)});
        server.drop();
        QTRY_COMPARE(server.connections(), 3);
        QTRY_COMPARE(client.state(), State::Connected);
        QCOMPARE(client.send(message(u"last"_s, u"c-5"_s)), SendOutcome::Sent);
        QTRY_COMPARE(server.messages().last(), u"last"_s);
        QCOMPARE(server.received().size(), std::size_t(9));
    }

    void selectsOnlyWhileConnected()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        QVERIFY(!client.select(u"m1"_s));
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QVERIFY(client.select(u"m2"_s));
        QTRY_COMPARE(server.received().size(), std::size_t(1));
        QCOMPARE(server.received()[0], ClientFrame(SelectBranch{u"m2"_s}));
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

    void receiverOfAStateMayClose_data()
    {
        QTest::addColumn<State>("state");
        QTest::newRow("connecting") << State::Connecting;
        QTest::newRow("connected") << State::Connected;
    }
    void receiverOfAStateMayClose()
    {
        QFETCH(State, state);
        ScriptedServer server;
        Client client(server.endpoint());
        connect(&client, &ChatClient::stateChanged, &client, [&](State now) {
            if (now == state)
                client.close();
        });
        client.open();
        QTRY_COMPARE(client.state(), State::Closed);
        QVERIFY(client.frames.empty());
    }

    void receiverOfAStateMayBeginAnew()
    {
        ScriptedServer server;
        Client client(server.endpoint());
        bool again = false;
        connect(&client, &ChatClient::stateChanged, &client, [&](State state) {
            if (state != State::Connecting || std::exchange(again, true))
                return;
            client.close();
            client.open();
        });
        client.open();
        QTRY_COMPARE(client.snapshots(), 1);
        QCOMPARE(server.connections(), 1);
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
        server.sayText(u"{\"type\":\"hologram\",\"seq\":1}"_s);
        QTRY_COMPARE(client.frames.size(), std::size_t(3));
        QVERIFY(std::holds_alternative<UnknownFrame>(client.frames.back()));
        QCOMPARE(client.state(), State::Connected);
    }
};

QTEST_GUILESS_MAIN(TestChatClient)
#include "tst_chatclient.moc"
