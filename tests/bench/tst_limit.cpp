#include "limit/answerreader.h"
#include "limit/limitserver.h"
#include "limit/websocket.h"
#include "loadgen/framereader.h"

#ifdef RUNNEL_HAVE_EMULATOR
#include "emulator/emulatorserver.h"
#endif

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QThread>
#include <QWebSocket>

#include <atomic>
#include <memory>

using namespace runnel::bench;
using namespace Qt::StringLiterals;

namespace {

//! An answer of Gemini's as HTTP has it: each event in \a pieces chunks.
QByteArray chunkedAnswer(const QByteArrayList &events, qsizetype pieces)
{
    QByteArray answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n";
    for (const QByteArray &event : events) {
        const QByteArray line = "data: " + event + "\r\n\r\n";
        const qsizetype size = line.size() / pieces + 1;
        for (qsizetype at = 0; at < line.size(); at += size) {
            const QByteArray piece = line.mid(at, size);
            answer += QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n";
        }
    }
    return answer + "0\r\n\r\n";
}

QByteArray eventOf(const QByteArray &text)
{
    return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\": \"" + text +
           "\"}],\"role\":\"model\"},\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":3}}";
}

sockaddr_in loopback(quint16 port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

//! The server on a thread of its own.
class RunningServer
{
public:
    explicit RunningServer(quint16 upstream)
        : m_server(loopback(upstream), "key")
        , port(m_server.listen(0))
        , m_thread(QThread::create([this] {
            while (!m_isOver)
                m_server.turn(10);
        }))
    {
        m_thread->start();
    }
    ~RunningServer()
    {
        m_isOver = true;
        m_thread->wait();
    }

private:
    LimitServer m_server;
    std::atomic_bool m_isOver = false;

public:
    const quint16 port;

private:
    std::unique_ptr<QThread> m_thread;
};

class Client : public QWebSocket
{
public:
    explicit Client(quint16 port)
    {
        connect(this, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) { frames.append(text); });
        open(QUrl(u"ws://127.0.0.1:%1/ws/chat/test"_s.arg(port)));
    }

    [[nodiscard]] int countOf(const QString &type) const
    {
        int count = 0;
        for (const QString &frame : frames)
            count += QJsonDocument::fromJson(frame.toUtf8())[u"type"].toString() == type ? 1 : 0;
        return count;
    }

    QStringList frames;
};

} // namespace

class TestLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHandshakeIsTheOneOfTheStandard()
    {
        QCOMPARE(acceptKey("dGhlIHNhbXBsZSBub25jZQ=="),
                 std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        // Lengths on both sides of a block's end.
        for (int length = 0; length < 140; ++length) {
            const QByteArray key(length, 'k');
            const QByteArray salted = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            const QByteArray digest = QCryptographicHash::hash(salted, QCryptographicHash::Sha1);
            QCOMPARE(QByteArray::fromStdString(acceptKey(key.toStdString())), digest.toBase64());
        }
    }

    void whatIsNoHandshakeGetsNoReply_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("another path")
            << QByteArray("GET / HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n");
        QTest::newRow("no key") << QByteArray("GET /ws/chat/x HTTP/1.1\r\nHost: y\r\n\r\n");
    }
    void whatIsNoHandshakeGetsNoReply()
    {
        QFETCH(QByteArray, head);
        QCOMPARE(handshakeReply(head.toStdString()), std::string());
    }

    void clientFramesAreReadWhenTheyAreWhole_data()
    {
        QTest::addColumn<int>("length");
        for (const int length : {0, 1, 125, 126, 1000, 65535, 65536})
            QTest::addRow("%d bytes", length) << length;
    }
    void clientFramesAreReadWhenTheyAreWhole()
    {
        QFETCH(int, length);
        const std::string payload(std::size_t(length), 'p');
        const std::string bytes = maskedFrame(Frame::Text, payload, 0x12345678) + "next";
        const std::size_t whole = bytes.size() - 4;
        for (std::size_t cut = 0; cut < whole; cut += cut < 20 ? 1 : 997)
            QVERIFY(!readClientFrame(std::string_view(bytes).substr(0, cut), 70'000));
        const auto frame = readClientFrame(bytes, 70'000);
        QVERIFY(frame);
        QCOMPARE(frame->size, whole);
        QCOMPARE(int(frame->opcode), int(Frame::Text));
        QCOMPARE(frame->payload, payload);
    }

    void otherFramesAreNotTaken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("one without a mask") << QByteArray("\x81\x01x", 3);
        QTest::newRow("a fragment") << QByteArray("\x01\x81mmmmx", 7);
        QTest::newRow("an extension's") << QByteArray("\xc1\x81mmmmx", 7);
        QTest::newRow("one that is too long") << QByteArray("\x81\xfe\xff\xffmmmm", 8);
    }
    void otherFramesAreNotTaken()
    {
        QFETCH(QByteArray, bytes);
        const auto frame = readClientFrame({bytes.constData(), std::size_t(bytes.size())}, 1000);
        QVERIFY(frame);
        QCOMPARE(frame->size, std::size_t(0));
    }

    void framesAreWrittenAsTheyAreRead_data() { clientFramesAreReadWhenTheyAreWhole_data(); }
    void framesAreWrittenAsTheyAreRead()
    {
        QFETCH(int, length);
        std::string frame = "what was there before";
        const std::string half(std::size_t(length / 2), 'h');
        const std::string rest(std::size_t(length - length / 2), 'r');
        writeFrame(frame, Frame::Text, {half, rest});
        FrameReader reader;
        reader.append(frame);
        const auto read = reader.next();
        QVERIFY(read);
        QCOMPARE(std::string(read->payload), half + rest);
        QVERIFY(!reader.next() && !reader.broken());
    }

    void stringsAreFoundByScanning_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArrayList>("found");
        QTest::newRow("one") << QByteArray("{\"text\":\"Hi\"}") << QByteArrayList{"Hi"};
        QTest::newRow("with a space before it")
            << QByteArray("{\"text\": \"Hi\"}") << QByteArrayList{"Hi"};
        QTest::newRow("two") << QByteArray("[{\"text\":\"a\"},{\"text\":\"b\"}]")
                             << QByteArrayList{"a", "b"};
        QTest::newRow("escapes stay")
            << QByteArray("{\"text\":\"a\\\"b\\\\\",\"x\":1}") << QByteArrayList{"a\\\"b\\\\"};
        QTest::newRow("one inside of another is none")
            << QByteArray("{\"text\":\"\\\"text\\\":\\\"x\\\"\"}")
            << QByteArrayList{"\\\"text\\\":\\\"x\\\""};
        QTest::newRow("none") << QByteArray("{\"texts\":\"a\",\"context\":\"b\"}")
                              << QByteArrayList();
        QTest::newRow("no string") << QByteArray("{\"text\":17}") << QByteArrayList();
        QTest::newRow("one without an end") << QByteArray("{\"text\":\"a\\") << QByteArrayList();
    }
    void stringsAreFoundByScanning()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArrayList, found);
        std::string_view rest(json.constData(), std::size_t(json.size()));
        QByteArrayList read;
        while (!rest.empty()) {
            const std::string_view text = takeString(rest, "text");
            if (!text.empty())
                read.append(QByteArray(text.data(), qsizetype(text.size())));
        }
        QCOMPARE(read, found);
    }

    void answersAreReadHoweverTheyAreCut_data()
    {
        QTest::addColumn<qsizetype>("pieces");
        QTest::newRow("an event a chunk") << qsizetype(1);
        QTest::newRow("an event in three chunks") << qsizetype(3);
    }
    void answersAreReadHoweverTheyAreCut()
    {
        QFETCH(qsizetype, pieces);
        const QByteArray answer = chunkedAnswer(
            {eventOf("@12;x"), eventOf("a \\\"text\\\":\\\" b"), eventOf(""), eventOf("end")},
            pieces);
        const QByteArrayList expected{"@12;x", "a \\\"text\\\":\\\" b", "end"};
        const std::string_view bytes(answer.constData(), std::size_t(answer.size()));
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            AnswerReader reader;
            QByteArrayList read;
            const auto keep = [&](std::string_view text) {
                read.append(QByteArray(text.data(), qsizetype(text.size())));
            };
            reader.read(bytes.substr(0, cut), keep);
            QVERIFY(!reader.broken());
            reader.read(bytes.substr(cut), keep);
            QVERIFY(reader.ended());
            QCOMPARE(read, expected);
        }
    }

    void whatIsNoAnswerIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("an error") << QByteArray(
            "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
        QTest::newRow("no stream") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
        QTest::newRow("a chunk without a size")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n");
        QTest::newRow("a head without an end")
            << "HTTP/1.1 200 OK\r\n" + QByteArray(20'000, 'h') + "\r\n";
        QTest::newRow("a line without an end")
            << "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" +
                   QByteArray(2 * 1024 * 1024, 'l');
    }
    void whatIsNoAnswerIsRefused()
    {
        QFETCH(QByteArray, bytes);
        AnswerReader reader;
        reader.read({bytes.constData(), std::size_t(bytes.size())}, [](std::string_view) {});
        QVERIFY(reader.broken());
    }

    void withoutAModelThereIsAnError()
    {
        QTcpServer nobody;
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const quint16 upstream = nobody.serverPort();
        nobody.close();
        const RunningServer server(upstream);
        Client client(server.port);
        QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);
        client.sendTextMessage(u"{\"message\":\"Hello\"}"_s);
        QTRY_COMPARE(client.countOf(u"error"_s), 1);
        QCOMPARE(client.frames.size(), 1);
    }

