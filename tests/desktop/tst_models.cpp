#include "client/scriptedserver.h"
#include "models/chatsession.h"
#include "models/words.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <ctime>
#include <memory>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QDateTime now = QDateTime::fromString(u"2026-11-23T12:00:00.000Z"_s, Qt::ISODateWithMs);

UserMessage userFrame(Seq seq, const QString &text, const QString &id = {},
                      const QString &parent = {})
{
    return {seq, u"m%1"_s.arg(seq), parent, text, id, now};
}

TurnStarted turnFrame(Seq seq, const QString &turn, const QString &parent)
{
    return {seq, turn, u"m%1"_s.arg(seq), parent, u"default"_s, u"gemini"_s, now};
}

Chunk chunkFrame(Seq seq, const QString &text, const QString &turn = u"t1"_s)
{
    return {seq, turn, text, u"default"_s};
}

TurnComplete completeFrame(Seq seq, FinishReason reason = FinishReason::Stop)
{
    TurnComplete complete;
    complete.seq = seq;
    complete.turn = u"t1"_s;
    complete.finishReason = reason;
    complete.usage.totalTokens = 1234;
    complete.at = now;
    return complete;
}

//! A question and an answer that stands so far; the newest frame is 4.
Snapshot snapshotOf(MessageState state, const QString &text)
{
    MessageRecord question, answer;
    question.messageId = u"m1"_s;
    question.content = u"One"_s;
    question.at = answer.at = now;
    answer.messageId = u"m2"_s;
    answer.parentId = u"m1"_s;
    answer.role = runnel::Role::Model;
    answer.turn = u"t1"_s;
    answer.state = state;
    answer.content = text;
    return {4, {question, answer}, u"m2"_s};
}

QVariant at(const QAbstractItemModel &model, int row, int role)
{
    return model.index(row, 0).data(role);
}

