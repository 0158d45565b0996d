#include "sessionfiles.h"

#include "protocol/codec.h"

#include <QJsonDocument>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

using Asked = SessionView::Asked;

const QDateTime someTime = QDateTime::fromMSecsSinceEpoch(1'780'000'000'000).toUTC();

QByteArray text(const QJsonObject &state)
{
    return QJsonDocument(state).toJson(QJsonDocument::Indented);
}

//! Follows the changes that a view reports as a model would: copies of the rows, touched only where
//! a change says so.
class Mirror
{
public:
    void follow(const SessionView &view, const Changes &changes)
    {
        // Several changes of one frame speak of the state between them; only the last row count is
        // that of the view, so inserted rows are read once all are counted.
        QList<int> toRead;
        for (const Change &c : changes) {
            std::visit(
                Overloaded{
                    [&](const change::Reset &) {
                        rows.clear();
                        for (int row = 0; row < view.count(); ++row)
                            rows.append(view.at(row));
                    },
                    [&](const change::RowInserted &i) {
                        rows.insert(i.row, {});
                        toRead.append(i.row);
                    },
                    [&](const change::RowRemoved &r) { rows.removeAt(r.row); },
                    [&](const change::RowChanged &r) { toRead.append(r.row); },
                    [&](const change::ContentAppended &a) { rows[a.row].content += a.text; },
                    [&](const change::ThoughtsAppended &a) { rows[a.row].thoughts += a.text; },
                    [&](const change::HelloChanged &) {},
                    [&](const change::Renamed &) {},
                    [&](const change::Forgotten &) {},
                    [&](const change::Noticed &n) { notices.append(n.code); },
                },
                c);
        }
        for (const int row : std::as_const(toRead)) {
            // RowChanged promises that the texts are the same, or come by the other changes.
            const bool inserted = rows[row] == ViewMessage{};
            ViewMessage now = view.at(row);
            if (!inserted) {
                now.content = rows[row].content;
                now.thoughts = rows[row].thoughts;
            }
            rows[row] = now;
        }
    }

    QList<ViewMessage> rows;
    QStringList notices;
};

//! As a snapshot says them: not that a turn asks again, nor what this version does not know.
QList<ViewMessage> inSnapshot(QList<ViewMessage> rows)
{
    for (ViewMessage &row : rows) {
        row.retrying.reset();
        if (!row.problem)
            continue;
        row.problem->retryAfter.reset();
        if (!errorCodeFromWire(row.problem->code))
            row.problem->code = toWire(ErrorCode::Internal);
    }
    return rows;
}

QList<ViewMessage> rowsOf(const SessionView &view)
{
    QList<ViewMessage> rows;
    for (int row = 0; row < view.count(); ++row)
        rows.append(view.at(row));
    return rows;
}

} // namespace

