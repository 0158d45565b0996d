#include "gemini/geminimodel.h"
#include "geminifixture.h"
#include "testlib/scriptedhttpserver.h"

#include <QFile>
#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <unistd.h>

#include <atomic>
#include <memory>
#include <vector>

using namespace runnel;
using namespace runnel::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

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

class TestGeminiFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thirtyStreamsRunAtTheSameTime()
    {
        constexpr int streams = 30;
        ScriptedHttpServer server;
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

    //! Qt hears only now and then that an answer is being read; it must hear it in time, for it
    //! stops at the bound of its buffer. Each event waits for the one before it.
    void aLongAnswerOfSmallEventsGoesOn_data()
    {
        QTest::addColumn<QByteArray>("lineEnd");
        QTest::newRow("CRLF, as Gemini") << QByteArray("\r\n");
        QTest::newRow("LF") << QByteArray("\n");
    }
    void aLongAnswerOfSmallEventsGoesOn()
    {
        QFETCH(QByteArray, lineEnd);
        constexpr int events = 1500;
        const QByteArray word(500, 'w');
        const QByteArray end = lineEnd + lineEnd;
        ScriptedHttpServer server;
        server.scriptAll({sseHead()});
        GeminiModel model(configFor(server.url()));
        Listener listener(model.generate(request()));
        QTRY_COMPARE(server.requestCount(), 1);
        connect(&listener.reply(), &LanguageModelReply::textReceived, &listener, [&] {
            if (listener.text.size() < events * word.size())
                server.exchange(0).send(chunk("data: " + textEvent(word) + end));
            else
                server.exchange(0).send(chunk("data: " + lastEvent() + end) + lastChunk());
        });
        server.exchange(0).send(chunk("data: " + textEvent(word) + end));
        QVERIFY(listener.waitUntilFinished());
        QVERIFY(listener.outcome.finishReason == FinishReason::Stop);
        QCOMPARE(listener.text.size(), events * word.size() + 1);
    }

    //! While nobody reads, 64 MB stay with the sender.
    void anAnswerThatIsNotReadIsHeldBack()
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
};

QTEST_GUILESS_MAIN(TestGeminiFlow)
#include "tst_geminiflow.moc"
