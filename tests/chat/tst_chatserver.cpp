#include "agents/agentmanager.h"
#include "chat/chatserver.h"
#include "sessions/sessionregistry.h"
#include "storage/memorystore.h"
#include "testlib/chatpeer.h"
#include "testlib/scriptedmodel.h"
#include "testlib/testagents.h"

#include <QJsonArray>
#include <QNetworkRequest>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace runnel;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray pong = QByteArray::fromHex("8a8000000000");

//! What a server said over a WebSocket after its 101, without the frames' heads.
QByteArray payloads(const QByteArray &received)
{
    QByteArray text;
    qsizetype at = received.indexOf("\r\n\r\n") + 4;
    while (at + 2 <= received.size()) {
        quint64 size = quint8(received[at + 1]);
        const qsizetype sizeBytes = size == 126 ? 2 : size == 127 ? 8 : 0;
        at += 2;
        if (sizeBytes > 0)
            size = 0;
        for (qsizetype i = 0; i < sizeBytes && at < received.size(); ++i)
            size = size << 8 | quint8(received[at++]);
        text += received.mid(at, qsizetype(size));
        at += qsizetype(size);
    }
    return text;
}

} // namespace

//! ChatServer and ChatConnection over real sockets, with a model that the test drives by hand.
class TestChatServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { build({}); }

    void greetingAndSnapshotComeFirst()
    {
        test::ChatPeer peer(url(u"s"_s));
        QTRY_COMPARE(peer.story(), u"session snapshot"_s);
        const QJsonObject hello = peer.lastOf(u"session"_s);
        QCOMPARE(hello[u"session"].toString(), u"s"_s);
        QCOMPARE(hello[u"model"].toString(), u"test-model"_s);
        QVERIFY(peer.lastOf(u"snapshot"_s)[u"messages"].toArray().isEmpty());
        QVERIFY(peer.lastOf(u"snapshot"_s)[u"active"].isNull());
    }

    void blankSessionGoesWithItsLastClient()
    {
        {
            test::ChatPeer peer(url(u"s"_s));
            QTRY_COMPARE(m_sessions->count(), 1);
        }
        QTRY_COMPARE(m_sessions->count(), 0);
        QCOMPARE(m_chat->count(), 0);
    }

    void clientThatComesInMidAnswerIsShownAllOfIt()
    {
        test::ChatPeer one(url(u"s"_s));
        one.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        m_model->replies[0]->say(u"Hel"_s);
        QTRY_COMPARE(one.textOf(u"chunk"_s), u"Hel"_s);
        test::ChatPeer two(url(u"s"_s));
        QTRY_COMPARE(two.framesOf(u"snapshot"_s).size(), 1);
        QCOMPARE(two.lastOf(u"snapshot"_s)[u"messages"][1][u"content"].toString(), u"Hel"_s);
        m_model->replies[0]->say(u"lo"_s);
        m_model->replies[0]->finish();
        QTRY_COMPARE(two.story(), u"session snapshot chunk complete"_s);
        QTRY_COMPARE(one.textOf(u"chunk"_s), u"Hello"_s);
        QCOMPARE(two.lastOf(u"complete"_s), one.lastOf(u"complete"_s));
    }

    void decisionThatNothingWaitsForIsRefused()
    {
        test::ChatPeer peer(url(u"s"_s));
        QTRY_COMPARE(peer.story(), u"session snapshot"_s);
        peer.sendText(u"{\"type\":\"decide\",\"call\":\"c-7\",\"decision\":\"allow\"}"_s);
        QTRY_COMPARE(peer.story(), u"session snapshot error"_s);
        const QJsonObject error = peer.lastOf(u"error"_s);
        QCOMPARE(error[u"code"].toString(), u"bad_frame"_s);
        QVERIFY2(error[u"error"].toString().contains(u"\"c-7\""),
                 qPrintable(error[u"error"].toString()));
        QVERIFY(!error.contains(u"seq"));
    }

    //! Which on a slow line would look like silence until all of it is there.
    void longSnapshotComesInPieces_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("of ASCII") << u"0123456789abcdef"_s;
        // Cuts within a character would end the connection: Qt's clients take them for bad text.
        QTest::newRow("of three bytes a character") << u"水は流れるものである、と川は言う"_s;
        QTest::newRow("of four bytes a character, and one") << u"a🌊b👩c🌧d🏞e🛶"_s;
    }
    void longSnapshotComesInPieces()
    {
        QFETCH(const QString, text);
        test::ChatPeer one(url(u"s"_s));
        one.say(u"Hi"_s);
        // It is longer than the log: who has not got what was before it would get a snapshot.
        QTRY_VERIFY(!one.framesOf(u"turn"_s).isEmpty());
        const QString answer = text.repeated(16 * 1024); // 256 KiB at least
        m_model->replies[0]->say(answer);
        QTRY_VERIFY(!one.framesOf(u"chunk"_s).isEmpty());
        QWebSocket two;
        int pieces = 0;
        QString snapshot;
        connect(&two, &QWebSocket::textFrameReceived, this, [&pieces] { ++pieces; });
        connect(&two, &QWebSocket::textMessageReceived, this,
                [&snapshot](const QString &message) { snapshot = message; });
        QNetworkRequest request(url(u"s"_s));
        request.setRawHeader("Sec-WebSocket-Protocol", "runnel.v1");
        two.open(request);
        QTRY_VERIFY(snapshot.contains(u"\"type\":\"snapshot\""));
        QVERIFY2(pieces > 16, qPrintable(QString::number(pieces)));
        const auto frame = decodeServerFrame(snapshot);
        QVERIFY(frame);
        QVERIFY(std::get<Snapshot>(*frame).messages.back().content == answer);
    }

    void frameThatIsStoredForASnapshotIsNotSentBeforeIt_data()
    {
        QTest::addColumn<bool>("speaksV1");
        QTest::addColumn<QString>("story");
        QTest::newRow("v1: it is in the snapshot") << true << u"session snapshot"_s;
        QTest::newRow("v0: it is in the chunk that begins") << false << u"chunk"_s;
    }

    void frameThatIsStoredForASnapshotIsNotSentBeforeIt()
    {
        QFETCH(const bool, speaksV1);
        QFETCH(const QString, story);
        test::ChatPeer one(url(u"s"_s));
        one.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        m_model->replies[0]->say(u"Hel"_s);
        QTRY_COMPARE(one.textOf(u"chunk"_s), u"Hel"_s);
        m_beforeGreeting = [this] { m_model->replies[0]->say(u"lo"_s); };
        test::ChatPeer two(url(u"s"_s),
                           speaksV1 ? test::ChatPeer::Speaks::V1 : test::ChatPeer::Speaks::V0);
        QTRY_COMPARE(one.textOf(u"chunk"_s), u"Hello"_s);
        m_beforeGreeting = {};
        QTRY_COMPARE(two.story(), story);
        if (speaksV1)
            QCOMPARE(two.lastOf(u"snapshot"_s)[u"messages"][1][u"content"].toString(), u"Hello"_s);
        else
            QCOMPARE(two.textOf(u"chunk"_s), u"Hello"_s);
    }

    void stalledReaderGetsASnapshotAndDelaysNobody()
    {
        QTcpSocket stalled;
        stalled.setReadBufferSize(1024); // reads next to nothing until told to
        connectRaw(stalled);
        test::ChatPeer quick(url(u"s"_s));
        quick.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);

        const QString piece = u"0123456789abcdef"_s.repeated(256); // 4 KiB
        constexpr int pieces = 4000; // 16 MB: more than any socket buffer holds
        for (int i = 0; i < pieces; ++i) {
            m_model->replies[0]->say(piece);
            if (i % 100 == 0)
                QTRY_COMPARE(quick.framesOf(u"chunk"_s).size(), i + 1);
        }
        m_model->replies[0]->finish();
        QTRY_COMPARE_WITH_TIMEOUT(quick.framesOf(u"complete"_s).size(), 1, 20'000);
        QCOMPARE(quick.textOf(u"chunk"_s).size(), piece.size() * pieces);

        // The stalled one now reads: chunks as far as the buffers had them, then one snapshot
        // instead of the rest.
        QByteArray received = stalled.readAll();
        stalled.setReadBufferSize(0);
        connect(&stalled, &QTcpSocket::readyRead, this, [&] { received += stalled.readAll(); });
        QTRY_COMPARE_WITH_TIMEOUT(received.count("\"type\":\"snapshot\""), 2, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(received.endsWith("}"), 20'000);
        QVERIFY(received.count("\"type\":\"chunk\"") < pieces);
        QCOMPARE(received.count("\"state\":\"done\""), 1);
    }

    void silentClientIsDropped()
    {
        ChatConfig config;
        config.pingInterval = 50ms;
        config.silenceLimit = 300ms;
        build(config);
        QTcpSocket silent;
        connectRaw(silent); // never answers a ping
        test::ChatPeer alive(url(u"s"_s));
        QTRY_COMPARE(m_chat->count(), 2);
        QSignalSpy dropped(&silent, &QTcpSocket::disconnected);
        QTRY_COMPARE(dropped.count(), 1);
        QTRY_COMPARE(m_chat->count(), 1);
        QVERIFY(alive.isConnected());
    }

    //! QWebSocket answers pings by itself. The socket stays open to who reads what it asks for.
    void pingsWithoutReadingAreCutOff()
    {
        QTcpSocket flood;
        flood.setReadBufferSize(1024);
        connectRaw(flood);
        QTRY_COMPARE(m_chat->count(), 1);
        QSignalSpy dropped(&flood, &QTcpSocket::disconnected);
        // A masked ping of 125 bytes with a zero mask, again and again.
        const QByteArray ping = QByteArray::fromHex("89fd00000000") + QByteArray(125, 'p');
        const QByteArray batch = ping.repeated(1000);
        qint64 sent = 0;
        const auto floodOn = [&] {
            if (flood.bytesToWrite() == 0 && sent < 256 * 1024 * 1024)
                sent += flood.write(batch);
        };
        connect(&flood, &QTcpSocket::bytesWritten, this, floodOn);
        floodOn();
        QTRY_COMPARE_WITH_TIMEOUT(dropped.count(), 1, 20'000);
        QTRY_COMPARE(m_chat->count(), 0);
    }

    void clientThatTakesNothingIsDropped()
    {
        ChatConfig config;
        config.pingInterval = 50ms;
        config.silenceLimit = 1000ms;
        build(config);
        QTcpSocket stalled;
        stalled.setReadBufferSize(1024);
        connectRaw(stalled);
        QTRY_COMPARE(m_chat->count(), 1);
        QSignalSpy dropped(&stalled, &QTcpSocket::disconnected);
        // It is not silent: it sends pongs that nobody asked for.
        QTimer pongs;
        connect(&pongs, &QTimer::timeout, this, [&] { stalled.write(pong); });
        pongs.start(50ms);
        test::ChatPeer quick(url(u"s"_s));
        quick.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        QTest::qWait(1300);
        QCOMPARE(dropped.count(), 0); // as long as nothing waits for it
        for (int i = 0; i < 4000; ++i) {
            m_model->replies[0]->say(u"0123456789abcdef"_s.repeated(256));
            if (i % 100 == 0) // the other one stays, for it reads
                QTRY_COMPARE(quick.framesOf(u"chunk"_s).size(), i + 1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(dropped.count(), 1, 20'000);
        QTRY_COMPARE(m_chat->count(), 1);
    }

    void v0ClientThatComesInMidAnswerIsShownAllOfIt()
    {
        test::ChatPeer one(url(u"s"_s));
        one.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        m_model->replies[0]->say(u"Hel"_s);
        QTRY_COMPARE(one.textOf(u"chunk"_s), u"Hel"_s);
        test::ChatPeer two(url(u"s"_s), test::ChatPeer::Speaks::V0);
        QTRY_COMPARE(two.textOf(u"chunk"_s), u"Hel"_s);
        m_model->replies[0]->say(u"lo"_s);
        m_model->replies[0]->finish();
        QTRY_COMPARE(two.story(), u"chunk* complete"_s);
        QCOMPARE(two.textOf(u"chunk"_s), u"Hello"_s);
    }

    //! What it could not be sent while it did not read comes in one chunk: no hole, nothing twice.
    void v0ClientThatReadsLateGetsTheWholeOfARunningAnswer()
    {
        QTcpSocket stalled;
        stalled.setReadBufferSize(1024);
        connectRaw(stalled, {});
        test::ChatPeer quick(url(u"s"_s));
        quick.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        const QString piece = u"0123456789abcdef"_s.repeated(256); // 4 KiB
        constexpr int pieces = 4000;
        for (int i = 0; i < pieces; ++i) {
            m_model->replies[0]->say(piece);
            if (i % 100 == 0)
                QTRY_COMPARE(quick.framesOf(u"chunk"_s).size(), i + 1);
        }
        QByteArray received;
        connect(&stalled, &QTcpSocket::readyRead, this, [&] {
            received += stalled.readAll();
            stalled.write(pong); // it reads, so what it says must not cut it off
        });
        stalled.setReadBufferSize(0);
        received += stalled.readAll();
        constexpr qint64 answerBytes = qint64(pieces) * 4096;
        QTRY_VERIFY_WITH_TIMEOUT(received.size() > answerBytes, 20'000);
        m_model->replies[0]->finish();
        QTRY_COMPARE(payloads(received).count("\"type\":\"complete\""), 1);
        const QByteArray text = payloads(received);
        QCOMPARE(text.count("0123456789abcdef"), pieces * 256);
        QCOMPARE(text.count("\"type\":\"error\""), 0);
        QVERIFY(text.count("\"type\":\"chunk\"") < pieces);
    }

    void v0ClientThatMissesAnEndIsTold()
    {
        QTcpSocket stalled;
        stalled.setReadBufferSize(1024);
        connectRaw(stalled, {});
        test::ChatPeer quick(url(u"s"_s));
        quick.say(u"Hi"_s);
        QTRY_COMPARE(m_model->replies.size(), 1);
        for (int i = 0; i < 4000; ++i) {
            m_model->replies[0]->say(u"0123456789abcdef"_s.repeated(256));
            if (i % 100 == 0)
                QTRY_COMPARE(quick.framesOf(u"chunk"_s).size(), i + 1);
        }
        m_model->replies[0]->finish();
        QTRY_COMPARE(quick.framesOf(u"complete"_s).size(), 1);
        QByteArray received;
        connect(&stalled, &QTcpSocket::readyRead, this, [&] { received += stalled.readAll(); });
        stalled.setReadBufferSize(0);
        received += stalled.readAll();
        QTRY_COMPARE_WITH_TIMEOUT(payloads(received).count("\"code\":\"interrupted\""), 1, 20'000);
        quick.say(u"And?"_s);
        QTRY_COMPARE(m_model->replies.size(), 2);
        m_model->replies[1]->say(u"Yes."_s);
        m_model->replies[1]->finish();
        QTRY_COMPARE(payloads(received).count("\"type\":\"complete\""), 1);
        QVERIFY(payloads(received).contains("Yes."));
    }

    void nonsenseWithoutReadingIsCutOff()
    {
        QTcpSocket flood;
        flood.setReadBufferSize(1024);
        connectRaw(flood);
        QTRY_COMPARE(m_chat->count(), 1);
        QSignalSpy dropped(&flood, &QTcpSocket::disconnected);
        // A masked text frame "x" with a zero mask, again and again: each is answered with an
        // error.
        const QByteArray frame = QByteArray::fromHex("818100000000") + 'x';
        const QByteArray batch = frame.repeated(1000);
        const auto floodOn = [&] { flood.write(batch); };
        connect(&flood, &QTcpSocket::bytesWritten, this, floodOn);
        floodOn();
        QTRY_COMPARE_WITH_TIMEOUT(dropped.count(), 1, 20'000);
        QTRY_COMPARE(m_chat->count(), 0);
    }

    void drainSaysGoodbyeAndCutsWhoDoesNotAnswer()
    {
        ChatConfig config;
        config.closeTimeout = 200ms;
        build(config);
        QTcpSocket deaf;
        connectRaw(deaf);
        test::ChatPeer peer(url(u"s"_s));
        QTRY_COMPARE(m_chat->count(), 2);
        QSignalSpy closed(&peer.socket(), &QWebSocket::disconnected);
        QSignalSpy drained(m_chat.get(), &ChatServer::drained);
        m_chat->drain();
        QTRY_COMPARE(closed.count(), 1);
        QCOMPARE(int(peer.socket().closeCode()), 1001);
        QTRY_COMPARE(drained.count(), 1);
        QCOMPARE(m_chat->count(), 0);
    }

    void cleanup()
    {
        m_beforeGreeting = {};
        m_chat.reset();
        m_sessions.reset();
        m_store.reset();
        m_agents.reset();
        m_model.reset();
        m_listener.reset();
    }

private:
    void build(const ChatConfig &config)
    {
        cleanup();
        m_model = std::make_unique<test::ScriptedModel>();
        m_agents = test::makeAgents(*m_model);
        SessionRegistry::Config registryConfig;
        registryConfig.session.maxConversationCharacters = 64 * 1024 * 1024;
        registryConfig.maxBytes = qint64(1024) * 1024 * 1024;
        m_store = std::make_unique<MemoryStore>(registryConfig.maxBytes);
        m_sessions = std::make_unique<SessionRegistry>(*m_agents, registryConfig, *m_store);
        m_chat = std::make_unique<ChatServer>(*m_sessions, config, [this] {
            if (m_beforeGreeting)
                m_beforeGreeting();
            SessionHello hello;
            hello.model = u"test-model"_s;
            return hello;
        });
        // FrontServer's part: it hands over sockets whose request is complete and unread.
        m_listener = std::make_unique<QTcpServer>();
        QVERIFY(m_listener->listen(QHostAddress::LocalHost));
        connect(m_listener.get(), &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_listener->nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                if (socket->peek(16 * 1024).contains("\r\n\r\n")) {
                    socket->disconnect(this);
                    m_chat->accept(socket);
                }
            });
        });
    }

    QUrl url(const QString &session) const
    {
        return QUrl(u"ws://127.0.0.1:%1/ws/chat/%2"_s.arg(m_listener->serverPort()).arg(session));
    }

    //! A client of the session "s" that has shaken hands and then does what the test does with its
    //! socket.
    void connectRaw(QTcpSocket &socket,
                    const QByteArray &subprotocol = "Sec-WebSocket-Protocol: runnel.v1\r\n")
    {
        socket.connectToHost(QHostAddress::LocalHost, m_listener->serverPort());
        socket.write(
            "GET /ws/chat/s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
            subprotocol + "\r\n");
        QTRY_VERIFY(socket.peek(1024).contains("101 Switching Protocols"));
    }

    std::function<void()> m_beforeGreeting; //!< In the turn of the event loop in which one comes.
    std::unique_ptr<test::ScriptedModel> m_model;
    std::unique_ptr<AgentManager> m_agents;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<SessionRegistry> m_sessions;
    std::unique_ptr<ChatServer> m_chat;
    std::unique_ptr<QTcpServer> m_listener;
};

QTEST_GUILESS_MAIN(TestChatServer)
#include "tst_chatserver.moc"