class TestSessionView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesGiveTheState_data() { sessions(); }
    void framesGiveTheState()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        const SessionView view = viewAfter(session, session.frames);
        QCOMPARE(text(stateOf(view)), text(session.state));
    }

    void changesAreAllThatChanged_data() { sessions(); }
    void changesAreAllThatChanged()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionView view;
        Mirror mirror;
        for (const ClientFrame &frame : session.outgoing)
            mirror.follow(view, addOwn(view, frame));
        for (const ServerFrame &frame : session.frames) {
            mirror.follow(view, view.apply(frame));
            QCOMPARE(mirror.rows, rowsOf(view));
        }
    }

    void doubledFramesChangeNothing_data() { sessions(); }
    void doubledFramesChangeNothing()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        QList<ServerFrame> doubled;
        for (const ServerFrame &frame : session.frames)
            doubled << frame << frame;
        QCOMPARE(text(stateOf(viewAfter(session, doubled))), text(session.state));
    }

    void anyCutAndOverlapEndsTheSame_data() { sessions(); }
    void anyCutAndOverlapEndsTheSame()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        qsizetype begin = 0; // What stands before it is another connection's.
        for (qsizetype k = 0; k <= session.frames.size(); ++k) {
            for (qsizetype j = begin; j <= k; ++j) {
                const QList<ServerFrame> cut = session.frames.first(k) + session.frames.sliced(j);
                QCOMPARE(text(stateOf(viewAfter(session, cut))), text(session.state));
            }
            if (k < session.frames.size() && beginsSomething(session.frames[k]))
                begin = k;
        }
    }

    void snapshotInBetweenEndsTheSame_data() { sessions(); }
    void snapshotInBetweenEndsTheSame()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        for (const auto &[after, snapshot] : session.snapshots) {
            QList<ServerFrame> seen = session.frames;
            seen.insert(after, snapshot);
            QCOMPARE(text(stateOf(viewAfter(session, seen))), text(session.state));

            SessionView fresh;
            fresh.apply(session.frames.first());
            fresh.apply(snapshot);
            for (const ServerFrame &frame : session.frames.sliced(after))
                fresh.apply(frame);
            QCOMPARE(text(stateOf(fresh, false)),
                     text(stateOf(viewAfter(session, session.frames), false)));
        }
    }

    void resumedAtAnyFrameEndsTheSame_data() { sessions(); }
    void resumedAtAnyFrameEndsTheSame()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionHello hello;
        bool shown = false; // Not between a hello that announces a snapshot and that snapshot.
        int cuts = 0;
        for (qsizetype k = 0; k <= session.frames.size(); ++k) {
            if (shown) {
                hello.resumed = true;
                QList<ServerFrame> frames = session.frames.first(k);
                frames << ServerFrame(hello) << session.frames.sliced(k);
                QCOMPARE(text(stateOf(viewAfter(session, frames))), text(session.state));
                ++cuts;
            }
            if (k == session.frames.size())
                break;
            if (const auto *heard = std::get_if<SessionHello>(&session.frames[k])) {
                hello = *heard;
                shown = hello.resumed;
            } else if (std::holds_alternative<Snapshot>(session.frames[k])) {
                shown = true;
            }
        }
        QVERIFY(cuts > 0);
    }

    void itsOwnSnapshotGivesTheSameView_data() { sessions(); }
    void itsOwnSnapshotGivesTheSameView()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionView view;
        int compared = 0;
        for (qsizetype k = 0; k <= session.frames.size(); ++k) {
            // Not while what is shown is of the log before.
            if (view.hello().epoch == view.epoch()) {
                const auto sent = decodeServerFrame(encode(view.snapshot()));
                QVERIFY2(sent, qPrintable(sent ? QString() : sent.error().text));
                SessionView other;
                other.apply(view.hello());
                other.apply(*sent);
                QCOMPARE(rowsOf(other), inSnapshot(rowsOf(view)));
                QCOMPARE(other.snapshot(), view.snapshot()); // With what is not shown.
                QCOMPARE(other.liveTurn(), view.liveTurn());
                QCOMPARE(other.title(), view.title());
                ++compared;
            }
            if (k < session.frames.size())
                view.apply(session.frames[k]);
        }
        QVERIFY(compared > 1);
    }

    void siblingsAreCountedFromTheOldest()
    {
        SessionView view = viewWithRunningTurn();
        QCOMPARE(view.siblings(1).count(), 1);
        TurnStarted second;
        second.seq = 3;
        second.turn = u"t2"_s;
        second.messageId = u"m3"_s;
        second.parentId = u"m1"_s;
        view.apply(second);
        QCOMPARE(view.siblings(1).ids, QStringList({u"m2"_s, u"m3"_s}));
        QCOMPARE(view.siblings(1).index, 1);
        const Changes changes = view.apply(BranchSelected{4, u"m2"_s});
        QVERIFY(std::holds_alternative<change::Reset>(changes[0]));
        QCOMPARE(view.at(1).messageId, u"m2"_s);
        QCOMPARE(view.siblings(1).index, 0);
        view.addOutgoing({u"Two"_s, {}, u"c-2"_s}, someTime);
        QCOMPARE(view.siblings(2).count(), 0);
    }

    void refusedRegenerateIsANoticeAndPutOffOneWaits()
    {
        SessionView view = viewWithRunningTurn();
        QCOMPARE(view.askedOf(1), nullptr);
        const Changes asked = view.addAsked({Asked::Kind::Regenerate, u"c-1"_s, u"m1"_s});
        QCOMPARE(std::get<change::RowChanged>(asked[0]).row, 1);
        QCOMPARE(view.askedOf(0), nullptr); // It is asked of the answer, not of its question.
        QCOMPARE(view.askedOf(1)->id, u"c-1"_s);
        ErrorFrame error;
        error.id = u"c-1"_s;
        error.code = u"interrupted"_s;
        QVERIFY(view.apply(error).isEmpty());
        QCOMPARE(view.askedOf(1)->id, u"c-1"_s);
        error.code = u"queue_full"_s;
        const Changes refused = view.apply(error);
        QCOMPARE(std::get<change::RowChanged>(refused[0]).row, 1);
        QCOMPARE(std::get<change::Noticed>(refused[1]).code, error.code);
        QVERIFY(view.asked().empty());
    }

    //! This end may know by itself that it cannot be sent: the answer is not marked for ever.
    void askedThatCannotBeSentIsForgotten()
    {
        SessionView view = viewWithRunningTurn();
        view.addAsked({Asked::Kind::Continue, u"c-1"_s, u"m2"_s});
        QCOMPARE(view.askedOf(1)->kind, Asked::Kind::Continue);
        const Changes refused = view.refuseOutgoing(u"c-1"_s, {u"too_large"_s, u"No."_s, {}});
        QCOMPARE(std::get<change::Noticed>(refused[1]).text, u"No."_s);
        QCOMPARE(view.askedOf(1), nullptr);
    }

    void chunkOfAHiddenAnswerChangesNoRow()
    {
        SessionView view = viewWithRunningTurn();
        view.apply(UserMessage{3, u"m3"_s, {}, u"Other"_s, {}, someTime});
        QCOMPARE(view.count(), 1);
        QVERIFY(view.apply(Chunk{4, u"t1"_s, u"Hi"_s, u"default"_s}).isEmpty());
        QCOMPARE(view.liveTurn(), u"t1"_s);
        view.apply(BranchSelected{5, u"m2"_s});
        QCOMPARE(view.at(1).content, u"Hi"_s);
    }

    void chunkReportsOneRowAndItsText()
    {
        SessionView view = viewWithRunningTurn();
        const Changes changes = view.apply(Chunk{3, u"t1"_s, u"Hi"_s, u"default"_s});
        QCOMPARE(changes.size(), 1);
        const auto *appended = std::get_if<change::ContentAppended>(&changes[0]);
        QVERIFY(appended);
        QCOMPARE(appended->row, 1);
        QCOMPARE(appended->text, u"Hi"_s);
        QVERIFY(view.apply(Chunk{3, u"t1"_s, u"Hi"_s, u"default"_s}).isEmpty());
    }

    void errorOfNobodyIsANotice()
    {
        SessionView view;
        ErrorFrame frame;
        frame.code = u"bad_frame"_s;
        frame.error = u"The field \"turn\" is missing."_s;
        const Changes changes = view.apply(frame);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(std::get<change::Noticed>(changes[0]).text, frame.error);
        QCOMPARE(view.count(), 0);
    }

    void snapshotSaysWhetherTheConversationIsStillThere_data()
    {
        QTest::addColumn<bool>("shown");
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<bool>("forgotten");
        const MessageRecord first = recordOf(u"m1"_s, {}, someTime);
        const MessageRecord sibling = recordOf(u"m5"_s, {}, someTime.addSecs(9));
        const MessageRecord namesake = recordOf(u"m1"_s, {}, someTime.addSecs(9));
        QTest::newRow("a new session is empty") << false << Snapshot{} << false;
        QTest::newRow("a session of others is joined")
            << false << Snapshot{1, {first}, u"m1"_s} << false;
        QTest::newRow("the same again") << true << Snapshot{1, {first}, u"m1"_s} << false;
        QTest::newRow("another branch of it")
            << true << Snapshot{5, {first, sibling}, u"m5"_s} << false;
        QTest::newRow("an empty one") << true << Snapshot{} << true;
        QTest::newRow("one that began anew and counts from one again")
            << true << Snapshot{1, {namesake}, u"m1"_s} << true;
    }
    void snapshotSaysWhetherTheConversationIsStillThere()
    {
        QFETCH(bool, shown);
        QFETCH(Snapshot, snapshot);
        QFETCH(bool, forgotten);
        SessionView view = shown ? viewWithRunningTurn() : SessionView();
        const Changes changes = view.apply(snapshot);
        QVERIFY(std::holds_alternative<change::Reset>(changes.first()));
        QCOMPARE(std::holds_alternative<change::Forgotten>(changes.last()), forgotten);
        QVERIFY(!std::holds_alternative<change::Forgotten>(view.apply(snapshot).last()));
    }

    void ownMessageIsRefusedAndTakenAway()
    {
        SessionView view = viewWithRunningTurn();
        view.addOutgoing({u"Two"_s, {}, u"c-2"_s}, someTime);
        QCOMPARE(view.count(), 3);
        QVERIFY(view.refuseOutgoing(u"nobody"_s, {}).isEmpty());
        const Changes refused = view.refuseOutgoing(u"c-2"_s, {u"too_large"_s, u"Too long."_s, {}});
        QCOMPARE(std::get<change::RowChanged>(refused[0]).row, 2);
        QCOMPARE(view.at(2).delivery, Delivery::Refused);
        const Changes removed = view.removeOutgoing(u"c-2"_s);
        QCOMPARE(std::get<change::RowRemoved>(removed[0]).row, 2);
        QCOMPARE(view.count(), 2);
        QVERIFY(view.removeOutgoing(u"c-2"_s).isEmpty());
    }

    void circleInASnapshotEnds()
    {
        SessionView view;
        MessageRecord a, b;
        a.messageId = b.parentId = u"a"_s;
        b.messageId = a.parentId = u"b"_s;
        view.apply(Snapshot{1, {a, b}, u"a"_s});
        QCOMPARE(view.count(), 2);
    }

    //! 200,000 chunks in a fraction of the test's time limit: appending is no copy of the answer.
    void chunkCostsTheSameWhateverTheLength()
    {
        SessionView view = viewWithRunningTurn();
        const QString piece = u"0123456789 "_s.repeated(5);
        constexpr Seq count = 200'000;
        for (Seq seq = 3; seq < 3 + count; ++seq)
            view.apply(Chunk{seq, u"t1"_s, piece, u"default"_s});
        QCOMPARE(view.at(1).content.size(), qsizetype(count) * piece.size());
    }