#ifdef RUNNEL_HAVE_EMULATOR
    void anAnswerComesWhole()
    {
        auto scenario = runnel::emulator::Scenario::load(
            QStringLiteral(RUNNEL_SOURCE_DIR "/emulator/scenarios/bench.json"));
        QVERIFY(scenario);
        runnel::emulator::EmulatorOptions options;
        options.scenario = *scenario;
        runnel::emulator::EmulatorServer emulator(options);
        const auto upstream = emulator.listen(QHostAddress::LocalHost, 0);
        QVERIFY(upstream);
        const RunningServer server(*upstream);
        QVERIFY(server.port > 0);
        Client client(server.port);
        QTRY_COMPARE(client.state(), QAbstractSocket::ConnectedState);

        QSignalSpy pongs(&client, &QWebSocket::pong);
        client.ping();
        QTRY_COMPARE(pongs.size(), 1);
        client.sendTextMessage(u"{\"message\":\"Hello\",\"agent\":\"nobody\"}"_s);
        QTRY_COMPARE(client.countOf(u"error"_s), 1);
        QVERIFY(client.frames.constFirst().contains(u"unknown_agent"_s));

        // Twice: a chat goes on.
        for (int answers = 1; answers <= 2; ++answers) {
            client.sendTextMessage(
                u"{\"message\":\"bench chunks=20 rate=500 size=40\",\"agent\":\"default\"}"_s);
            QTRY_COMPARE(client.countOf(u"complete"_s), answers);
            QCOMPARE(client.countOf(u"chunk"_s), 20 * answers);
            QCOMPARE(client.countOf(u"error"_s), 1);
        }
        for (const QString &frame : std::as_const(client.frames)) {
            const auto json = QJsonDocument::fromJson(frame.toUtf8());
            QVERIFY(json.isObject());
            if (json[u"type"] == u"chunk"_s) {
                QVERIFY(json[u"content"].toString().startsWith(u'@'));
                QCOMPARE(json[u"agent"].toString(), u"default"_s);
            }
        }
        client.close();
        QTRY_COMPARE(client.state(), QAbstractSocket::UnconnectedState);
    }
#endif
};

QTEST_GUILESS_MAIN(TestLimit)
#include "tst_limit.moc"
