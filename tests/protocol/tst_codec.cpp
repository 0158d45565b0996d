#include "protocol/codec.h"
#include "protocol/jsonwriter.h"
#include "testlib/goldenfiles.h"

#include <QJsonDocument>
#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void serverFramesSurviveARoundTrip_data() { rows(u"frames/server-v1.json"_s); }
    void serverFramesSurviveARoundTrip()
    {
        QFETCH(QJsonObject, golden);
        const QString text = golden[u"text"].toString();
        const auto frame = decodeServerFrame(text);
        QVERIFY2(bool(frame), qPrintable(frame ? QString() : frame.error().text));
        QVERIFY(!std::holds_alternative<UnknownFrame>(*frame));
        QCOMPARE(encode(*frame), text);
    }

    void unknownTypesAndFieldsArePassedOver_data() { rows(u"frames/server-v1-unknown.json"_s); }
    void unknownTypesAndFieldsArePassedOver()
    {
        QFETCH(QJsonObject, golden);
        const QString text = golden[u"text"].toString();
        const auto frame = decodeServerFrame(text);
        QVERIFY(bool(frame));
        QCOMPARE(qint64(seqOf(*frame)), QJsonDocument::fromJson(text.toUtf8())[u"seq"].toInteger());
    }

    void workshopDialectHasThreeFrames()
    {
        QStringList wanted;
        for (const QJsonObject &golden : test::goldenCases(u"frames/server-v0.json"_s))
            wanted.append(golden[u"text"].toString());
        const Chunk chunk{3, u"t1"_s, u"Hi"_s, u"default"_s};
        TurnComplete complete;
        complete.agent = u"default"_s;
        ErrorFrame error;
        error.code = u"unknown_agent"_s;
        error.error = u"Agent 'poet' not found. Available: default"_s;
        QCOMPARE(QStringList({encode(chunk, Dialect::V0), encode(complete, Dialect::V0),
                              encode(error, Dialect::V0)}),
                 wanted);

        QVERIFY(encode(SessionHello{}, Dialect::V0).isNull());
        QVERIFY(encode(Snapshot{}, Dialect::V0).isNull());
        QVERIFY(encode(UserMessage{}, Dialect::V0).isNull());
        QVERIFY(encode(TurnStarted{}, Dialect::V0).isNull());
        QVERIFY(encode(Thought{}, Dialect::V0).isNull());
        QVERIFY(encode(TurnRetrying{}, Dialect::V0).isNull());
    }

    void clientFramesAreAccepted_data() { rows(u"frames/client.json"_s); }
    void clientFramesAreAccepted()
    {
        QFETCH(QJsonObject, golden);
        const QString text = golden[u"text"].toString();
        const auto frame = decodeClientFrame(text);
        QVERIFY2(bool(frame), qPrintable(frame ? QString() : frame.error().error.text));
        if (golden[u"canonical"].toBool())
            QCOMPARE(encode(*frame), text);
        else
            QCOMPARE(*decodeClientFrame(encode(*frame)), *frame);
    }

    void badClientFramesNameTheField_data() { rows(u"frames/client-bad.json"_s); }
    void badClientFramesNameTheField()
    {
        QFETCH(QJsonObject, golden);
        const auto frame = decodeClientFrame(golden[u"text"].toString());
        QVERIFY(!frame);
        QCOMPARE(QString(toWire(frame.error().error.code)), golden[u"code"].toString());
        QVERIFY2(frame.error().error.text.contains(golden[u"field"].toString()),
                 qPrintable(frame.error().error.text));
        QCOMPARE(frame.error().id, golden[u"id"].toString());
    }

    //! Whatever the place of the cut: an error or a frame, never a crash, and never another frame's
    //! text.
    void everyCutIsAnError_data() { rows(u"frames/server-v1.json"_s); }
    void everyCutIsAnError()
    {
        QFETCH(QJsonObject, golden);
        const QString text = golden[u"text"].toString();
        for (qsizetype cut = 0; cut < text.size(); ++cut) {
            QVERIFY(!decodeServerFrame(text.first(cut)));
            QVERIFY(!decodeClientFrame(text.first(cut)));
        }
    }

    //! Found by fuzzing: what a client decoded leniently encodes to a frame again.
    void lenientlyReadFramesSurviveARoundTrip_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("complete, in the workshop's dialect")
            << u"{\"type\":\"complete\",\"agent\":\"default\"}"_s;
        QTest::newRow("a negative count of tokens")
            << u"{\"type\":\"complete\",\"usage\":{\"total_tokens\":-7}}"_s;
    }
    void lenientlyReadFramesSurviveARoundTrip()
    {
        QFETCH(QString, text);
        const auto frame = decodeServerFrame(text);
        QVERIFY(bool(frame));
        const auto again = decodeServerFrame(encode(*frame));
        QVERIFY2(bool(again), qPrintable(again ? QString() : again.error().text));
        QVERIFY(*again == *frame);
    }

    void messageLengthIsCountedInBytesOfUtf8()
    {
        const QString emoji = u"😀"_s.repeated(16 * 1024);
        QVERIFY(bool(decodeClientFrame(encode(ClientFrame(SendMessage{emoji, {}, {}})))));
        const auto tooLong =
            decodeClientFrame(encode(ClientFrame(SendMessage{emoji + u'x', {}, u"id-1"_s})));
        QVERIFY(!tooLong);
        QCOMPARE(tooLong.error().error.code, ErrorCode::TooLarge);
        QVERIFY(tooLong.error().error.text.contains(u"65537"));
        QCOMPARE(tooLong.error().id, u"id-1"_s);
    }

    void everyCodeUnitSurvives()
    {
        QString all;
        for (char32_t unit = 0; unit <= 0xffff; ++unit)
            all.append(QChar(char16_t(unit)));
        const auto frame = decodeServerFrame(encode(Chunk{1, u"t1"_s, all, u"a"_s}));
        QVERIFY(bool(frame));
        QCOMPARE(std::get<Chunk>(*frame).content, all);
    }

    void errorCodesAreReadBack()
    {
        for (int code = 0; code <= int(ErrorCode::Internal); ++code)
            QCOMPARE(errorCodeFromWire(QString(toWire(ErrorCode(code)))),
                     std::optional(ErrorCode(code)));
        QVERIFY(!errorCodeFromWire(u"tomorrow"));
    }

    void idsAreBounded()
    {
        QVERIFY(isValidId(u"session_1732"));
        QVERIFY(isValidId(u"a"_s.repeated(64)));
        QVERIFY(!isValidId(u"a"_s.repeated(65)));
        QVERIFY(!isValidId(u""));
        QVERIFY(!isValidId(u"a/b"));
        QVERIFY(!isValidId(u"ä"));
    }

private:
    static void rows(const QString &file)
    {
        QTest::addColumn<QJsonObject>("golden");
        for (const QJsonObject &golden : test::goldenCases(file))
            QTest::newRow(qPrintable(golden[u"name"].toString())) << golden;
    }
};

QTEST_GUILESS_MAIN(TestCodec)
#include "tst_codec.moc"