void workFor(std::chrono::milliseconds cpuTime)
{
    const std::clock_t end = std::clock() + cpuTime.count() * CLOCKS_PER_SEC / 1000;
    while (std::clock() < end) {
    }
}

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowTheFrames()
    {
        SessionView view;
        MessageListModel model(view);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.follow(view.addOutgoing({u"Two"_s, {}, u"c-2"_s}, now));
        model.follow(view.addOutgoing({u"One"_s, {}, u"c-1"_s}, now));
        QCOMPARE(at(model, 0, MessageListModel::StatusRole), QVariant(MessageListModel::Pending));
        model.follow(view.apply(userFrame(1, u"One"_s, u"c-1"_s)));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(at(model, 0, MessageListModel::TextRole).toString(), u"One"_s);
        QCOMPARE(at(model, 0, MessageListModel::StatusRole), QVariant(MessageListModel::Taken));
        model.follow(view.apply(turnFrame(2, u"t1"_s, u"m1"_s)));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(at(model, 1, MessageListModel::StatusRole), QVariant(MessageListModel::Running));
        model.follow(view.apply(Thought{3, u"t1"_s, u"Hm."_s, {}}));
        QCOMPARE(at(model, 1, MessageListModel::ThoughtsTitleRole).toString(), u"Thinking"_s);
        model.follow(view.apply(chunkFrame(4, u"# A\n\nb"_s)));
        QCOMPARE(at(model, 1, MessageListModel::ThoughtsTitleRole).toString(),
                 u"Thought for 1 s"_s);
        auto *blocks = at(model, 1, MessageListModel::BlocksRole).value<BlockListModel *>();
        QCOMPARE(blocks->rowCount(), 2);
        model.follow(view.apply(completeFrame(5)));
        QCOMPARE(at(model, 1, MessageListModel::StatusRole), QVariant(MessageListModel::Done));
        QCOMPARE(at(model, 1, MessageListModel::DetailsRole).toString(),
                 u"gemini, %1 tokens"_s.arg(QLocale().toString(1234)));
        model.follow(view.apply(Snapshot{9, {}, {}}));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(at(model, 0, MessageListModel::TextRole).toString(), u"Two"_s);
    }

    //! A connection that came back: what is repeated stays, what is new comes after it.
    void snapshotOfTheSameConversationKeepsItsRows()
    {
        SessionView view;
        MessageListModel model(view);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.follow(view.apply(userFrame(1, u"One"_s)));
        model.follow(view.apply(turnFrame(2, u"t1"_s, u"m1"_s)));
        model.follow(view.apply(chunkFrame(3, u"# A\n\nHa"_s)));
        model.follow(view.addOutgoing({u"Two"_s, {}, u"c-2"_s}, now));
        auto *blocks = at(model, 1, MessageListModel::BlocksRole).value<BlockListModel *>();
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(blocks, &QAbstractItemModel::dataChanged);

        Snapshot snapshot = snapshotOf(MessageState::Running, u"# A\n\nHalf"_s);
        model.follow(view.apply(snapshot));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(at(model, 1, MessageListModel::BlocksRole).value<BlockListModel *>(), blocks);
        QCOMPARE(blocks->blocks().back().text, u"Half"_s);
        QCOMPARE(changed.size(), 1);
        model.follow(view.apply(chunkFrame(5, u" a"_s)));
        QTRY_COMPARE(blocks->blocks().back().text, u"Half a"_s);

        snapshot = snapshotOf(MessageState::Done, u"# A\n\nHalf and whole"_s);
        MessageRecord two;
        two.messageId = u"m3"_s;
        two.parentId = u"m2"_s;
        two.id = u"c-2"_s;
        two.content = u"Two"_s;
        snapshot.messages.append(two);
        snapshot.active = u"m3"_s;
        model.follow(view.apply(snapshot));
        QCOMPARE(blocks->blocks().back().text, u"Half and whole"_s);
        QCOMPARE(at(model, 1, MessageListModel::StatusRole), QVariant(MessageListModel::Done));
        QCOMPARE(at(model, 2, MessageListModel::StatusRole), QVariant(MessageListModel::Taken));
        QCOMPARE(reset.size(), 0);

        model.follow(view.apply(Snapshot{}));
        QCOMPARE(reset.size(), 1);
        QCOMPARE(model.rowCount(), 0);
    }

    void snapshotTellsOnceWhatCameDuringALoss_data()
    {
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<int>("told");
        const Snapshot same = snapshotOf(MessageState::Running, u"# A\n\nHalf"_s);
        Snapshot goesOn = snapshotOf(MessageState::Done, u"# A\n\nHalf"_s);
        MessageRecord again;
        again.messageId = u"m3"_s;
        again.parentId = u"m2"_s;
        again.content = u"Again"_s;
        MessageRecord answer = goesOn.messages[1];
        answer.messageId = u"m4"_s;
        answer.parentId = u"m3"_s;
        goesOn.messages += {again, answer};
        goesOn.active = u"m4"_s;
        QTest::newRow("what is shown already is nothing new") << same << 0;
        QTest::newRow("text that came")
            << snapshotOf(MessageState::Running, u"# A\n\nHalf a"_s) << 1;
        QTest::newRow("the answer's end") << snapshotOf(MessageState::Done, u"# A\n\nHalf"_s) << 1;
        QTest::newRow("messages that came") << goesOn << 1;
    }
    void snapshotTellsOnceWhatCameDuringALoss()
    {
        QFETCH(Snapshot, snapshot);
        QFETCH(int, told);
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(snapshotOf(MessageState::Running, u"# A\n\nHalf"_s)));
        QSignalSpy grew(&model, &MessageListModel::grew);
        model.follow(view.addOutgoing({u"Mine waits"_s, {}, u"c-2"_s}, now));
        QCOMPARE(grew.size(), 0);
        model.follow(view.apply(snapshot));
        QCOMPARE(grew.size(), told);
        QCOMPARE(at(model, model.rowCount() - 1, MessageListModel::TextRole).toString(),
                 u"Mine waits"_s);
    }

    //! What came in the same frame as the loss was not shown before the snapshot that repeats it.
    void snapshotTellsTextThatWasNotRenderedYet()
    {
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(snapshotOf(MessageState::Running, u"Ha"_s)));
        model.follow(view.apply(chunkFrame(5, u"l"_s)));
        model.follow(view.apply(chunkFrame(6, u"f"_s)));
        QSignalSpy grew(&model, &MessageListModel::grew);
        model.follow(view.apply(snapshotOf(MessageState::Running, u"Half"_s)));
        QCOMPARE(grew.size(), 1);
    }

    void chunkTouchesOneRowAndOneRole()
    {
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(userFrame(1, u"One"_s)));
        model.follow(view.apply(turnFrame(2, u"t1"_s, u"m1"_s)));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.follow(view.apply(chunkFrame(3, u"Hi"_s)));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(changed[0][1].toModelIndex().row(), 1);
        QCOMPARE(changed[0][2].value<QList<int>>(), QList<int>{MessageListModel::TextRole});
    }

    //! 5,000 chunks in one go: rendered together, each shown in the end, and the end shows all.
    void manyChunksOfOneFrameAreRenderedTogether()
    {
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(userFrame(1, u"One"_s)));
        model.follow(view.apply(turnFrame(2, u"t1"_s, u"m1"_s)));
        auto *blocks = at(model, 1, MessageListModel::BlocksRole).value<BlockListModel *>();
        QSignalSpy changed(blocks, &QAbstractItemModel::dataChanged);
        QString whole;
        for (Seq seq = 3; seq < 5003; ++seq) {
            whole += u"word "_s;
            model.follow(view.apply(chunkFrame(seq, u"word "_s)));
        }
        QCOMPARE(blocks->rowCount(), 1);
        QVERIFY2(changed.size() < 50, qPrintable(QString::number(changed.size())));
        QTRY_COMPARE(blocks->blocks().front().text, whole.trimmed());
        model.follow(view.apply(chunkFrame(5003, u"end"_s)));
        model.follow(view.apply(completeFrame(5004)));
        QCOMPARE(blocks->blocks().front().text, whole + u"end"_s);
    }

    void textComesSoonAfterAStall_data()
    {
        QTest::addColumn<bool>("works");
        QTest::addColumn<int>("within"); // ms
        QTest::newRow("a process that was stopped goes on at once") << false << 300;
        QTest::newRow("work of 500 ms delays the text, but not for long") << true << 2000;
    }
    void textComesSoonAfterAStall()
    {
        QFETCH(bool, works);
        QFETCH(int, within);
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(turnFrame(1, u"t1"_s, {})));
        auto *blocks = at(model, 0, MessageListModel::BlocksRole).value<BlockListModel *>();
        model.follow(view.apply(chunkFrame(2, u"Hi"_s)));
        if (works)
            workFor(500ms);
        else
            QThread::msleep(500);
        model.follow(view.apply(chunkFrame(3, u" there"_s)));
        QCOMPARE(blocks->blocks().front().text, u"Hi"_s);
        QTRY_COMPARE_WITH_TIMEOUT(blocks->blocks().front().text, u"Hi there"_s, within);
    }

    //! A render thread lets the window wait until the screen has taken the last frame.
    void waitsForTheScreenDoNotThrottleTheText()
    {
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(turnFrame(1, u"t1"_s, {})));
        Seq seq = 2;
        int rendered = 0;
        connect(&model, &MessageListModel::grew, this, [&] {
            if (++rendered >= 10)
                return;
            QThread::msleep(40);
            model.follow(view.apply(chunkFrame(seq++, u" word"_s)));
        });
        model.follow(view.apply(chunkFrame(seq++, u"A"_s)));
        QTRY_COMPARE_WITH_TIMEOUT(rendered, 10, 1200);
    }

    void outcomesAreSaidInWords_data()
    {
        QTest::addColumn<FinishReason>("reason");
        QTest::addColumn<QString>("words");
        QTest::addColumn<bool>("continuable");
        QTest::newRow("done") << FinishReason::Stop << QString() << false;
        QTest::newRow("stopped") << FinishReason::Stopped << u"Stopped"_s << true;
        QTest::newRow("length") << FinishReason::Length << u"length limit"_s << true;
        QTest::newRow("blocked") << FinishReason::Blocked << u"safety"_s << false;
        QTest::newRow("interrupted") << FinishReason::Interrupted << u"interrupted"_s << true;
    }
    void outcomesAreSaidInWords()
    {
        QFETCH(FinishReason, reason);
        QFETCH(QString, words);
        QFETCH(bool, continuable);
        SessionView view;
        MessageListModel model(view);
        model.follow(view.apply(turnFrame(1, u"t1"_s, {})));
        model.follow(view.apply(completeFrame(2, reason)));
        const QString text = at(model, 0, MessageListModel::OutcomeTextRole).toString();
        QCOMPARE(text.isEmpty(), words.isEmpty());
        QVERIFY2(text.contains(words), qPrintable(text));
        QCOMPARE(at(model, 0, MessageListModel::ContinuableRole).toBool(), continuable);
    }

    void timesAreRelativeUnderAnHour()
    {
        QCOMPARE(words::time(now, now), u"just now"_s);
        QCOMPARE(words::time(now.addSecs(3), now), u"just now"_s);
        QCOMPARE(words::time(now.addSecs(-5 * 60), now), u"5 min ago"_s);
        const QString clock =
            QLocale().toString(now.addSecs(-3600).toLocalTime().time(), QLocale::ShortFormat);
        QVERIFY(words::time(now.addSecs(-3600), now).endsWith(clock));
        QVERIFY(words::time(now.addDays(-3), now).contains(u", "));
        QCOMPARE(words::time({}, now), QString());
    }

    void titleIsTheFirstLine()
    {
        QCOMPARE(words::title(u"\n  Why   is it?\nmore"_s), u"Why is it?"_s);
        QCOMPARE(words::title(u"x"_s.repeated(100)).size(), 60);
    }

    // ---- the façade against a server

    void sessionConnectsAndNamesItsAgents()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        QAbstractItemModelTester tester(session.agents(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy agentChanged(&session, &ChatSession::agentChanged);
        QCOMPARE(session.connectionText(), u"Connecting"_s);
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        QTRY_COMPARE(session.agents()->rowCount(), 2);
        QCOMPARE(session.connectionText(), u"Connected"_s);
        QCOMPARE(session.agent(), u"default"_s);
        QCOMPARE(agentChanged.size(), 1);
        QVERIFY(!session.demo());
        QVERIFY(session.title().isEmpty());
    }

    void namedAgentIsKeptWhereTheServerHasIt()
    {
        ScriptedServer server;
        auto poet = options(server);
        poet.agent = u"poet"_s;
        ChatSession session(poet);
        session.open();
        QTRY_COMPARE(session.agents()->rowCount(), 2);
        QCOMPARE(session.agent(), u"poet"_s);
    }

    void messageGoesThereAndComesBackAnswered()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        QAbstractItemModelTester tester(session.messages(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        QVERIFY(!session.send(u"  "_s));
        QVERIFY(session.notice().isEmpty());
        QVERIFY(session.send(u"Hello"_s));
        QCOMPARE(session.title(), u"Hello"_s);
        QTRY_COMPARE(server.messages(), QStringList{u"Hello"_s});
        const auto sent = std::get<SendMessage>(server.received().front());
        QCOMPARE(sent.agent, u"default"_s);

        QSignalSpy ended(&session, &ChatSession::answerEnded);
        server.say(userFrame(1, u"Hello"_s, sent.id));
        server.say(turnFrame(2, u"t1"_s, u"m1"_s));
        server.say(chunkFrame(3, u"Hi"_s));
        QTRY_VERIFY(session.answering());
        QCOMPARE(session.messages()->rowCount(), 2);
        session.stop();
        QTRY_COMPARE(server.received().size(), std::size_t(2));
        QCOMPARE(std::get<StopTurn>(server.received().back()).turn, u"t1"_s);
        server.say(completeFrame(4, FinishReason::Stopped));
        QTRY_VERIFY(!session.answering());
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toString(), u"Hi"_s);
    }

    void endOfAnAnswerIsToldOnceAndWithoutFormats()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        QSignalSpy ended(&session, &ChatSession::answerEnded);
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        server.say(userFrame(1, u"Hello"_s));
        server.say(turnFrame(2, u"t1"_s, u"m1"_s));
        server.say(chunkFrame(3, u"# A\n\n**b** `c`"_s));
        server.say(completeFrame(4));
        // Late frames of a turn that has ended change its row, not that it has.
        TurnRetrying retrying;
        retrying.seq = 5;
        retrying.turn = u"t1"_s;
        server.say(retrying);
        server.say(userFrame(6, u"Again"_s, {}, u"m2"_s));
        QTRY_COMPARE(session.messages()->rowCount(), 3);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toString(), u"A\nb c"_s);
        // The same words in another answer are another answer.
        server.say(turnFrame(7, u"t2"_s, u"m6"_s));
        server.say(chunkFrame(8, u"# A\n\n**b** `c`"_s, u"t2"_s));
        TurnComplete complete = completeFrame(9);
        complete.turn = u"t2"_s;
        server.say(complete);
        QTRY_COMPARE(ended.size(), 2);
        // One that says nothing is not told.
        server.say(turnFrame(10, u"t3"_s, u"m6"_s));
        complete.seq = 11;
        complete.turn = u"t3"_s;
        server.say(complete);
        server.say(userFrame(12, u"And now?"_s, {}, u"m10"_s));
        QTRY_COMPARE(session.title(), u"Hello"_s);
        QTRY_COMPARE(
            at(*session.messages(), session.messages()->rowCount() - 1, MessageListModel::TextRole)
                .toString(),
            u"And now?"_s);
        QCOMPARE(ended.size(), 2);
    }

    void answerThatEndedDuringALossIsTold()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), snapshotOf(MessageState::Running, u"Half"_s)});
        ChatSession session(options(server));
        QSignalSpy ended(&session, &ChatSession::answerEnded);
        session.open();
        QTRY_VERIFY(session.answering());
        server.greetWith(
            {ScriptedServer::hello(), snapshotOf(MessageState::Done, u"Half and *whole*"_s)});
        server.drop();
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ended[0][0].toString(), u"Half and whole"_s);
        QVERIFY(!session.answering());
    }

    void refusedMessageIsRetriedOrDiscarded()
    {
        ScriptedServer server;
        server.answerWith([&server](const ClientFrame &frame) {
            ErrorFrame error;
            error.code = u"queue_full"_s;
            error.error = u"Eight messages wait already."_s;
            error.id = std::get<SendMessage>(frame).id;
            server.say(error);
        });
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        QVERIFY(session.send(u"Hello"_s));
        QTRY_COMPARE(at(*session.messages(), 0, MessageListModel::StatusRole),
                     QVariant(MessageListModel::Refused));
        session.retry(0);
        QTRY_COMPARE(server.messages().size(), 2);
        QTRY_COMPARE(at(*session.messages(), 0, MessageListModel::StatusRole),
                     QVariant(MessageListModel::Refused));
        QCOMPARE(session.messages()->rowCount(), 1);
        session.discard(0);
        QCOMPARE(session.messages()->rowCount(), 0);
    }

    void tooLongAMessageIsRefusedInWords()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        QVERIFY(!session.send(u"x"_s.repeated(2000)));
        QVERIFY2(session.notice().contains(u"too long"), qPrintable(session.notice()));
        session.dismissNotice();
        QVERIFY(session.notice().isEmpty());
    }

    void lossIsSaidInWordsAndMessagesWait()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        QStringList words;
        connect(&session, &ChatSession::connectionChanged, this,
                [&] { words.append(session.connectionText()); });
        server.goAway();
        QTRY_COMPARE(session.connection(), ChatSession::Offline);
        QVERIFY(words.contains(u"Reconnecting in 1 s"_s));
        QVERIFY(!session.problemText().isEmpty());
        QVERIFY(session.send(u"Later"_s));
        QCOMPARE(session.messages()->rowCount(), 1);
        server.comeBack();
        QTRY_COMPARE(server.messages(), QStringList{u"Later"_s});
        QVERIFY(session.problemText().isEmpty());
    }

    void serverThatForgotIsSaidUntilSomebodyGoesOn()
    {
        ScriptedServer server;
        const Snapshot snapshot = snapshotOf(MessageState::Done, u"Hi"_s);
        server.greetWith({ScriptedServer::hello(), snapshot});
        ChatSession session(options(server));
        QSignalSpy changed(&session, &ChatSession::forgottenChanged);
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 2);
        server.drop();
        QTRY_COMPARE(server.connections(), 2);
        server.say(userFrame(5, u"Still here?"_s, {}, u"m2"_s));
        QTRY_COMPARE(session.messages()->rowCount(), 3);
        QCOMPARE(changed.size(), 0);

        // What waits goes out by itself: nobody has gone on for that.
        server.greetWith({ScriptedServer::hello(), Snapshot{}});
        server.drop();
        QVERIFY(session.send(u"Waits"_s));
        QTRY_COMPARE(server.messages(), QStringList{u"Waits"_s});
        QTRY_VERIFY(session.forgotten());
        QCOMPARE(session.messages()->rowCount(), 1);
        QVERIFY(session.send(u"Goes on"_s));
        QVERIFY(!session.forgotten());

        server.say(userFrame(1, u"Goes on"_s));
        QTRY_COMPARE(session.title(), u"Goes on"_s);
        server.drop();
        QTRY_VERIFY(session.forgotten());
        session.dismissForgotten();
        QVERIFY(!session.forgotten());
        QCOMPARE(changed.size(), 4);
    }

    void conversationThatIsNotThereIsSaid_data()
    {
        QTest::addColumn<bool>("known");
        QTest::addColumn<bool>("there");
        QTest::addColumn<bool>("missing");
        QTest::newRow("a link to one that is gone") << true << false << true;
        QTest::newRow("a link to one that is there") << true << true << false;
        QTest::newRow("a new one") << false << false << false;
    }

    void conversationThatIsNotThereIsSaid()
    {
        QFETCH(const bool, known);
        QFETCH(const bool, there);
        QFETCH(const bool, missing);
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(),
                          there ? snapshotOf(MessageState::Done, u"Hi"_s) : Snapshot{}});
        ChatSession::Options wanted = options(server);
        wanted.known = known;
        ChatSession session(wanted);
        session.open();
        QTRY_VERIFY(session.hasCome());
        QCOMPARE(session.isMissing(), missing);
    }

    void conversationThatIsNotThereIsSaidUntilItIsBegun()
    {
        ScriptedServer server;
        ChatSession::Options wanted = options(server);
        wanted.known = true;
        const auto begun = [&] {
            auto session = std::make_unique<ChatSession>(wanted);
            session->open();
            [&] { QTRY_VERIFY(session->isMissing()); }();
            return session;
        };
        const auto here = begun();
        QVERIFY(here->send(u"Hello"_s));
        QVERIFY(!here->isMissing());

        const auto elsewhere = begun();
        QSignalSpy changed(elsewhere.get(), &ChatSession::missingChanged);
        server.say(userFrame(1, u"Of another window"_s));
        QTRY_VERIFY(!elsewhere->isMissing());

        const auto read = begun();
        read->dismissMissing();
        QVERIFY(!read->isMissing());
        QCOMPARE(changed.size(), 1);
    }

    void refusedFrameIsANotice()
    {
        ScriptedServer server;
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.connection(), ChatSession::Connected);
        ErrorFrame error;
        error.code = u"bad_frame"_s;
        error.error = u"The field \"turn\" is missing."_s;
        server.say(error);
        QTRY_COMPARE(session.notice(), error.error);
    }

private:
    static ChatSession::Options options(const ScriptedServer &server)
    {
        ChatClient::Times times;
        times.backoff = {10ms, 50ms};
        return {server.url(), u"test"_s, {}, times};
    }
};

QTEST_MAIN(TestModels)
#include "tst_models.moc"