private:
    static void sessions()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : recordedSessionNames())
            QTest::newRow(qPrintable(name)) << name;
    }

    static bool beginsSomething(const ServerFrame &frame)
    {
        return std::holds_alternative<SessionHello>(frame) ||
               std::holds_alternative<Snapshot>(frame);
    }

    static Changes addOwn(SessionView &view, const ClientFrame &frame)
    {
        if (const auto *message = std::get_if<SendMessage>(&frame))
            return view.addOutgoing(*message, someTime);
        if (const auto *edit = std::get_if<EditMessage>(&frame))
            return view.addEdit(*edit, someTime);
        if (const auto *again = std::get_if<RegenerateAnswer>(&frame))
            return view.addAsked({Asked::Kind::Regenerate, again->id, again->messageId});
        const auto &goOn = std::get<ContinueAnswer>(frame);
        return view.addAsked({Asked::Kind::Continue, goOn.id, goOn.messageId});
    }

    static SessionView viewAfter(const RecordedSession &session, const QList<ServerFrame> &frames)
    {
        SessionView view;
        for (const ClientFrame &frame : session.outgoing)
            addOwn(view, frame);
        for (const ServerFrame &frame : frames)
            view.apply(frame);
        return view;
    }

    static MessageRecord recordOf(const QString &id, const QString &parent, const QDateTime &at)
    {
        MessageRecord record;
        record.messageId = id;
        record.parentId = parent;
        record.at = at;
        return record;
    }

    static SessionView viewWithRunningTurn()
    {
        SessionView view;
        view.apply(UserMessage{1, u"m1"_s, {}, u"One"_s, {}, someTime});
        TurnStarted turn;
        turn.seq = 2;
        turn.turn = u"t1"_s;
        turn.messageId = u"m2"_s;
        turn.parentId = u"m1"_s;
        turn.at = someTime;
        view.apply(turn);
        return view;
    }
};

QTEST_GUILESS_MAIN(TestSessionView)
#include "tst_sessionview.moc"
