#include "client/sessionfiles.h"
#include "conversationframes.h"
#include "models/conversationrows.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int most = ConversationRows::blocksOfRow;

//! Both models on one view, with a tester each.
struct Shown
{
    SessionView view;
    MessageListModel messages{view};
    ConversationRows rows{messages};
    QAbstractItemModelTester messagesTester{&messages,
                                            QAbstractItemModelTester::FailureReportingMode::QtTest};
    QAbstractItemModelTester rowsTester{&rows,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest};

    void apply(const ServerFrame &frame) { messages.follow(view.apply(frame)); }
    [[nodiscard]] QVariant at(int row, int role) const { return rows.data(rows.index(row), role); }
    [[nodiscard]] BlockSlice *slice(int row) const
    {
        return at(row, ConversationRows::SliceRole).value<BlockSlice *>();
    }
};

//! Every message is there, in order and whole, in as few rows as there can be.
void compare(const Shown &shown)
{
    int row = 0;
    for (int message = 0; message < shown.messages.rowCount(); ++message) {
        const QModelIndex index = shown.messages.index(message);
        const auto *const blocks =
            index.data(MessageListModel::BlocksRole).value<BlockListModel *>();
        const int parts = blocks ? std::max(1, (blocks->rowCount() + most - 1) / most) : 1;
        QStringList texts;
        for (int part = 0; part < parts; ++part, ++row) {
            QCOMPARE(shown.at(row, ConversationRows::MessageRole).toInt(), message);
            QCOMPARE(shown.at(row, ConversationRows::BeginningRole).toBool(), part == 0);
            QCOMPARE(shown.at(row, ConversationRows::EndingRole).toBool(), part == parts - 1);
            QCOMPARE(shown.at(row, MessageListModel::TextRole),
                     index.data(MessageListModel::TextRole));
            const BlockSlice *const slice = shown.slice(row);
            QCOMPARE(slice != nullptr, blocks != nullptr);
            for (int i = 0; slice && i < slice->rowCount(); ++i)
                texts.append(slice->index(i).data(BlockListModel::TextRole).toString());
        }
        QCOMPARE(shown.rows.endOf(message), row - 1);
        QStringList whole;
        for (int i = 0; blocks && i < blocks->rowCount(); ++i)
            whole.append(blocks->index(i).data(BlockListModel::TextRole).toString());
        QCOMPARE(texts, whole);
    }
    QCOMPARE(shown.rows.rowCount(), row);
    QCOMPARE(shown.rows.endOf(shown.messages.rowCount()), -1);
}

QString paragraphs(int count)
{
    QString text;
    for (int i = 1; i <= count; ++i)
        text += u"Paragraph %1.\n\n"_s.arg(i);
    return text;
}

} // namespace

class TestConversationRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsFollowEveryRecordedSession_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : recordedSessionNames())
            QTest::newRow(qPrintable(name)) << name;
    }
    void rowsFollowEveryRecordedSession()
    {
        QFETCH(QString, name);
        const RecordedSession session = readRecordedSession(name);
        Shown shown;
        for (qsizetype i = 0; i < session.frames.size(); ++i) {
            shown.apply(session.frames[i]);
            compare(shown);
            for (const auto &between : session.snapshots) {
                if (between.after == i + 1) {
                    shown.apply(between.frame);
                    compare(shown);
                }
            }
        }
    }

    void answerThatGrowsGetsRows()
    {
        Shown shown;
        for (const ServerFrame &frame : conversation({user(u"m1"_s, {}, u"Go on"_s)}))
            shown.apply(frame);
        shown.apply(TurnStarted{101, u"t1"_s, u"m2"_s, u"m1"_s, u"default"_s, u"g"_s, someTime()});
        const QString text = paragraphs(3 * most);
        int rows = shown.rows.rowCount();
        int added = 0;
        Seq seq = 102;
        // One block at a time; the model draws once a frame, so that each is waited for.
        for (qsizetype from = 0; from < text.size();) {
            const qsizetype end = text.indexOf(u"\n\n", from) + 2;
            shown.apply(Chunk{seq++, u"t1"_s, text.mid(from, end - from), {}});
            from = end;
            const auto *const blocks = shown.messages.index(1)
                                           .data(MessageListModel::BlocksRole)
                                           .value<BlockListModel *>();
            QTRY_COMPARE(blocks->rowCount(), int(seq - 102));
            compare(shown);
            added += shown.rows.rowCount() - std::exchange(rows, shown.rows.rowCount());
        }
        QCOMPARE(added, 2);
        QCOMPARE(rows, 4);
    }

    //! As when a connection comes back to an answer that was begun again.
    void answerThatShrinksGivesRowsBack()
    {
        Shown shown;
        for (const int count : {5 * most, most + 1, most, 3, 2 * most, 0, 4 * most}) {
            const auto frames = conversation({user(u"m1"_s, {}, u"Go on"_s),
                                              answer(u"m2"_s, u"m1"_s, paragraphs(count)),
                                              user(u"m3"_s, u"m2"_s, u"And?"_s)});
            for (const ServerFrame &frame : frames)
                shown.apply(frame);
            QCOMPARE(shown.rows.rowCount(), 2 + std::max(1, (count + most - 1) / most));
            compare(shown);
        }
    }

    //! A view that is told in time keeps what it has made.
    void whatChangesIsToldOfItsRowsOnly()
    {
        Shown shown;
        const auto frames =
            conversation({user(u"m1"_s, {}, u"Go on"_s),
                          answer(u"m2"_s, u"m1"_s, paragraphs(3 * most), MessageState::Running)});
        for (const ServerFrame &frame : frames)
            shown.apply(frame);
        QList<std::pair<int, int>> changed;
        connect(&shown.rows, &ConversationRows::dataChanged, this,
                [&](const QModelIndex &from, const QModelIndex &to) {
                    changed.append({from.row(), to.row()});
                });
        BlockSlice *const first = shown.slice(1);
        QAbstractItemModelTester tester(shown.slice(3),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        int early = 0;
        connect(first, &BlockSlice::dataChanged, this, [&] { ++early; });
        shown.apply(Chunk{101, u"t-m2"_s, u"More.\n\nAnd more.\n\n"_s, {}});
        const auto *const blocks =
            shown.messages.index(1).data(MessageListModel::BlocksRole).value<BlockListModel *>();
        QTRY_COMPARE(blocks->rowCount(), 3 * most + 2);
        QCOMPARE(shown.slice(1), first);
        QCOMPARE(early, 0);
        QCOMPARE(changed.first(), std::pair(1, 3)); // its text
        QCOMPARE(changed.last(), std::pair(3, 3));  // no longer the last one
        compare(shown);
    }
};

QTEST_MAIN(TestConversationRows)
#include "tst_conversationrows.moc"
