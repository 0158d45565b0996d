#include "client/scriptedserver.h"
#include "models/conversationlistmodel.h"
#include "models/listwords.h"
#include "models/words.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject line(const QString &id, int age, bool pinned = false, bool answering = false)
{
    const QDateTime at = QDateTime(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC).addSecs(-60 * age);
    const QString time = at.toString(Qt::ISODateWithMs);
    return {{u"id"_s, id},
            {u"title"_s, QString(u"About "_s + id)},
            {u"pinned"_s, pinned},
            {u"created_at"_s, time},
            {u"updated_at"_s, time},
            {u"messages"_s, 2},
            {u"answering"_s, answering}};
}

ListedConversation known(const QString &id, int age)
{
    const QDateTime at = QDateTime(QDate(2026, 1, 31), QTime(12, 0), Qt::UTC).addSecs(-60 * age);
    return {id, u"About "_s + id, false, at, at, 2, false, {}};
}

QByteArray page(const QJsonArray &lines, const QString &next = {})
{
    QJsonObject page{{u"conversations"_s, lines}};
    if (!next.isEmpty())
        page.insert(u"next"_s, next);
    return QJsonDocument(page).toJson();
}

QByteArray problem(const QString &detail)
{
    return QJsonDocument(QJsonObject{{u"detail"_s, detail}, {u"code"_s, u"internal"_s}}).toJson();
}

ConversationList::Times quick()
{
    ConversationList::Times times;
    times.betweenRefreshes = 1ms;
    times.typingPause = 1ms;
    times.firstLook = 10ms;
    times.requests.small = 5s;
    return times;
}

} // namespace

