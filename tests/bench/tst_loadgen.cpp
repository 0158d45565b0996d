#include "loadgen/chatframe.h"
#include "loadgen/firstanswer.h"
#include "loadgen/report.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>
#include <QThread>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>
#include <memory>

#include <unistd.h>

using namespace runnel::bench;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::string serverFrame(Frame::Opcode opcode, const std::string &payload)
{
    // A client's frame without its mask: the same but for the mask bit and the four bytes.
    std::string frame = maskedFrame(opcode, payload, 0);
    const std::size_t head = frame.size() - payload.size() - 4;
    frame.erase(head, 4);
    frame[1] = char(frame[1] & 0x7f);
    return frame;
}

//! A chat server with the workshop's frames, whose answer is the test's business.
class ChatServer : public QObject
{
public:
    using Answer = std::function<void(QWebSocket *, const QString &message)>;

    explicit ChatServer(const Answer &answer, quint16 port = 0)
        : m_server(u"bench"_s, QWebSocketServer::NonSecureMode)
    {
        connect(&m_server, &QWebSocketServer::newConnection, this, [this, answer] {
            QWebSocket *peer = m_server.nextPendingConnection();
            peers.append(peer);
            paths.append(peer->requestUrl().path());
            connect(peer, &QWebSocket::textMessageReceived, peer,
                    [peer, answer](const QString &text) {
                        answer(peer, QJsonDocument::fromJson(text.toUtf8())[u"message"].toString());
                    });
            connect(peer, &QWebSocket::disconnected, this, [this, peer] {
                peers.removeOne(peer);
                peer->deleteLater();
            });
        });
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("cannot listen");
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }

    //! All clients of the session that this one is a client of.
    [[nodiscard]] QList<QWebSocket *> watchersOf(const QWebSocket *peer) const
    {
        QList<QWebSocket *> found;
        for (QWebSocket *other : peers) {
            if (other->requestUrl().path() == peer->requestUrl().path())
                found.append(other);
        }
        return found;
    }

    QStringList paths;
    QList<QWebSocket *> peers;

private:
    QWebSocketServer m_server;
};

void sendChunk(QWebSocket *peer)
{
    peer->sendTextMessage(
        u"{\"type\": \"chunk\", \"content\": \"@%1;xxxx\", \"agent\": \"default\"}"_s.arg(
            monotonicNow()));
}

//! Sends \a count chunks every 5 ms, then the end.
void answerWith(QWebSocket *peer, int count)
{
    auto *timer = new QTimer(peer);
    timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(timer, &QTimer::timeout, peer, [peer, timer, left = count]() mutable {
        if (left-- > 0) {
            sendChunk(peer);
            return;
        }
        timer->stop();
        peer->sendTextMessage(u"{\"type\": \"complete\", \"agent\": \"default\"}"_s);
    });
    timer->start(5);
}

int chunksAskedFor(const QString &message)
{
    return message.section(u"chunks="_s, 1).section(u' ', 0, 0).toInt();
}

Options quickOptions(quint16 port)
{
    Options options;
    options.server.port = port;
    options.chats = 5;
    options.rate = 200;
    options.ramp = options.warmUp = Options::Seconds(0.1);
    options.window = Options::Seconds(0.3);
    options.grace = Options::Seconds(5);
    return options;
}

//! Runs the load generator beside the test's event loop, which serves it.
void runBeside(const std::function<void()> &work)
{
    QEventLoop loop;
    std::unique_ptr<QThread> thread(QThread::create(work));
    QObject::connect(thread.get(), &QThread::finished, &loop, &QEventLoop::quit);
    thread->start();
    loop.exec();
    thread->wait();
}

Findings findingsOf(const Options &options)
{
    Findings findings;
    runBeside([&] { findings = LoadRun(options).run(); });
    return findings;
}

} // namespace

