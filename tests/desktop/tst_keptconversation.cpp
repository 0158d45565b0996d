#include "client/sessionfiles.h"
#include "models/keptconversation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime someTime = QDateTime::fromMSecsSinceEpoch(1'780'000'000'000).toUTC();

//! Without what a snapshot does not say: that a turn asks again, and a code of tomorrow.
QByteArray text(const SessionView &view)
{
    QByteArray json = QJsonDocument(stateOf(view)).toJson(QJsonDocument::Compact);
    QJsonObject state = QJsonDocument::fromJson(json).object();
    QJsonArray rows = state[u"messages"_s].toArray();
    for (QJsonValueRef row : rows) {
        QJsonObject said = row.toObject();
        said.remove(u"retrying"_s);
        if (said.contains(u"code"_s) && !errorCodeFromWire(said[u"code"_s].toString()))
            said[u"code"_s] = u"internal"_s;
        row = said;
    }
    state[u"messages"_s] = rows;
    return QJsonDocument(state).toJson();
}

SessionView viewOf(const KeptConversation &kept)
{
    SessionView view;
    view.apply(kept.hello);
    view.apply(kept.snapshot);
    return view;
}

bool operator==(const UnsentRequest &one, const UnsentRequest &other)
{
    return one.frame == other.frame && one.id == other.id && one.at == other.at &&
           one.refused == other.refused;
}

} // namespace

