#include "sessions/conversation.h"
#include "sessions/sessionlog.h"

#include <QTest>

using namespace runnel;
using namespace Qt::StringLiterals;

class TestConversation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void treeGrowsUnderTheActiveLeaf()
    {
        Conversation conversation;
        const QString question = conversation.addUser(u"Hi"_s, u"c1"_s, m_now).messageId;
        const QString answer =
            conversation.addAnswer(u"t1"_s, u"default"_s, u"m"_s, m_now).messageId;
        conversation.appendText(answer, u"Hel"_s);
        conversation.appendText(answer, u"lo"_s);
        conversation.appendThought(answer, u"Greet."_s);

        const Snapshot snapshot = conversation.snapshot(9);
        QCOMPARE(snapshot.seq, Seq(9));
        QCOMPARE(snapshot.active, answer);
        QCOMPARE(snapshot.messages.size(), 2);
        QVERIFY(snapshot.messages[0].parentId.isNull());
        QCOMPARE(snapshot.messages[1].parentId, question);
        QCOMPARE(snapshot.messages[1].content, u"Hello"_s);
        QCOMPARE(snapshot.messages[1].thoughts, u"Greet."_s);
        QCOMPARE(snapshot.messages[1].state, MessageState::Running);
        QVERIFY(conversation.knows(u"c1"_s));
        QVERIFY(!conversation.knows(u"c2"_s));
    }

    void loneSurrogatesAreNoText()
    {
        Conversation conversation;
        const QString text = u"a"_s + QChar(0xd83d) + u"b 👍"_s + QChar(0xdc4d);
        QCOMPARE(conversation.addUser(text, {}, m_now).content, u"a\ufffdb 👍\ufffd"_s);
    }

    void historyHasTheRawPartsOfAnswers()
    {
        Conversation conversation;
        exchange(conversation, u"One"_s, u"Eins"_s,
                 "[{\"text\":\"Eins\",\"thoughtSignature\":\"x\"}]");
        conversation.addUser(u"Two"_s, {}, m_now);
        const auto history = conversation.history(1000, u"m"_s);
        QCOMPARE(history.size(), std::size_t(3));
        QCOMPARE(history[0].text, u"One"_s);
        QCOMPARE(history[1].role, Role::Model);
        QCOMPARE(history[1].rawParts,
                 QByteArray("[{\"text\":\"Eins\",\"thoughtSignature\":\"x\"}]"));
        QCOMPARE(history[2].text, u"Two"_s);
    }

    void anotherModelIsSentTheTextAlone()
    {
        Conversation conversation;
        exchange(conversation, u"One"_s, u"Eins"_s,
                 "[{\"text\":\"Eins\",\"thoughtSignature\":\"x\"}]");
        conversation.addUser(u"Two"_s, {}, m_now);
        const auto history = conversation.history(1000, u"another"_s);
        QCOMPARE(history[1].text, u"Eins"_s);
        QVERIFY(history[1].rawParts.isEmpty());
    }

    //! A server that is killed while an answer goes on leaves its first half's parts and both
    //! halves' text: sent back to the model, such parts would make it say the second half again.
    void answerThatGoesOnIsStoredWithoutTheRawPartsOfItsFirstHalf()
    {
        Conversation conversation;
        exchange(conversation, u"One"_s, u"Ei"_s, "[{\"text\":\"Ei\"}]");
        const qint64 bytes = conversation.bytes();
        conversation.goOn(u"m2"_s, u"t2"_s, u"m"_s, {});
        QVERIFY(conversation.stored(u"m2"_s).rawParts.isEmpty());
        conversation.appendText(u"m2"_s, u"ns"_s);

        StoredMessage cut = conversation.stored(u"m2"_s);
        cut.record.state = MessageState::Interrupted;
        const Conversation restarted({conversation.stored(u"m1"_s), cut}, u"m2"_s);
        const auto history = restarted.historyToGoOn(u"m2"_s, 1000, u"m"_s);
        QCOMPARE(history[1].text, u"Eins"_s);
        QVERIFY(history[1].rawParts.isEmpty());

        conversation.finish(u"m2"_s, {}, "[{\"text\":\"ns\"}]");
        const QByteArray whole = "[{\"text\":\"Ei\"},{\"text\":\"ns\"}]";
        QCOMPARE(conversation.stored(u"m2"_s).rawParts, whole);
        QCOMPARE(conversation.bytes(), bytes + 2 * 2 + qint64(strlen("{\"text\":\"ns\"},")));
    }

    void rawPartsCountInTheEstimate()
    {
        Conversation conversation;
        exchange(conversation, u"One"_s, u"Eins"_s,
                 "[{\"text\":\"" + QByteArray(8000, 'x') + "\"}]");
        conversation.addUser(u"Two"_s, {}, m_now);
        QCOMPARE(conversation.history(1000, u"m"_s).size(), std::size_t(1));
        QCOMPARE(conversation.history(1000, u"another"_s).size(), std::size_t(3));
        QVERIFY(conversation.bytes() > 8000);
    }

    void historyLeavesOutWhatTheModelMustNotSeeAgain_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<int>("reason"); // of FinishReason, -1: failed
        QTest::addColumn<bool>("kept");
        QTest::newRow("a finished answer stays") << u"Yes"_s << int(FinishReason::Stop) << true;
        QTest::newRow("a stopped answer stays") << u"Ye"_s << int(FinishReason::Stopped) << true;
        QTest::newRow("an interrupted answer stays")
            << u"Ye"_s << int(FinishReason::Interrupted) << true;
        QTest::newRow("an answer cut by length stays")
            << u"Ye"_s << int(FinishReason::Length) << true;
        QTest::newRow("a blocked answer goes") << u"Ye"_s << int(FinishReason::Blocked) << false;
        QTest::newRow("a failed answer with text stays") << u"Ye"_s << -1 << true;
        QTest::newRow("a failed answer without text goes, its question too")
            << QString() << -1 << false;
        QTest::newRow("a stopped answer without text goes, its question too")
            << QString() << int(FinishReason::Stopped) << false;
    }
    void historyLeavesOutWhatTheModelMustNotSeeAgain()
    {
        QFETCH(QString, answer);
        QFETCH(int, reason);
        QFETCH(bool, kept);
        Conversation conversation;
        exchange(conversation, u"First"_s, u"Before"_s);
        conversation.addUser(u"Well?"_s, {}, m_now);
        const QString id = conversation.addAnswer(u"t2"_s, u"a"_s, u"m"_s, m_now).messageId;
        conversation.appendText(id, answer);
        if (reason < 0) {
            conversation.fail(id, {ErrorCode::ModelError, u"It broke."_s}, {});
        } else {
            TurnComplete end;
            end.finishReason = FinishReason(reason);
            conversation.finish(id, end, {});
        }
        conversation.addUser(u"Next"_s, {}, m_now);

        const auto history = conversation.history(1000, u"m"_s);
        QCOMPARE(history.size(), std::size_t(kept ? 5 : 3));
        // Roles alternate and the last one is the user's, or Gemini answers 400.
        for (std::size_t i = 0; i < history.size(); ++i)
            QCOMPARE(history[i].role, i % 2 == 0 ? Role::User : Role::Model);
    }

    void longHistoryDropsTheOldestExchangesWhole()
    {
        Conversation conversation;
        for (int i = 0; i < 10; ++i)
            exchange(conversation, u"q%1 "_s.arg(i) + u"x"_s.repeated(400),
                     u"y"_s.repeated(400)); // ~200 tokens
        conversation.addUser(u"last"_s, {}, m_now);

        const auto history = conversation.history(700, u"m"_s);
        QCOMPARE(history.size(), std::size_t(7));
        QVERIFY(history[0].text.startsWith(u"q7 "));
        QCOMPARE(history.back().text, u"last"_s);

        const auto nothingFits = conversation.history(1, u"m"_s);
        QCOMPARE(nothingFits.size(), std::size_t(1));
        QCOMPARE(nothingFits[0].text, u"last"_s);
    }

    void logGivesSeqWithoutGapsAndForgetsTheOldest()
    {
        SessionLog log(64 * 1024);
        const QString text = u"x"_s.repeated(1000);
        for (Seq i = 1; i <= 100; ++i)
            QCOMPARE(log.append(Chunk{0, u"t1"_s, text, u"a"_s}), i);
        QCOMPARE(log.newest(), Seq(0));
        QVERIFY2(!log.frame(100), "it is not stored yet");
        log.publish();
        QCOMPARE(log.newest(), Seq(100));
        QVERIFY(log.reaches(100) && log.reaches(99));
        QVERIFY2(!log.reaches(1), "the next frame is gone");
        QVERIFY2(!log.reaches(101), "such a frame there never was");
        QVERIFY(!log.frame(1));
        QVERIFY(!log.frame(101));
        QVERIFY(!log.frame(0));
        QVERIFY(log.frame(100));
        QCOMPARE(seqOf(*log.frame(100)), Seq(100));
        QCOMPARE(log.wire(100, Dialect::V1), encode(Chunk{100, u"t1"_s, text, u"a"_s}).toUtf8());
        QCOMPARE(log.wire(100, Dialect::V0),
                 encode(Chunk{100, u"t1"_s, text, u"a"_s}, Dialect::V0).toUtf8());
    }

    void logKeepsOneFrameWhateverItsSizeAndCountsOnAfterForgetting()
    {
        SessionLog log(16);
        log.append(Chunk{0, u"t1"_s, u"x"_s.repeated(1000), u"a"_s});
        log.publish();
        QVERIFY(log.frame(1));
        log.forget();
        QVERIFY(!log.frame(1));
        QCOMPARE(log.append(Chunk{0, u"t1"_s, u"y"_s, u"a"_s}), Seq(2));
        log.forget();
        log.publish();
        QVERIFY(!log.frame(1));
        QVERIFY(log.frame(2));
    }

private:
    void exchange(Conversation &conversation, const QString &question, const QString &answer,
                  const QByteArray &rawParts = {})
    {
        conversation.addUser(question, {}, m_now);
        const QString id = conversation.addAnswer(u"t"_s, u"a"_s, u"m"_s, m_now).messageId;
        conversation.appendText(id, answer);
        conversation.finish(id, {}, rawParts);
    }

    const QDateTime m_now = QDateTime::currentDateTimeUtc();
};

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
