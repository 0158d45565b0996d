#include "client/scriptedserver.h"
#include "client/sessionfiles.h"
#include "models/chatsession.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Asked = SessionView::Asked;

const QDateTime now = QDateTime::fromString(u"2026-11-23T12:00:00.000Z"_s, Qt::ISODateWithMs);

MessageRecord question(const QString &id, const QString &parent, const QString &text)
{
    MessageRecord m;
    m.messageId = id;
    m.parentId = parent;
    m.content = text;
    m.at = now;
    return m;
}

MessageRecord answer(const QString &id, const QString &parent, const QString &text,
                     MessageState state = MessageState::Done)
{
    MessageRecord m = question(id, parent, text);
    m.role = runnel::Role::Model;
    m.turn = u"t-"_s + id;
    m.agent = u"poet"_s;
    m.state = state;
    return m;
}

//! Two questions, the second one with another version, whose answer has another one too: m1 - m2 -
//! m3 - m4, m2 - m5 - m6, m5 - m7. Seen is m1 m2 m5 m7.
Snapshot tree()
{
    return {100,
            {question(u"m1"_s, {}, u"One"_s), answer(u"m2"_s, u"m1"_s, u"First"_s),
             question(u"m3"_s, u"m2"_s, u"Two"_s), answer(u"m4"_s, u"m3"_s, u"Second"_s),
             question(u"m5"_s, u"m2"_s, u"Two, edited"_s), answer(u"m6"_s, u"m5"_s, u"Other"_s),
             answer(u"m7"_s, u"m5"_s, u"Half of"_s, MessageState::Interrupted)},
            u"m7"_s};
}

QVariant at(const QAbstractItemModel &model, int row, int role)
{
    return model.index(row, 0).data(role);
}

QStringList texts(const QAbstractItemModel &model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out.append(at(model, row, MessageListModel::TextRole).toString());
    return out;
}

Changes addOwn(SessionView &view, const ClientFrame &frame)
{
    if (const auto *message = std::get_if<SendMessage>(&frame))
        return view.addOutgoing(*message, now);
    if (const auto *edit = std::get_if<EditMessage>(&frame))
        return view.addEdit(*edit, now);
    if (const auto *again = std::get_if<RegenerateAnswer>(&frame))
        return view.addAsked({Asked::Kind::Regenerate, again->id, again->messageId});
    const auto &goOn = std::get<ContinueAnswer>(frame);
    return view.addAsked({Asked::Kind::Continue, goOn.id, goOn.messageId});
}

//! A model with its tester, on a view that shows tree().
struct Shown
{
    SessionView view;
    MessageListModel model{view};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Shown()
    {
        model.setConnected(true);
        model.follow(view.apply(tree()));
    }
    void apply(const ServerFrame &frame) { model.follow(view.apply(frame)); }
};

} // namespace

class TestBranchModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelFollowsEveryRecordedSession_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : recordedSessionNames())
            QTest::newRow(qPrintable(name)) << name;
    }
    //! Rows are never read that the view does not have, whatever it does to its tree.
    void modelFollowsEveryRecordedSession()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionView view;
        MessageListModel model(view);
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto check = [&] {
            QCOMPARE(model.rowCount(), view.count());
            for (int row = 0; row < view.count(); ++row) {
                const ViewMessage &m = view.at(row);
                QCOMPARE(at(model, row, MessageListModel::TextRole).toString(), m.content);
                QCOMPARE(at(model, row, MessageListModel::VersionCountRole).toInt(),
                         view.siblings(row).count());
                QCOMPARE(at(model, row, MessageListModel::AskedRole).toBool(),
                         view.askedOf(row) != nullptr);
                const QVariant blocks = at(model, row, MessageListModel::BlocksRole);
                if (m.role == runnel::Role::Model && m.state != MessageState::Running)
                    QCOMPARE(blocks.value<BlockListModel *>()->rowCount() == 0,
                             m.content.trimmed().isEmpty());
            }
        };
        for (const ClientFrame &own : session.outgoing)
            model.follow(addOwn(view, own));
        for (qsizetype i = 0; i < session.frames.size(); ++i) {
            model.follow(view.apply(session.frames[i]));
            check();
            for (const auto &between : session.snapshots) {
                if (between.after == i + 1)
                    model.follow(view.apply(between.frame));
            }
            check();
        }
    }

    void versionsAreCounted()
    {
        Shown shown;
        QCOMPARE(texts(shown.model),
                 QStringList({u"One"_s, u"First"_s, u"Two, edited"_s, u"Half of"_s}));
        QList<int> versions;
        QList<int> counts;
        for (int row = 0; row < 4; ++row) {
            versions.append(at(shown.model, row, MessageListModel::VersionRole).toInt());
            counts.append(at(shown.model, row, MessageListModel::VersionCountRole).toInt());
        }
        QCOMPARE(versions, QList<int>({1, 1, 2, 2}));
        QCOMPARE(counts, QList<int>({1, 1, 2, 2}));
        shown.model.follow(shown.view.addOutgoing({u"Mine"_s, {}, u"c-1"_s}, now));
        QCOMPARE(at(shown.model, 4, MessageListModel::VersionCountRole).toInt(), 0);
    }

    void branchKeepsTheRowsThatItShares()
    {
        Shown shown;
        auto *blocks = at(shown.model, 1, MessageListModel::BlocksRole).value<BlockListModel *>();
        QSignalSpy reset(&shown.model, &QAbstractItemModel::modelReset);
        QSignalSpy removed(&shown.model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy grew(&shown.model, &MessageListModel::grew);
        shown.apply(BranchSelected{101, u"m4"_s});
        QCOMPARE(texts(shown.model), QStringList({u"One"_s, u"First"_s, u"Two"_s, u"Second"_s}));
        QCOMPARE(reset.size(), 0);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed[0][1].toInt(), 2);
        QCOMPARE(at(shown.model, 1, MessageListModel::BlocksRole).value<BlockListModel *>(),
                 blocks);
        // What was in the conversation before is no news, another answer is.
        QCOMPARE(grew.size(), 0);
        shown.apply(TurnStarted{102, u"t9"_s, u"m9"_s, u"m3"_s, u"poet"_s, u"g"_s, now});
        QCOMPARE(grew.size(), 1);
        QCOMPARE(at(shown.model, 3, MessageListModel::VersionRole).toInt(), 2);
    }

    void onlyTheLastAnswerThatWasCutMayGoOn()
    {
        Shown shown;
        QVERIFY(at(shown.model, 3, MessageListModel::ContinuableRole).toBool());
        // Of ours that waits nothing is known yet.
        shown.model.follow(shown.view.addOutgoing({u"Mine"_s, {}, u"c-1"_s}, now));
        QVERIFY(at(shown.model, 3, MessageListModel::ContinuableRole).toBool());
        QSignalSpy changed(&shown.model, &QAbstractItemModel::dataChanged);
        shown.apply(UserMessage{101, u"m8"_s, u"m7"_s, u"Mine"_s, u"c-1"_s, now});
        QVERIFY(!at(shown.model, 3, MessageListModel::ContinuableRole).toBool());
        QVERIFY(std::any_of(changed.cbegin(), changed.cend(), [](const QList<QVariant> &change) {
            return change[0].toModelIndex().row() == 3;
        }));
    }

    //! The text stays, what comes is joined to it, in the same blocks.
    void answerThatGoesOnKeepsItsRow()
    {
        Shown shown;
        auto *blocks = at(shown.model, 3, MessageListModel::BlocksRole).value<BlockListModel *>();
        QSignalSpy removed(&shown.model, &QAbstractItemModel::rowsRemoved);
        shown.apply(TurnStarted{101, u"t8"_s, u"m7"_s, u"m5"_s, u"poet"_s, u"g"_s, now});
        QCOMPARE(at(shown.model, 3, MessageListModel::StatusRole),
                 QVariant(MessageListModel::Running));
        QVERIFY(!at(shown.model, 3, MessageListModel::ContinuableRole).toBool());
        QCOMPARE(at(shown.model, 3, MessageListModel::OutcomeTextRole).toString(), QString());
        shown.apply(Chunk{102, u"t8"_s, u" it *all*."_s, {}});
        TurnComplete complete;
        complete.seq = 103;
        complete.turn = u"t8"_s;
        shown.apply(complete);
        QCOMPARE(at(shown.model, 3, MessageListModel::TextRole).toString(), u"Half of it *all*."_s);
        QCOMPARE(blocks->blocks().back().text, u"Half of it all."_s);
        QCOMPARE(removed.size(), 0);
        QCOMPARE(at(shown.model, 3, MessageListModel::StatusRole),
                 QVariant(MessageListModel::Done));
    }

    void whatWaitsSaysItsKindAndForWhat_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("offline");
        QTest::addColumn<QString>("sent");
        QTest::addColumn<QString>("queued");
        QTest::newRow("a message") << u"message"_s << u"Will be sent when the connection is back"_s
                                   << u"Sending"_s << u"Waiting for its turn"_s;
        QTest::newRow("an edit") << u"edit"_s
                                 << u"Your edit will be sent when the connection is back"_s
                                 << u"Sending your edit"_s << u"Your edit waits for its turn"_s;
        QTest::newRow("another answer")
            << u"regenerate"_s << u"Another answer will be asked for when the connection is back"_s
            << u"Asking for another answer"_s << u"Another answer waits for its turn"_s;
        QTest::newRow("an answer that is to go on")
            << u"continue"_s << u"The answer will go on when the connection is back"_s
            << u"Asking the model to go on"_s << u"Waiting for its turn to go on"_s;
    }
    void whatWaitsSaysItsKindAndForWhat()
    {
        QFETCH(QString, kind);
        QFETCH(QString, offline);
        QFETCH(QString, sent);
        QFETCH(QString, queued);
        Shown shown;
        const QHash<QString, ClientFrame> frames{
            {u"message"_s, SendMessage{u"Mine"_s, {}, u"c-1"_s}},
            {u"edit"_s, EditMessage{u"m5"_s, u"Mine"_s, {}, u"c-1"_s}},
            {u"regenerate"_s, RegenerateAnswer{u"m5"_s, {}, u"c-1"_s}},
            {u"continue"_s, ContinueAnswer{u"m7"_s, u"c-1"_s}}};
        shown.model.follow(addOwn(shown.view, frames[kind]));
        const int row = kind == u"message" || kind == u"edit" ? 4 : 3;
        const auto words = [&] {
            return at(shown.model, row, MessageListModel::WaitingTextRole).toString();
        };
        QSignalSpy changed(&shown.model, &QAbstractItemModel::dataChanged);
        QCOMPARE(words(), sent);
        shown.model.setConnected(false);
        QCOMPARE(words(), offline);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), row);
        shown.model.setConnected(true);
        // Somebody else's question is answered just now, in a branch of its own.
        shown.apply(UserMessage{101, u"n1"_s, {}, u"Theirs"_s, {}, now});
        shown.apply(TurnStarted{102, u"t9"_s, u"n2"_s, u"n1"_s, u"poet"_s, u"g"_s, now});
        shown.apply(BranchSelected{103, u"m7"_s});
        QCOMPARE(words(), queued);
        QCOMPARE(at(shown.model, 3, MessageListModel::AskedRole).toBool(), row == 3);
        QCOMPARE(at(shown.model, 1, MessageListModel::WaitingTextRole).toString(), QString());
    }

    void draftOfAnEditStaysWhileItsMessageIsShown()
    {
        Shown shown;
        QSignalSpy changed(&shown.model, &QAbstractItemModel::dataChanged);
        shown.model.beginEdit(1); // An answer.
        shown.model.beginEdit(-1);
        shown.model.beginEdit(4);
        QCOMPARE(changed.size(), 0);
        shown.model.beginEdit(0);
        QVERIFY(at(shown.model, 0, MessageListModel::EditingRole).toBool());
        QCOMPARE(at(shown.model, 0, MessageListModel::DraftRole).toString(), u"One"_s);
        const qsizetype told = changed.size();
        shown.model.keepDraft(0, u"One and"_s);
        QCOMPARE(changed.size(), told);
        shown.apply(BranchSelected{101, u"m4"_s});
        shown.apply(tree());
        QCOMPARE(at(shown.model, 0, MessageListModel::DraftRole).toString(), u"One and"_s);
        shown.model.endEdit(0);
        QVERIFY(!at(shown.model, 0, MessageListModel::EditingRole).toBool());
        shown.model.keepDraft(0, u"Late"_s);
        QVERIFY(!at(shown.model, 0, MessageListModel::EditingRole).toBool());
    }

    // ---- the façade

    void everythingIsAskedInItsOwnFrame()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        QSignalSpy sent(&session, &ChatSession::messageSent);

        session.regenerate(1);
        session.regenerate(1); // Once is enough.
        session.continueAnswer(3);
        session.selectVersion(2, -1);
        session.selectVersion(2, 1); // There is no third.
        session.beginEdit(0);
        QVERIFY(!session.saveEdit(0, u" \n"_s));
        QVERIFY(session.saveEdit(0, u"One, better"_s));
        QTRY_COMPARE(server.received().size(), std::size_t(4));
        const auto again = std::get<RegenerateAnswer>(server.received()[0]);
        QCOMPARE(again.messageId, u"m1"_s);
        QCOMPARE(again.agent, u"poet"_s);
        QCOMPARE(std::get<ContinueAnswer>(server.received()[1]).messageId, u"m7"_s);
        QCOMPARE(std::get<SelectBranch>(server.received()[2]).messageId, u"m3"_s);
        const auto edit = std::get<EditMessage>(server.received()[3]);
        QCOMPARE(edit.messageId, u"m1"_s);
        QCOMPARE(edit.message, u"One, better"_s);
        QCOMPARE(edit.agent, u"default"_s); // The one that is chosen now.
        QCOMPARE(sent.size(), 1);
        QCOMPARE(session.messages()->rowCount(), 5);
        QVERIFY(!at(*session.messages(), 0, MessageListModel::EditingRole).toBool());

        // What is no answer, or not there, is not asked for.
        for (const int row : {-1, 0, 4, 99}) {
            session.regenerate(row);
            session.continueAnswer(row);
            session.selectVersion(row, 1);
            session.retry(row);
        }
        QVERIFY(!session.saveEdit(1, u"An answer"_s));
        QVERIFY(session.send(u"Last"_s));
        QTRY_COMPARE(server.messages(), QStringList{u"Last"_s});
        QCOMPARE(server.received().size(), std::size_t(5));
    }

    void sameTextIsNoEdit()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        session.beginEdit(0);
        QVERIFY(session.saveEdit(0, u"One"_s));
        QVERIFY(!at(*session.messages(), 0, MessageListModel::EditingRole).toBool());
        QVERIFY(session.send(u"Last"_s));
        QTRY_COMPARE(server.received().size(), std::size_t(1));
        QCOMPARE(session.messages()->rowCount(), 5);
    }

    void tooLongAnEditStaysInItsEditor()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        session.beginEdit(0);
        QVERIFY(!session.saveEdit(0, u"x"_s.repeated(2000)));
        QVERIFY2(session.notice().contains(u"too long"), qPrintable(session.notice()));
        QVERIFY(at(*session.messages(), 0, MessageListModel::EditingRole).toBool());
    }

    void chosenVersionIsToldWhenItIsThere()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server));
        QSignalSpy shown(&session, &ChatSession::versionShown);
        QSignalSpy said(&session, &ChatSession::said);
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        session.selectVersion(3, -1);
        QTRY_COMPARE(server.received().size(), std::size_t(1));
        QCOMPARE(shown.size(), 0);
        server.say(BranchSelected{101, u"m6"_s});
        QTRY_COMPARE(shown.size(), 1);
        QCOMPARE(shown[0][0].toInt(), 3);
        QCOMPARE(said[0][0].toString(), u"Version 1 of 2."_s);
        // Another window's choice moves nobody's keyboard.
        server.say(BranchSelected{102, u"m7"_s});
        QTRY_COMPARE(texts(*session.messages()).last(), u"Half of"_s);
        QCOMPARE(shown.size(), 1);
    }

    void withoutAConnectionNoVersionIsChosen()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server, 1h));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        server.goAway();
        QTRY_VERIFY(!session.connected());
        session.selectVersion(3, -1);
        QVERIFY2(session.notice().contains(u"Not connected"), qPrintable(session.notice()));
        server.comeBack();
        session.reconnectNow();
        QVERIFY(session.send(u"Last"_s));
        QTRY_COMPARE(server.messages(), QStringList{u"Last"_s});
        QCOMPARE(server.received().size(), std::size_t(1));
    }

    void everythingThatWaitsIsSentOnce()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server, 1h));
        QAbstractItemModelTester tester(session.messages(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        server.goAway();
        QTRY_VERIFY(!session.connected());
        QVERIFY(session.send(u"Message"_s));
        QVERIFY(session.saveEdit(0, u"Edit"_s));
        session.regenerate(1);
        session.continueAnswer(3);
        QVERIFY(session.send(u"Never mind"_s));
        session.discard(6);
        QCOMPARE(texts(*session.messages()).mid(4), QStringList({u"Message"_s, u"Edit"_s}));

        server.comeBack();
        session.reconnectNow();
        QTRY_COMPARE(server.received().size(), std::size_t(4));
        QCOMPARE(server.messages(), QStringList{u"Message"_s});
        QCOMPARE(std::get<EditMessage>(server.received()[1]).message, u"Edit"_s);
        QCOMPARE(std::get<RegenerateAnswer>(server.received()[2]).messageId, u"m1"_s);
        QCOMPARE(std::get<ContinueAnswer>(server.received()[3]).messageId, u"m7"_s);
        // On its way it cannot be taken back.
        session.discard(4);
        QCOMPARE(session.messages()->rowCount(), 6);
    }

    void refusedEditIsSentAgainAsAnEdit()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ErrorFrame error;
        error.code = u"unknown_agent"_s;
        error.error = u"Agent 'gone' not found."_s;
        server.answerWith([&](const ClientFrame &frame) {
            error.id = std::get<EditMessage>(frame).id;
            server.say(error);
        });
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        session.setAgent(u"gone"_s);
        QVERIFY(session.saveEdit(2, u"Two, once more"_s));
        QTRY_COMPARE(at(*session.messages(), 4, MessageListModel::StatusRole),
                     QVariant(MessageListModel::Refused));
        session.setAgent(u"poet"_s);
        session.retry(4);
        QTRY_COMPARE(server.received().size(), std::size_t(2));
        const auto again = std::get<EditMessage>(server.received()[1]);
        QCOMPARE(again.messageId, u"m5"_s);
        QCOMPARE(again.message, u"Two, once more"_s);
        QCOMPARE(again.agent, u"poet"_s);
        QTRY_COMPARE(session.messages()->rowCount(), 5);
    }

    void refusedRegenerateCanBeAskedForAgain()
    {
        ScriptedServer server;
        server.greetWith({ScriptedServer::hello(), tree()});
        ChatSession session(options(server));
        session.open();
        QTRY_COMPARE(session.messages()->rowCount(), 4);
        session.regenerate(3);
        QVERIFY(at(*session.messages(), 3, MessageListModel::AskedRole).toBool());
        QTRY_COMPARE(server.received().size(), std::size_t(1));
        ErrorFrame error;
        error.code = u"queue_full"_s;
        error.error = u"Eight messages wait already."_s;
        error.id = std::get<RegenerateAnswer>(server.received()[0]).id;
        server.say(error);
        QTRY_COMPARE(session.notice(), error.error);
        QVERIFY(!at(*session.messages(), 3, MessageListModel::AskedRole).toBool());
        session.regenerate(3);
        QTRY_COMPARE(server.received().size(), std::size_t(2));
    }

    void titleIsTheServersElseThatOfTheFirstMessage()
    {
        ScriptedServer server;
        Snapshot named = tree();
        named.title = u"About\n numbers"_s;
        server.greetWith({ScriptedServer::hello(), named});
        ChatSession session(options(server));
        QSignalSpy changed(&session, &ChatSession::titleChanged);
        session.open();
        QTRY_COMPARE(session.title(), u"About numbers"_s);
        changed.clear();
        server.say(TitleChanged{101, u"Numbers"_s});
        QTRY_COMPARE(session.title(), u"Numbers"_s);
        QVERIFY(!changed.isEmpty());
        server.say(TitleChanged{102, {}});
        QTRY_COMPARE(session.title(), u"One"_s);
    }

    void lossAndReturnAreSaid()
    {
        ScriptedServer server;
        ChatSession session(options(server, 1h));
        QSignalSpy said(&session, &ChatSession::said);
        session.open();
        QTRY_VERIFY(session.connected());
        QCOMPARE(said.size(), 0);
        server.drop();
        QTRY_VERIFY(!session.connected());
        session.reconnectNow();
        QTRY_VERIFY(session.connected());
        QCOMPARE(said.size(), 2);
        QCOMPARE(said[0][0].toString(), u"The connection was lost. Reconnecting."_s);
        QCOMPARE(said[1][0].toString(), u"Connected again."_s);
    }

private:
    static ChatSession::Options options(const ScriptedServer &server,
                                        std::chrono::milliseconds wait = 10ms)
    {
        ChatClient::Times times;
        times.backoff = {wait, wait};
        return {server.url(), u"test"_s, {}, times};
    }
};

QTEST_MAIN(TestBranchModels)
#include "tst_branchmodels.moc"