//! The side bar's list in front of a server that says what it is told.
class TestConversationList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pinnedAndThenNewestAreListed()
    {
        Fixture f;
        f.answer({200, page({line(u"old"_s, 60), line(u"new"_s, 1), line(u"kept"_s, 90, true)})});
        f.list.refresh();
        QTRY_COMPARE(f.ids(), QStringList({u"old"_s, u"new"_s, u"kept"_s})); // The server's order.
        QCOMPARE(f.role(0, ConversationListModel::TitleRole), u"About old"_s);
        QCOMPARE(f.role(2, ConversationListModel::GroupRole), u"Pinned"_s);
        QCOMPARE(f.model.note(), QString());
        QCOMPARE(f.server.requests(), QStringList{u"GET /api/conversations?limit=50"_s});
    }

    void failure_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("says");

        QTest::newRow("the server's own words are said")
            << 503 << problem(u"The disk is full."_s)
            << u"The list could not be loaded. The disk is full."_s;
        QTest::newRow("a proxy's page has none")
            << 502 << QByteArray("<html>Bad gateway</html>")
            << u"The list could not be loaded. The server answered with the status 502."_s;
        QTest::newRow("what is no list is said")
            << 200 << QByteArray("{\"conversations\": 3}")
            << u"The list could not be loaded. The server gave an answer that cannot be read."_s;
        QTest::newRow("nor is what is no JSON")
            << 200 << QByteArray("nonsense")
            << u"The list could not be loaded. The server gave an answer that cannot be read."_s;
        QTest::newRow("a redirect is not followed")
            << 302 << QByteArray()
            << u"The list could not be loaded. The server answered with the status 302."_s;
    }
    void failure()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Fixture f;
        f.answer({status, body});
        f.list.refresh();
        QTEST(f.problemSoon(), "says");
        f.answer({200, page({line(u"a"_s, 1)})});
        f.model.retry();
        QTRY_COMPARE(f.ids(), QStringList{u"a"_s});
        QCOMPARE(f.model.problem(), QString());
    }

    void silenceEndsWithTheTime()
    {
        ConversationList::Times times = quick();
        times.requests.small = 50ms;
        Fixture f(times);
        f.answer({0, {}});
        f.list.refresh();
        QTRY_COMPARE(f.model.problem(),
                     u"The list could not be loaded. The server does not answer."_s);
    }

    void linesThatAreNoneAreLeftOut()
    {
        Fixture f;
        f.answer({200, page({QJsonObject{{u"id"_s, 3}}, line(u"good"_s, 1), QJsonValue::Null})});
        f.list.refresh();
        QTRY_COMPARE(f.ids(), QStringList{u"good"_s});
    }

    void nextPagesAreFetchedAtTheEnd()
    {
        Fixture f;
        f.server.answerRequestsWith([](const ScriptedServer::Request &request) {
            return ScriptedServer::Answer{200, request.path.contains("cursor=c%2B1")
                                                   ? page({line(u"b"_s, 2)})
                                                   : page({line(u"a"_s, 1)}, u"c+1"_s)};
        });
        f.list.refresh();
        QTRY_VERIFY(f.model.hasMore());
        f.model.fetchNext();
        QTRY_COMPARE(f.ids(), QStringList({u"a"_s, u"b"_s}));
        QVERIFY(!f.model.hasMore());
    }

    void searchShowsWhatWasFoundAndWhere()
    {
        Fixture f;
        f.server.answerRequestsWith([](const ScriptedServer::Request &request) {
            QJsonObject found = line(u"found"_s, 5);
            found[u"title"_s] = u"About <rivers> & more"_s;
            found[u"match"_s] =
                QJsonObject{{u"message_id"_s, u"m7"_s},
                            {u"text"_s, u"the river <b> flows"_s},
                            {u"ranges"_s, QJsonArray{QJsonArray{4, 9}, QJsonArray{90, 99}}}};
            return ScriptedServer::Answer{200, request.path.contains("q=river%20%26")
                                                   ? page({found})
                                                   : page({line(u"a"_s, 1)})};
        });
        f.list.refresh();
        QTRY_COMPARE(f.ids(), QStringList{u"a"_s});
        f.model.search(u"  river & "_s);
        QTRY_COMPARE(f.ids(), QStringList{u"found"_s});
        QCOMPARE(f.role(0, ConversationListModel::GroupRole), u"Found"_s);
        QCOMPARE(f.role(0, ConversationListModel::MessageIdRole), u"m7"_s);
        QCOMPARE(f.role(0, ConversationListModel::SnippetRole),
                 u"the <b>river</b> &lt;b&gt; flows"_s);
        QCOMPARE(f.role(0, ConversationListModel::MarkedTitleRole),
                 u"About &lt;<b>river</b>s&gt; &amp; more"_s);
        f.model.search({});
        QCOMPARE(f.ids(), QStringList{u"a"_s});
    }

    void nothingFoundIsSaid()
    {
        Fixture f;
        f.model.search(u"xyzzy"_s);
        QTRY_COMPARE(f.model.note(), u"Nothing found for “xyzzy”."_s);
    }

    void onlyTheLastWordsAreSearched()
    {
        ConversationList::Times times = quick();
        times.typingPause = 20ms;
        Fixture f(times);
        f.model.search(u"r"_s);
        f.model.search(u"ri"_s);
        f.model.search(u"riv"_s);
        QTRY_COMPARE(f.model.note(), u"Nothing found for “riv”."_s);
        QCOMPARE(f.server.requests(), QStringList{u"GET /api/conversations?limit=50&q=riv"_s});
    }

    void renameIsShownAtOnceAndTakenBack()
    {
        Fixture f;
        f.answer({200, page({line(u"a"_s, 1)})});
        f.list.refresh();
        QTRY_COMPARE(f.ids().size(), 1);
        f.answer({422, problem(u"The title is too long."_s)});
        QString said;
        f.list.rename(u"a"_s, u"Rivers"_s,
                      [&said](const auto &problem) { said = problem ? problem->text : u"done"_s; });
        QCOMPARE(f.role(0, ConversationListModel::TitleRole), u"Rivers"_s);
        QTRY_COMPARE(said, u"The title is too long."_s);
        QCOMPARE(f.role(0, ConversationListModel::TitleRole), u"About a"_s);
        QCOMPARE(f.server.requests().constLast(), u"PATCH /api/conversations/a"_s);
    }

    void pinnedOneGoesToTheTop()
    {
        Fixture f;
        f.server.answerRequestsWith([](const ScriptedServer::Request &request) {
            return ScriptedServer::Answer{200, request.method == "PATCH"
                                                   ? QJsonDocument(line(u"b"_s, 2, true)).toJson()
                                                   : page({line(u"a"_s, 1), line(u"b"_s, 2)})};
        });
        f.list.refresh();
        QTRY_COMPARE(f.ids().size(), 2);
        f.list.pin(u"b"_s, true, [](const auto &problem) { QVERIFY(!problem); });
        QCOMPARE(f.ids(), QStringList({u"b"_s, u"a"_s}));
    }

    void deletedOneIsGoneAtOnceAndBackWhenItIsRefused()
    {
        Fixture f;
        f.answer({200, page({line(u"a"_s, 1), line(u"b"_s, 2)})});
        f.list.refresh();
        QTRY_COMPARE(f.ids().size(), 2);
        f.answer({503, problem(u"Later."_s)});
        bool refused = false;
        f.list.remove(u"a"_s, [&refused](const auto &problem) { refused = problem.has_value(); });
        QCOMPARE(f.ids(), QStringList{u"b"_s});
        QTRY_VERIFY(refused);
        QCOMPARE(f.ids(), QStringList({u"a"_s, u"b"_s}));
    }

    void answerOfAnotherConversationIsLookedAtAgain()
    {
        Fixture f;
        f.answer({200, page({line(u"a"_s, 1, false, true)})});
        f.list.refresh();
        QTRY_VERIFY(f.server.requests().size() >= 3);
        f.answer({200, page({line(u"a"_s, 1)})});
        QTRY_COMPARE(f.model.index(0).data(ConversationListModel::AnsweringRole).toBool(), false);
    }

    void nothingIsAskedWhileNobodyLooks()
    {
        Fixture f;
        f.list.setWatched(false);
        f.list.refresh();
        QTest::qWait(30);
        QCOMPARE(f.server.requests().size(), 0);
        f.list.setWatched(true);
        QTRY_COMPARE(f.server.requests().size(), 1);
    }

    void openOneIsThereBeforeTheServerListsIt()
    {
        Fixture f;
        f.answer({200, page({line(u"a"_s, 1)})});
        f.list.refresh();
        QTRY_COMPARE(f.ids().size(), 1);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        f.model.setOpen({{u"mine"_s, u"Hello"_s, now, false, false, false}}, u"mine"_s);
        QCOMPARE(f.ids(), QStringList({u"mine"_s, u"a"_s}));
        QVERIFY(f.model.index(0).data(ConversationListModel::UnsentRole).toBool());
        QVERIFY(f.model.index(0).data(ConversationListModel::CurrentRole).toBool());
        f.model.setOpen({{u"a"_s, u"Another title"_s, now, true, true, true}}, u"mine"_s);
        QCOMPARE(f.ids(), QStringList{u"a"_s});
        QCOMPARE(f.role(0, ConversationListModel::TitleRole), u"Another title"_s);
        QVERIFY(f.model.index(0).data(ConversationListModel::UnreadRole).toBool());
    }

    void thousandsAreKeptInOrderWithFewChanges()
    {
        Fixture f;
        QJsonArray lines;
        for (int i = 0; i < 5000; ++i)
            lines.append(line(u"c%1"_s.arg(i), i));
        f.answer({200, page(lines)});
        f.list.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(f.ids().size(), 5000, 20'000);
        QSignalSpy moved(&f.model, &QAbstractItemModel::rowsMoved);
        QSignalSpy inserted(&f.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy told(&f.model, &QAbstractItemModel::dataChanged);
        f.list.pin(u"c4321"_s, true, [](const auto &) {});
        QCOMPARE(f.ids().constFirst(), u"c4321"_s);
        QCOMPARE(moved.size(), 1);
        QCOMPARE(inserted.size(), 0);
        QCOMPARE(told.size(), 1);
    }

    void whatIsKnownIsShownUntilTheServerHasSaid()
    {
        Fixture f;
        f.answer({503, problem(u"Later."_s)});
        const QDateTime at(QDate(2026, 1, 30), QTime(14, 3), Qt::UTC);
        f.list.setKnown({known(u"a"_s, 1), known(u"b"_s, 2)}, at);
        QCOMPARE(f.ids(), QStringList({u"a"_s, u"b"_s}));
        QVERIFY(!f.list.saidAt().isValid());
        QCOMPARE(f.model.problem(), QString());
        f.list.refresh();
        QCOMPARE(f.problemSoon(), u"This is the list as of %1. Later."_s.arg(words::moment(at)));
        QCOMPARE(f.ids(), QStringList({u"a"_s, u"b"_s}));
        f.answer({200, page({line(u"b"_s, 2)})});
        f.model.retry();
        QTRY_COMPARE(f.ids(), QStringList{u"b"_s});
        QVERIFY(f.list.saidAt().isValid());
        QCOMPARE(f.model.problem(), QString());
        f.answer({503, problem(u"Later."_s)});
        f.list.refresh();
        QCOMPARE(f.problemSoon(), u"The list could not be updated. Later."_s);
    }

    //! The key of the cache may come after the server's first page.
    void whatIsKnownLateStandsBehindWhatTheServerSaid()
    {
        Fixture f;
        f.server.answerRequestsWith([](const ScriptedServer::Request &request) {
            return ScriptedServer::Answer{
                200, request.path.contains("cursor")
                         ? page({line(u"c"_s, 3), line(u"d"_s, 4)})
                         : page({line(u"a"_s, 1), line(u"b"_s, 2)}, u"next"_s)};
        });
        f.list.refresh();
        QTRY_COMPARE(f.ids(), QStringList({u"a"_s, u"b"_s}));
        f.list.setKnown(
            {known(u"gone"_s, 0), known(u"b"_s, 2), known(u"c"_s, 3), known(u"gone too"_s, 5)},
            QDateTime::currentDateTimeUtc());
        QCOMPARE(f.ids(), QStringList({u"a"_s, u"b"_s, u"c"_s, u"gone too"_s}));
        QTRY_COMPARE(f.ids(), QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
        QCOMPARE(f.server.requests().constLast(),
                 u"GET /api/conversations?limit=200&cursor=next"_s);
        f.list.setKnown({known(u"gone too"_s, 5)}, QDateTime::currentDateTimeUtc());
        QCOMPARE(f.ids().size(), 4); // All has come.
    }

    void groupsAreByDay_data()
    {
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("group");

        QTest::newRow("today") << 0 << u"Today"_s;
        QTest::newRow("the server's clock is ahead") << -1 << u"Today"_s;
        QTest::newRow("yesterday") << 1 << u"Yesterday"_s;
        QTest::newRow("a week") << 7 << u"Previous 7 days"_s;
        QTest::newRow("a month") << 30 << u"Previous 30 days"_s;
        QTest::newRow("this year") << 100 << QLocale().standaloneMonthName(4);
        QTest::newRow("years ago") << 800 << u"2024"_s;
    }
    void groupsAreByDay()
    {
        QFETCH(int, days);
        const QDate today(2026, 7, 20);
        ListedConversation one;
        one.updatedAt = QDateTime(today.addDays(-days), QTime(12, 0));
        QTEST(words::dayGroup(one, today), "group");
    }

    void excerptIsReadWithoutMarkup_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("read");

        QTest::newRow("bold") << u"the **longest ⟦river⟧** of all"_s
                              << u"the longest ⟦river⟧ of all"_s;
        QTest::newRow("bold that is cut") << u"… ⟦river⟧** of all"_s << u"… ⟦river⟧ of all"_s;
        QTest::newRow("italic") << u"a *long* ⟦river⟧"_s << u"a long ⟦river⟧"_s;
        QTest::newRow("both") << u"***⟦river⟧***, ~~not~~"_s << u"⟦river⟧, not"_s;
        QTest::newRow("the mark is within what was found") << u"⟦ri**ver⟧**"_s << u"⟦ri**ver⟧"_s;
        QTest::newRow("code") << u"call `⟦river⟧(*p)` once"_s << u"call ⟦river⟧(*p) once"_s;
        QTest::newRow("code with a grave") << u"``a ` ⟦river⟧`` x"_s << u"a ` ⟦river⟧ x"_s;
        QTest::newRow("a fence") << u"so: ```cpp int *⟦river⟧ = **p; ``` and"_s
                                 << u"so:  int *⟦river⟧ = **p;  and"_s;
        QTest::newRow("a fence that is cut") << u"```int *⟦river⟧ …"_s << u" *⟦river⟧ …"_s;
        QTest::newRow("a heading") << u"## The ⟦river⟧ ### Its end"_s << u"The ⟦river⟧ Its end"_s;
        QTest::newRow("a language") << u"C# and ⟦river⟧ #1"_s << u"C# and ⟦river⟧ #1"_s;
        QTest::newRow("a power") << u"2**3 ⟦river⟧ 4 * 5"_s << u"2**3 ⟦river⟧ 4 * 5"_s;
        QTest::newRow("a name in C") << u"__init__ my_⟦river⟧_x"_s << u"__init__ my_⟦river⟧_x"_s;
        QTest::newRow("a link") << u"see [the ⟦river⟧](https://x.y/z) or not"_s
                                << u"see the ⟦river⟧ or not"_s;
        QTest::newRow("a table's line")
            << u"| A | |---|:-:| | ⟦river⟧ |"_s << u"| A | | ⟦river⟧ |"_s;
        QTest::newRow("markup alone") << u"**"_s << u"**"_s;
        QTest::newRow("nothing") << QString() << QString();
    }

    //! What was found stands in corners.
    void excerptIsReadWithoutMarkup()
    {
        QFETCH(QString, line);
        QFETCH(const QString, read);
        words::Ranges ranges;
        const QRegularExpression corners(u"⟦(.*?)⟧"_s);
        for (auto match = corners.match(line); match.hasMatch(); match = corners.match(line)) {
            const qsizetype at = match.capturedStart();
            line.replace(at, match.capturedLength(), match.captured(1));
            ranges.append({int(at), int(at + match.capturedLength(1))});
        }
        const words::Excerpt excerpt = words::withoutMarkup(line, ranges);
        QString shown = excerpt.text;
        for (auto range = excerpt.ranges.crbegin(); range != excerpt.ranges.crend(); ++range)
            shown.insert(range->second, u'⟧').insert(range->first, u'⟦');
        QCOMPARE(shown, read);
    }

private:
    struct Fixture
    {
        explicit Fixture(const ConversationList::Times &times = quick())
            : list(server.url(), times)
        {
            model.setList(&list);
        }
        void answer(const ScriptedServer::Answer &told)
        {
            server.answerRequestsWith([told](const ScriptedServer::Request &) { return told; });
        }
        [[nodiscard]] QStringList ids() const
        {
            QStringList ids;
            for (int row = 0; row < model.rowCount(); ++row)
                ids.append(model.index(row).data(ConversationListModel::IdRole).toString());
            return ids;
        }
        [[nodiscard]] QString role(int row, int role) const
        {
            return model.index(row).data(role).toString();
        }
        [[nodiscard]] QString problemSoon() const
        {
            (void)QTest::qWaitFor([this] { return !model.problem().isEmpty(); });
            return model.problem();
        }

        ScriptedServer server;
        ConversationList list;
        ConversationListModel model;
        QAbstractItemModelTester tester{&model};
    };
};

QTEST_GUILESS_MAIN(TestConversationList)
#include "tst_conversationlist.moc"