//! What is put into the cache is what comes out of it.
class TestKeptConversation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyConversationComesBack_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = recordedSessionNames();
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }
    void everyConversationComesBack()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionView view;
        for (const ServerFrame &frame : session.frames) {
            view.apply(frame);
            const CachedSnapshot cached = toCache(keptOf(view));
            QCOMPARE(cached.seq, view.seq());
            QCOMPARE(cached.epoch, view.epoch());
            const auto kept = keptFrom(cached);
            QVERIFY(kept);
            const SessionView back = viewOf(*kept);
            QCOMPARE(back.snapshot(), view.snapshot());
            QCOMPARE(back.epoch(), view.epoch());
            QCOMPARE(back.liveTurn(), view.liveTurn());
            QCOMPARE(back.hello().agents, view.hello().agents);
            QCOMPARE(back.hello().limits, view.hello().limits);
            QVERIFY(!back.hello().resumed);
        }
    }

    //! The log goes on where it was left, in whatever place that was.
    void whoeverGoesOnSeesTheSame_data() { everyConversationComesBack_data(); }
    void whoeverGoesOnSeesTheSame()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        SessionView whole;
        for (const ServerFrame &frame : session.frames)
            whole.apply(frame);
        for (qsizetype k = 1; k <= session.frames.size(); ++k) {
            SessionView before;
            for (const ServerFrame &frame : session.frames.first(k))
                before.apply(frame);
            if (before.hello().epoch != before.epoch())
                continue; // A snapshot of another log was announced: it comes first.
            SessionView view = viewOf(*keptFrom(toCache(keptOf(before))));
            for (const ServerFrame &frame : session.frames.sliced(k))
                view.apply(frame);
            QCOMPARE(text(view), text(whole));
        }
    }

    void requests_data()
    {
        QTest::addColumn<UnsentRequest>("request");
        QTest::newRow("a message")
            << UnsentRequest{SendMessage{u"Hi\n\"you\" 👩‍👩‍👧"_s, u"poet"_s, u"c-1"_s},
                             u"c-1"_s,
                             someTime,
                             {}};
        QTest::newRow("a long one") << UnsentRequest{
            SendMessage{QString(300000, u'ä'), {}, u"c-1"_s}, u"c-1"_s, someTime, {}};
        QTest::newRow("a refused one")
            << UnsentRequest{SendMessage{u"Hi"_s, {}, u"c-1"_s}, u"c-1"_s, someTime,
                             Problem{u"words_of_tomorrow"_s, u"No."_s, {}}};
        QTest::newRow("an edit") << UnsentRequest{
            EditMessage{u"m1"_s, u"Hi"_s, u"poet"_s, u"c-1"_s}, u"c-1"_s, someTime, {}};
        QTest::newRow("asked again")
            << UnsentRequest{RegenerateAnswer{u"m1"_s, {}, u"c-1"_s}, u"c-1"_s, {}, {}};
        QTest::newRow("to go on with")
            << UnsentRequest{ContinueAnswer{u"m2"_s, u"c-1"_s}, u"c-1"_s, {}, {}};
    }
    void requests()
    {
        QFETCH(UnsentRequest, request);
        const auto back = requestFrom(toCache(request));
        QVERIFY(back);
        QVERIFY(*back == request);
    }

    void allThatIsUnsentIsFoundInTheView()
    {
        SessionView view;
        view.addOutgoing({u"one"_s, u"poet"_s, u"c-1"_s}, someTime);
        view.addEdit({u"m1"_s, u"two"_s, {}, u"c-2"_s}, someTime);
        view.refuseOutgoing(u"c-2"_s, {u"too_large"_s, u"No."_s, {}});
        view.addAsked({SessionView::Asked::Kind::Regenerate, u"c-3"_s, u"m1"_s});
        view.addAsked({SessionView::Asked::Kind::Continue, u"c-4"_s, u"m2"_s});
        const std::vector<UnsentRequest> unsent = unsentOf(view);
        QCOMPARE(unsent.size(), std::size_t(4));
        QVERIFY(unsent[0].frame == ClientFrame(SendMessage{u"one"_s, u"poet"_s, u"c-1"_s}));
        QVERIFY(!unsent[0].refused);
        QVERIFY(unsent[1].frame == ClientFrame(EditMessage{u"m1"_s, u"two"_s, {}, u"c-2"_s}));
        QCOMPARE(unsent[1].refused->text, u"No."_s);
        QVERIFY(unsent[2].frame == ClientFrame(RegenerateAnswer{u"m1"_s, {}, u"c-3"_s}));
        QVERIFY(unsent[3].frame == ClientFrame(ContinueAnswer{u"m2"_s, u"c-4"_s}));
    }

    void whatIsNothingOfOursIsNothing()
    {
        const QByteArray stop = toCache(UnsentRequest{StopTurn{u"t1"_s}, {}, {}, {}});
        const QByteArray nameless =
            toCache(UnsentRequest{SendMessage{u"Hi"_s, {}, {}}, {}, {}, {}});
        for (const QByteArray &bytes :
             {QByteArray(), QByteArray("{}"), QByteArray("draft"), stop, nameless})
            QVERIFY(!requestFrom(bytes));
        SessionView view;
        view.apply(SessionHello{});
        const CachedSnapshot good = toCache(keptOf(view));
        QVERIFY(keptFrom(good));
        for (const QByteArray &bytes :
             {QByteArray(), QByteArray("\n"), QByteArray("{}\n{}"),
              good.content.first(good.content.indexOf('\n')), good.content.chopped(1)})
            QVERIFY(!keptFrom({good.seq, good.epoch, bytes}));
        QVERIFY(!keptFrom({good.seq + 1, good.epoch, good.content}));
        QVERIFY(!keptFrom({good.seq, u"another"_s, good.content}));
    }

    //! What the window's thread does at the end of each answer.
    void aLongOneIsPutTogether()
    {
        constexpr qsizetype messages = 500;
        Snapshot snapshot;
        for (qsizetype i = 0; i < messages; ++i) {
            MessageRecord record;
            record.messageId = u"m%1"_s.arg(i);
            record.parentId = i == 0 ? QString() : u"m%1"_s.arg(i - 1);
            record.content = u"A line of an answer, with \"quotes\".\n"_s.repeated(60);
            record.at = someTime;
            snapshot.messages.append(record);
        }
        snapshot.active = snapshot.messages.constLast().messageId;
        SessionView view;
        view.apply(snapshot);
        qsizetype bytes = 0;
        QBENCHMARK
        {
            bytes = toCache(keptOf(view)).content.size();
        }
        QVERIFY(bytes > 1'000'000);
        QCOMPARE(keptFrom(toCache(keptOf(view)))->snapshot, view.snapshot());
    }

    void linesComeBack()
    {
        const ListedConversation line{u"c1"_s, u"Rivers"_s, true, someTime, someTime.addSecs(1),
                                      7,       false,       {}};
        QCOMPARE(listedFrom(toCache(line)), line);
    }
};

Q_DECLARE_METATYPE(UnsentRequest)

QTEST_GUILESS_MAIN(TestKeptConversation)
#include "tst_keptconversation.moc"