class TestLoadgen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesAreReadHoweverTheyAreCut()
    {
        const std::vector<std::string> payloads{"", "{\"type\":\"chunk\"}", std::string(125, 'a'),
                                                std::string(126, 'b'), std::string(70'000, 'c')};
        std::string bytes;
        for (const std::string &payload : payloads)
            bytes += serverFrame(Frame::Text, payload);
        bytes += serverFrame(Frame::Ping, "p");
        for (std::size_t cut = 0; cut < 600; ++cut) {
            FrameReader reader;
            std::vector<std::string> read;
            std::vector<int> opcodes;
            for (const std::string_view part :
                 {std::string_view(bytes).substr(0, cut), std::string_view(bytes).substr(cut)}) {
                reader.append(part);
                while (const auto frame = reader.next()) {
                    read.emplace_back(frame->payload);
                    opcodes.push_back(frame->opcode);
                }
            }
            QVERIFY(!reader.broken());
            QCOMPARE(read.size(), payloads.size() + 1);
            QVERIFY(std::equal(payloads.begin(), payloads.end(), read.begin()));
            QCOMPARE(opcodes.front(), int(Frame::Text));
            QCOMPARE(opcodes.back(), int(Frame::Ping));
        }
    }

    void whatIsNoFrameIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a masked frame") << QByteArray("\x81\x81xxxxx", 7);
        QTest::newRow("an extension's bit") << QByteArray("\xc1\x01x", 3);
        QTest::newRow("a frame of an exabyte") << QByteArray("\x81\x7f\x0f\0\0\0\0\0\0\0", 10);
    }
    void whatIsNoFrameIsRefused()
    {
        QFETCH(QByteArray, bytes);
        FrameReader reader;
        reader.append({bytes.constData(), std::size_t(bytes.size())});
        QVERIFY(!reader.next());
        QVERIFY(reader.broken());
    }

    void stampsAreFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<qint64>>("stamps");
        QTest::newRow("one") << QByteArray("{\"content\":\"@17;xx\"}") << QList<qint64>{17};
        QTest::newRow("two in a merged frame") << QByteArray("@1;x@922;") << QList<qint64>{1, 922};
        QTest::newRow("none") << QByteArray("Hello") << QList<qint64>();
        QTest::newRow("an address is none") << QByteArray("me@home; me@12 @;@") << QList<qint64>();
        QTest::newRow("one after a broken one") << QByteArray("@1@2;") << QList<qint64>{2};
        QTest::newRow("too long a number is none")
            << QByteArray("@99999999999999999999;") << QList<qint64>();
    }
    void stampsAreFound()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<qint64>, stamps);
        std::string_view rest(text.constData(), std::size_t(text.size()));
        QList<qint64> found;
        while (const auto stamp = takeStamp(rest))
            found.append(*stamp);
        QCOMPARE(found, stamps);
    }

    void frameTypesAreFound_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("ours") << QByteArray("{\"type\":\"chunk\",\"seq\":3}")
                              << QByteArray("chunk");
        QTest::newRow("Python's") << QByteArray("{\"type\": \"complete\"}")
                                  << QByteArray("complete");
        QTest::newRow("none") << QByteArray("{\"error\": \"x\"}") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"type\": \"comp") << QByteArray();
    }
    void frameTypesAreFound()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, type);
        const auto found = frameType({json.constData(), std::size_t(json.size())});
        QCOMPARE(QByteArray(found.data(), qsizetype(found.size())), type);
    }

    void percentilesAreOfTheNearestRank()
    {
        QCOMPARE(percentile({}, 0.5), 0.0);
        QCOMPARE(percentile({7}, 0.99), 7.0);
        std::vector<std::int64_t> values;
        for (int i = 1; i <= 200; ++i)
            values.push_back(i);
        QCOMPARE(percentile(values, 0.5), 100.0);
        QCOMPARE(percentile(values, 0.99), 198.0);
        QCOMPARE(percentile(values, 1), 200.0);
    }

    void wrongOptionsAreNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("no port") << QStringList() << u"usage"_s;
        QTest::newRow("port 0") << QStringList{u"--port"_s, u"0"_s} << u"--port"_s;
        QTest::newRow("no number") << QStringList{u"--chats"_s, u"many"_s} << u"--chats"_s;
        QTest::newRow("no value") << QStringList{u"--window"_s} << u"--window"_s;
        QTest::newRow("a process without a name")
            << QStringList{u"--process"_s, u"=12"_s} << u"--process"_s;
        QTest::newRow("a session without a client")
            << QStringList{u"--watchers"_s, u"0"_s} << u"--watchers"_s;
        QTest::newRow("fewer than no idle connections")
            << QStringList{u"--idle"_s, u"-1"_s} << u"--idle"_s;
        QTest::newRow("unknown") << QStringList{u"--tomorrow"_s, u"1"_s} << u"--tomorrow"_s;
    }
    void wrongOptionsAreNamed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        QList<QByteArray> texts{"runnel-loadgen"};
        for (const QString &argument : arguments)
            texts.append(argument.toUtf8());
        std::vector<char *> pointers;
        for (QByteArray &text : texts)
            pointers.push_back(text.data());
        const auto parsed = parseOptions(int(pointers.size()), pointers.data());
        const auto *error = std::get_if<std::string>(&parsed);
        QVERIFY(error);
        QVERIFY(QString::fromStdString(*error).contains(named));
    }

    void completeAnswersAreCounted()
    {
        QStringList messages;
        ChatServer server([&](QWebSocket *peer, const QString &text) {
            messages.append(text);
            answerWith(peer, chunksAskedFor(text));
        });
        Options options = quickOptions(server.port());
        options.processes.emplace_back("server", getpid());
        const Findings findings = findingsOf(options);
        QCOMPARE(messages.size(), 5);
        for (int chat = 0; chat < 5; ++chat) {
            QCOMPARE(messages.at(chat),
                     u"bench chunks=%1 rate=200 size=24"_s.arg(options.chunks(chat)));
        }
        // All end together, so who starts later gets less.
        QVERIFY(options.chunks(4) < options.chunks(0));
        QCOMPARE(server.paths.size(), 5);
        QVERIFY(server.paths.contains(u"/ws/chat/bench_4"_s));
        QCOMPARE(QString::fromStdString(findings.firstError), QString());
        QCOMPARE(findings.opened, 5);
        QCOMPARE(findings.complete, 5);
        QCOMPARE(findings.failed + findings.incomplete, 0);
        QCOMPARE(findings.lost, 0);
        QVERIFY(findings.chunks > 0);
        QCOMPARE(findings.latencies.size(), std::size_t(findings.chunks));
        for (const std::int64_t latency : findings.latencies)
            QVERIFY(latency > 0 && latency < 10'000'000'000);
        QCOMPARE(findings.cpuSeconds.size(), 2);
        QVERIFY(findings.cpuSeconds.front().second > 0);
        QCOMPARE(findings.memory.size(), 1);
        for (const std::int64_t kib : findings.memory.front().second)
            QVERIFY(kib > 1000);

        const auto json =
            QJsonDocument::fromJson(QByteArray::fromStdString(toJson(options, findings)));
        QCOMPARE(json[u"complete"].toInt(), 5);
        QVERIFY(json[u"latency_us"][u"p50"].toDouble() > 0);
        QVERIFY(json[u"latency_us"][u"p999"].toDouble() >= json[u"latency_us"][u"p99"].toDouble());
        QVERIFY(json[u"cpu_seconds"][u"server"].toDouble() > 0);
        QVERIFY(json[u"memory_kib"][u"server"][u"running"].toInt() > 1000);
        QVERIFY(!json[u"speak"].isObject());
        QVERIFY(json[u"machine"][u"busy"].toDouble() >= 0);
    }

    void lostChunksAreCounted()
    {
        ChatServer server([&](QWebSocket *peer, const QString &text) {
            answerWith(peer, chunksAskedFor(text) - 3);
        });
        const Findings findings = findingsOf(quickOptions(server.port()));
        QCOMPARE(findings.complete, 5);
        QCOMPARE(findings.lost, 15);
    }

    void everyWatcherOfASessionCounts()
    {
        ChatServer server([&](QWebSocket *peer, const QString &text) {
            for (QWebSocket *watcher : server.watchersOf(peer))
                answerWith(watcher, chunksAskedFor(text));
        });
        Options options = quickOptions(server.port());
        options.chats = 2;
        options.watchers = 3;
        const Findings findings = findingsOf(options);
        QCOMPARE(server.paths.count(u"/ws/chat/bench_0"_s), 3);
        QCOMPARE(server.paths.count(u"/ws/chat/bench_1"_s), 3);
        QCOMPARE(findings.opened, 6);
        QCOMPARE(findings.complete, 6);
        QCOMPARE(findings.lost, 0);
    }

    void idleConnectionsAreSilentAndThenAllSpeak()
    {
        QStringList spoken;
        ChatServer server([&](QWebSocket *peer, const QString &text) {
            if (text.startsWith(u"bench "_s)) {
                answerWith(peer, chunksAskedFor(text));
                return;
            }
            spoken.append(peer->requestUrl().path());
            peer->sendTextMessage(u"{\"type\":\"error\",\"error\":\"Nobody\"}"_s);
        });
        Options options = quickOptions(server.port());
        options.idle = 100;
        options.speak = true;
        const Findings findings = findingsOf(options);
        QCOMPARE(findings.idleOpened, 100);
        QCOMPARE(findings.idleFailed, 0);
        QCOMPARE(findings.complete, 5);
        QCOMPARE(QString::fromStdString(findings.firstError), QString());
        QCOMPARE(QSet<QString>(spoken.begin(), spoken.end()).size(), 100);
        QVERIFY(spoken.contains(u"/ws/chat/idle_99"_s));
        QCOMPARE(findings.refusals.size(), std::size_t(100));
        for (const std::int64_t time : findings.refusals)
            QVERIFY(time > 0);

        const auto json =
            QJsonDocument::fromJson(QByteArray::fromStdString(toJson(options, findings)));
        QCOMPARE(json[u"speak"][u"answered"].toInt(), 100);
        QVERIFY(json[u"speak"][u"us"][u"max"].toDouble() > 0);
        QVERIFY(json[u"speak"][u"cpu_seconds"][u"loadgen"].toDouble() > 0);
    }

    void idleConnectionsThatAreClosedAreCounted()
    {
        ChatServer server([&](QWebSocket *peer, const QString &text) {
            answerWith(peer, chunksAskedFor(text));
            for (QWebSocket *other : server.peers) {
                if (other->requestUrl().path() == u"/ws/chat/idle_3"_s)
                    other->close();
            }
        });
        Options options = quickOptions(server.port());
        options.idle = 10;
        const Findings findings = findingsOf(options);
        QCOMPARE(findings.idleOpened, 10);
        QCOMPARE(findings.idleFailed, 1);
        QCOMPARE(findings.complete, 5);
        QCOMPARE(findings.failed, 0);
    }

    void whoStartsLateIsDialledUntilThen()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const Options options = quickOptions(nobody.serverPort());
        nobody.close();
        std::unique_ptr<ChatServer> server;
        std::int64_t started = 0;
        QTimer::singleShot(100ms, this, [&] {
            started = monotonicNow();
            server = std::make_unique<ChatServer>(
                [](QWebSocket *peer, const QString &text) {
                    answerWith(peer, chunksAskedFor(text));
                },
                options.server.port);
        });
        FirstAnswer answer;
        runBeside([&] { answer = awaitFirstAnswer(options); });
        QCOMPARE(QString::fromStdString(answer.error), QString());
        QVERIFY(started > 0);
        QVERIFY(answer.listening >= started);
        QVERIFY(answer.chunk > answer.listening);
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(answer)));
        QCOMPARE(qint64(json[u"first_chunk_ns"].toDouble() / 1e6), qint64(answer.chunk / 1000000));
    }

    void noFirstAnswerIsToldApart_data()
    {
        QTest::addColumn<bool>("listens");
        QTest::addColumn<QString>("error");
        QTest::newRow("nobody ever listens") << false << u"refused"_s;
        QTest::newRow("somebody closes instead of answering") << true << u"close frame"_s;
    }
    void noFirstAnswerIsToldApart()
    {
        QFETCH(bool, listens);
        QFETCH(QString, error);
        ChatServer server([](QWebSocket *peer, const QString &) { peer->close(); });
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        Options options = quickOptions(listens ? server.port() : nobody.serverPort());
        nobody.close();
        options.connecting = listens ? Options::Seconds(10) : Options::Seconds(0.1);
        FirstAnswer answer;
        runBeside([&] { answer = awaitFirstAnswer(options); });
        QCOMPARE(answer.chunk, 0);
        QVERIFY2(QString::fromStdString(answer.error).contains(error), answer.error.c_str());
    }

    void aHostIsAnAddress()
    {
        Options options = quickOptions(1);
        options.server.host = "localhost";
        const Findings findings = findingsOf(options);
        QCOMPARE(findings.failed, 5);
        QCOMPARE(findings.firstError, std::string("the host is no IPv4 address"));
    }

    void aProcessThatIsGoneHasNoMemory()
    {
        constexpr pid_t beyondAllProcesses = 1 << 22; // Linux gives out smaller ones only
        QVERIFY(residentKib(getpid()) > 1000);
        QCOMPARE(residentKib(beyondAllProcesses), 0);
        QCOMPARE(cpuTimeOf(beyondAllProcesses).count(), 0);
    }

    void failuresAreToldApart_data()
    {
        QTest::addColumn<QString>("frame");
        QTest::addColumn<QString>("error");
        QTest::newRow("our error frame")
            << u"{\"type\":\"error\",\"code\":\"internal\",\"error\":\"no\"}"_s
            << u"\"internal\""_s;
        QTest::newRow("the original's") << u"{\"error\": \"ConnectError\"}"_s << u"ConnectError"_s;
        QTest::newRow("a closed connection") << QString() << u"close frame"_s;
    }
    void failuresAreToldApart()
    {
        QFETCH(QString, frame);
        QFETCH(QString, error);
        ChatServer server([&](QWebSocket *peer, const QString &) {
            if (frame.isEmpty())
                peer->close();
            else
                peer->sendTextMessage(frame);
        });
        const Findings findings = findingsOf(quickOptions(server.port()));
        QCOMPARE(findings.failed, 5);
        QCOMPARE(findings.complete, 0);
        QVERIFY2(QString::fromStdString(findings.firstError).contains(error),
                 findings.firstError.c_str());
    }

    void aSilentServerEndsTheRunInTime()
    {
        ChatServer server([](QWebSocket *, const QString &) {});
        Options options = quickOptions(server.port());
        options.grace = Options::Seconds(0.1);
        QElapsedTimer clock;
        clock.start();
        const Findings findings = findingsOf(options);
        QCOMPARE(findings.incomplete, 5);
        QCOMPARE(findings.chunks, 0);
        QVERIFY(clock.elapsed() < 10'000);
    }

    void noServerIsAFailureOfEach()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const Options options = quickOptions(nobody.serverPort());
        nobody.close();
        const Findings findings = findingsOf(options);
        QCOMPARE(findings.opened, 0);
        QCOMPARE(findings.failed, 5);
        QVERIFY(!findings.firstError.empty());
    }
};

QTEST_GUILESS_MAIN(TestLoadgen)
#include "tst_loadgen.moc"
