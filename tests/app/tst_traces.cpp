#include "testlib/chatpeer.h"
#include "testlib/faultsemulator.h"
#include "testlib/serverprocess.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

struct Reply
{
    int status = 0;
    QByteArray body;
    QJsonObject json;
};

QStringList stationsOf(const QJsonObject &trace)
{
    QStringList names;
    for (const QJsonValue &step : trace[u"steps"].toArray())
        names.append(step[u"station"].toString());
    return names;
}

qint64 timeOf(const QJsonObject &trace, const QString &station)
{
    for (const QJsonValue &step : trace[u"steps"].toArray()) {
        if (step[u"station"].toString() == station)
            return step[u"at_ns"].toInteger();
    }
    qFatal("There is no station %s.", qPrintable(station));
}

} // namespace

//! The traces of the real server, in front of the emulator.
class TestTraces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_emulator.startScript(), qPrintable(m_emulator.standardError()));
        QVERIFY2(m_server.start({}, environment() << u"TRACE_TURNS=3"_s),
                 qPrintable(m_server.standardError()));
    }

    void everyStationIsThereInOrder()
    {
        ChatPeer peer(m_server.chatUrl(u"order"_s));
        peer.say(u"Echo: some words of an answer"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        const QJsonObject trace = get(u"/api/traces/order/t1"_s).json;
        QCOMPARE(stationsOf(trace),
                 QStringList({u"connected"_s, u"received"_s, u"decoded"_s, u"taken"_s, u"begun"_s,
                              u"agent"_s, u"asked"_s, u"sent"_s, u"answered"_s, u"first_bytes"_s,
                              u"ended"_s}));
        qint64 before = std::numeric_limits<qint64>::min();
        for (const QJsonValue &step : trace[u"steps"].toArray()) {
            const qint64 at = step[u"at_ns"].toInteger();
            QVERIFY2(at >= before, qPrintable(step[u"station"].toString()));
            before = at;
        }
        QCOMPARE(timeOf(trace, u"begun"_s), 0);
        QCOMPARE(trace[u"ending"].toString(), u"stop"_s);
    }

    void everyFrameIsThereWithItsJourney()
    {
        ChatPeer peer(m_server.chatUrl(u"frames"_s));
        ChatPeer second(m_server.chatUrl(u"frames"_s));
        QTRY_COMPARE(second.story(), u"session snapshot"_s);
        peer.say(u"Echo: some words of an answer"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QTRY_COMPARE(second.framesOf(u"complete"_s).size(), 1);
        const QJsonArray frames = get(u"/api/traces/frames/t1"_s).json[u"frames"].toArray();
        const QList<QJsonObject> seen = peer.frames().mid(2);
        QCOMPARE(frames.size(), seen.size());
        QVERIFY(frames.size() > 3);
        for (qsizetype i = 0; i < seen.size(); ++i) {
            const QJsonObject frame = frames[i].toObject();
            QCOMPARE(frame[u"seq"], seen[i][u"seq"]);
            QCOMPARE(frame[u"type"], seen[i][u"type"]);
            QCOMPARE(frame[u"sockets"].toInt(), 2);
            QVERIFY(frame[u"bytes"].toInt() > 40);
            qint64 before = 0;
            for (const QString &name : {u"parsed_ns"_s, u"appended_ns"_s, u"stored_ns"_s,
                                        u"written_ns"_s, u"last_written_ns"_s}) {
                if (name == u"parsed_ns"_s && frame[u"type"].toString() != u"chunk")
                    continue;
                const qint64 at = frame[name].toInteger(-1);
                QVERIFY2(at >= before, qPrintable(name));
                before = at;
            }
        }
    }

    void noWordOfWhatWasSaidIsInIt()
    {
        ChatPeer peer(m_server.chatUrl(u"words"_s));
        peer.say(u"Echo: Xylophone Quagmire"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        QCOMPARE(peer.textOf(u"chunk"_s), u"Xylophone Quagmire"_s);
        for (const QString &path : {u"/api/traces/words/t1"_s,
                                    u"/api/traces/words/t1?format=chrome"_s, u"/api/traces"_s}) {
            const Reply reply = get(path);
            QCOMPARE(reply.status, 200);
            QVERIFY(!reply.json.isEmpty());
            for (const QByteArray word : {"Xylo", "Quag", "Echo"})
                QVERIFY2(!reply.body.contains(word), reply.body.constData());
        }
    }

    void aMessageThatWaitedSaysForHowLong()
    {
        ChatPeer peer(m_server.chatUrl(u"queue"_s));
        peer.say(u"slow"_s);
        QTRY_COMPARE(peer.framesOf(u"chunk"_s).size(), 1);
        peer.say(u"Echo: now me"_s);
        QTRY_VERIFY_WITH_TIMEOUT(peer.framesOf(u"complete"_s).size() == 2, 30'000);
        const QJsonObject trace = get(u"/api/traces/queue/t2"_s).json;
        QVERIFY(timeOf(trace, u"taken"_s) < -500'000'000);
        // The last frame of the answer before is not lost to the one after it.
        const QJsonArray before = get(u"/api/traces/queue/t1"_s).json[u"frames"].toArray();
        QCOMPARE(before.last()[u"type"].toString(), u"complete"_s);
        QCOMPARE(before.last()[u"sockets"].toInt(), 1);
        QCOMPARE(trace[u"frames"].toArray().first()[u"type"].toString(), u"user"_s);
    }

    void retriesAndFailuresAreThere()
    {
        ChatPeer peer(m_server.chatUrl(u"retry"_s));
        peer.say(u"flaky 429"_s);
        QTRY_VERIFY_WITH_TIMEOUT(peer.framesOf(u"complete"_s).size() == 1, 30'000);
        const QStringList stations = stationsOf(get(u"/api/traces/retry/t1"_s).json);
        QCOMPARE(stations.count(u"retrying"_s), 1);
        QCOMPARE(stations.count(u"asked"_s), 2);
        peer.say(u"fault key"_s);
        QTRY_COMPARE(peer.framesOf(u"error"_s).size(), 1);
        const QString code = peer.lastOf(u"error"_s)[u"code"].toString();
        QVERIFY(!code.isEmpty());
        QCOMPARE(get(u"/api/traces/retry/t2"_s).json[u"ending"].toString(), code);
    }

    void chromesFormHasSpansThatDoNotOverlapInALane()
    {
        ChatPeer peer(m_server.chatUrl(u"chrome"_s));
        peer.say(u"Echo: "_s + u"many words "_s.repeated(50));
        QTRY_VERIFY_WITH_TIMEOUT(peer.framesOf(u"complete"_s).size() == 1, 30'000);
        const QJsonArray events =
            get(u"/api/traces/chrome/t1?format=chrome"_s).json[u"traceEvents"].toArray();
        QMap<int, QList<std::pair<double, double>>> lanes;
        QStringList names;
        for (const QJsonValue &event : events) {
            if (event[u"ph"].toString() == u"M")
                names.append(event[u"args"][u"name"].toString());
            if (event[u"ph"].toString() != u"X")
                continue;
            const double from = event[u"ts"].toDouble();
            QVERIFY(from >= 0);
            QVERIFY(event[u"dur"].toDouble() >= 0);
            lanes[event[u"tid"].toInt()].append({from, from + event[u"dur"].toDouble()});
        }
        QVERIFY(names.contains(u"Gemini"_s) && names.contains(u"Session"_s));
        QCOMPARE(lanes.size(), 5);
        constexpr double rounding = 0.01;
        for (const auto &spans : lanes) {
            for (const auto &[from, to] : spans) {
                for (const auto &[from2, to2] : spans) {
                    const bool crosses =
                        from + rounding < from2 && from2 + rounding < to && to + rounding < to2;
                    QVERIFY2(!crosses,
                             qPrintable(u"%1 %2 %3 %4"_s.arg(from).arg(to).arg(from2).arg(to2)));
                }
            }
        }
    }

    void onlyTheNewestAreKept()
    {
        ChatPeer peer(m_server.chatUrl(u"many"_s));
        for (int i = 1; i <= 4; ++i) {
            peer.say(u"Echo: x"_s);
            QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), i);
        }
        const Reply list = get(u"/api/traces"_s);
        QCOMPARE(list.json[u"limit"].toInt(), 3);
        QStringList turns;
        for (const QJsonValue &trace : list.json[u"traces"].toArray()) {
            turns.append(trace[u"turn"].toString());
            QVERIFY(trace[u"duration_ms"].toDouble() >= trace[u"first_text_ms"].toDouble());
            QVERIFY(trace[u"first_text_ms"].toDouble() > 0);
        }
        QCOMPARE(turns, QStringList({u"t4"_s, u"t3"_s, u"t2"_s}));
        const Reply gone = get(u"/api/traces/many/t1"_s);
        QCOMPARE(gone.status, 404);
        QVERIFY2(gone.json[u"detail"].toString().contains(u"newest 3 turns"),
                 gone.body.constData());
    }

    void theyAreOffByDefaultAndSaySo()
    {
        ServerProcess server(u"runnel-server"_s);
        QVERIFY2(server.start({}, environment()), qPrintable(server.standardError()));
        ChatPeer peer(server.chatUrl(u"off"_s));
        peer.say(u"Echo: x"_s);
        QTRY_COMPARE(peer.framesOf(u"complete"_s).size(), 1);
        for (const QString &path : {u"/api/traces"_s, u"/api/traces/off/t1"_s}) {
            const Reply reply = get(path, server.url());
            QCOMPARE(reply.status, 404);
            QVERIFY2(reply.json[u"detail"].toString().contains(u"TRACE_TURNS=100"),
                     reply.body.constData());
        }
        QCOMPARE(get(u"/api/health"_s, server.url()).json[u"traces"].toInt(-1), 0);
        QCOMPARE(get(u"/api/health"_s).json[u"traces"].toInt(), 3);
    }

private:
    QStringList environment() const
    {
        return m_emulator.environment() << u"DATABASE_URL=memory:"_s;
    }

    Reply get(const QString &path, QUrl server = {})
    {
        if (server.isEmpty())
            server = m_server.url();
        QNetworkReply *const reply = m_manager.get(QNetworkRequest(server.resolved(QUrl(path))));
        QSignalSpy finished(reply, &QNetworkReply::finished);
        if (!finished.wait(10'000))
            return {};
        Reply result;
        result.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        result.body = reply->readAll();
        result.json = QJsonDocument::fromJson(result.body).object();
        reply->deleteLater();
        return result;
    }

    QNetworkAccessManager m_manager;
    FaultsEmulator m_emulator;
    ServerProcess m_server{u"runnel-server"_s};
};

QTEST_GUILESS_MAIN(TestTraces)
#include "tst_traces.moc"
