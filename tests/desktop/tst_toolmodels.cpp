#include "client/scriptedserver.h"
#include "conversationframes.h"
#include "models/boundedtext.h"
#include "models/chatsession.h"
#include "models/words.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Tester = QAbstractItemModelTester;

constexpr auto reporting = Tester::FailureReportingMode::QtTest;

ToolUse toolUse(const QString &call, ToolState state = ToolState::Running)
{
    ToolUse use;
    use.call = call;
    use.tool = u"search"_s;
    use.arguments = {{u"q"_s, u"longest river"_s}};
    use.agent = u"poet"_s;
    use.state = state;
    return use;
}

ToolUse doneUse(const QString &call, const QString &content, std::chrono::milliseconds took = 231ms)
{
    ToolUse use = toolUse(call, ToolState::Done);
    use.content = content;
    use.took = took;
    return use;
}

ToolUse failedUse(const QString &call, const QString &error)
{
    ToolUse use = toolUse(call, ToolState::Failed);
    use.error = error;
    use.took = 12ms;
    return use;
}

QVariant at(const QAbstractItemModel &model, int row, int role)
{
    return model.index(row, 0).data(role);
}

QString textAt(const QAbstractItemModel &model, int row, int role)
{
    return at(model, row, role).toString();
}

ToolListModel *toolsOf(const MessageListModel &model, int row)
{
    return at(model, row, MessageListModel::ToolsRole).value<ToolListModel *>();
}

SourceListModel *sourcesOf(const MessageListModel &model, int row)
{
    return at(model, row, MessageListModel::SourcesRole).value<SourceListModel *>();
}

TurnStarted turn(Seq seq)
{
    return {seq, u"t1"_s, u"m2"_s, u"m1"_s, u"poet"_s, u"gemini"_s, someTime()};
}

TurnComplete complete(Seq seq)
{
    TurnComplete complete;
    complete.seq = seq;
    complete.turn = u"t1"_s;
    complete.at = someTime();
    return complete;
}

ToolCalled called(Seq seq, ToolState state, const QString &call = u"c1"_s)
{
    return {seq, u"t1"_s, toolUse(call, state)};
}

//! A question and the answer that comes to it; the newest frame is 2.
struct Shown
{
    SessionView view;
    MessageListModel model{view};
    Tester tester{&model, reporting};

    Shown()
    {
        apply(UserMessage{1, u"m1"_s, {}, u"Which?"_s, {}, someTime()});
        apply(turn(2));
    }
    void apply(const ServerFrame &frame) { model.follow(view.apply(frame)); }
};

} // namespace

class TestToolModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsFollowTheFrames()
    {
        Shown shown;
        ToolListModel &tools = *toolsOf(shown.model, 1);
        Tester tester(&tools, reporting);
        QVERIFY(!tools.busy());
        shown.apply(called(3, ToolState::Waiting));
        QCOMPARE(tools.rowCount(), 1);
        QVERIFY(tools.busy());
        QCOMPARE(textAt(tools, 0, ToolListModel::CallRole), u"c1"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::ToolRole), u"search"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::PreviewRole), u"{\"q\":\"longest river\"}"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::InputRole), u"{\n  \"q\": \"longest river\"\n}"_s);
        QCOMPARE(at(tools, 0, ToolListModel::StageRole), QVariant(ToolListModel::Waiting));
        QCOMPARE(textAt(tools, 0, ToolListModel::StageTextRole), u"Waiting for approval"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::AskTextRole), u"poet wants to use this tool."_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::DurationRole), QString());
        shown.apply(called(4, ToolState::Running));
        QCOMPARE(at(tools, 0, ToolListModel::StageRole), QVariant(ToolListModel::Running));
        shown.apply(called(5, ToolState::Running, u"c2"_s));
        shown.apply(ToolAnswered{6, u"t1"_s, u"c1"_s, u"The Nile"_s, {}, 231ms});
        QCOMPARE(textAt(tools, 0, ToolListModel::StageTextRole), u"Done"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::ResultRole), u"The Nile"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::DurationRole), u"231 ms"_s);
        QCOMPARE(textAt(tools, 0, ToolListModel::FailureRole), QString());
        QCOMPARE(textAt(tools, 0, ToolListModel::SummaryRole),
                 u"Done, 231 ms, {\"q\":\"longest river\"}"_s);
        QVERIFY(tools.busy());
        shown.apply(ToolAnswered{7, u"t1"_s, u"c2"_s, {}, u"No ruler\nis that long."_s, 12ms});
        QVERIFY(!tools.busy());
        QCOMPARE(textAt(tools, 1, ToolListModel::StageTextRole), u"Failed"_s);
        QCOMPARE(textAt(tools, 1, ToolListModel::ResultRole), u"No ruler\nis that long."_s);
        QCOMPARE(textAt(tools, 1, ToolListModel::FailureRole), u"No ruler is that long."_s);
        QCOMPARE(toolsOf(shown.model, 1), &tools);
        QCOMPARE(toolsOf(shown.model, 0), nullptr);
    }

    //! A call's frames touch its row in the list of calls, and nothing that the text hangs on.
    void callsTouchNeitherTheTextNorEachOther()
    {
        Shown shown;
        ToolListModel &tools = *toolsOf(shown.model, 1);
        shown.apply(called(3, ToolState::Running));
        shown.apply(called(4, ToolState::Running, u"c2"_s));
        shown.apply(Chunk{5, u"t1"_s, u"One\n\nTwo"_s, {}});
        auto *blocks = at(shown.model, 1, MessageListModel::BlocksRole).value<BlockListModel *>();
        QSignalSpy blockChanged(blocks, &QAbstractItemModel::dataChanged);
        QSignalSpy toolChanged(&tools, &QAbstractItemModel::dataChanged);
        QSignalSpy rowChanged(&shown.model, &QAbstractItemModel::dataChanged);
        shown.apply(ToolAnswered{6, u"t1"_s, u"c2"_s, u"x"_s, {}, 1ms});
        QCOMPARE(blockChanged.size(), 0);
        QCOMPARE(toolChanged.size(), 1);
        QCOMPARE(toolChanged[0][0].toModelIndex().row(), 1);
        for (const QList<QVariant> &arguments : rowChanged) {
            const auto roles = arguments[2].value<QList<int>>();
            QVERIFY(!roles.isEmpty() && !roles.contains(MessageListModel::BlocksRole) &&
                    !roles.contains(MessageListModel::TextRole));
        }
        rowChanged.clear();
        shown.apply(Chunk{7, u"t1"_s, u" more"_s, {}});
        QCOMPARE(rowChanged.size(), 1);
        QCOMPARE(rowChanged[0][2].value<QList<int>>(), QList<int>{MessageListModel::TextRole});
        QCOMPARE(toolChanged.size(), 1);
    }

    void whatIsOpenWhenTheAnswerEndsNeverEnded()
    {
        Shown shown;
        ToolListModel &tools = *toolsOf(shown.model, 1);
        Tester tester(&tools, reporting);
        shown.apply(called(3, ToolState::Waiting));
        shown.apply(called(4, ToolState::Running, u"c2"_s));
        shown.apply(called(5, ToolState::Running, u"c3"_s));
        shown.apply(ToolAnswered{6, u"t1"_s, u"c3"_s, u"x"_s, {}, 1ms});
        QVERIFY(tools.awaits(u"c1"_s));
        QSignalSpy changed(&tools, &QAbstractItemModel::dataChanged);
        shown.apply(complete(7));
        QCOMPARE(changed.size(), 2);
        QCOMPARE(at(tools, 0, ToolListModel::StageRole), QVariant(ToolListModel::Unfinished));
        QCOMPARE(textAt(tools, 1, ToolListModel::StageTextRole), u"Not finished"_s);
        QCOMPARE(at(tools, 2, ToolListModel::StageRole), QVariant(ToolListModel::Done));
        QVERIFY(!tools.busy());
        QVERIFY(!tools.awaits(u"c1"_s));
    }

    void callsOfASnapshotAreThereAtOnce()
    {
        MessageRecord record = answer(u"m2"_s, u"m1"_s, u"The Nile."_s);
        record.tools = {doneUse(u"c1"_s, u"The Nile"_s), failedUse(u"c2"_s, u"No."_s)};
        record.sources = {{u"Rivers"_s, u"https://e.org/rivers"_s, {}}};
        record.agents = {{u"poet"_s, {}, true}, {u"critic"_s, u"poet"_s, true}};
        SessionView view;
        MessageListModel model(view);
        const QList<MessageRecord> messages{user(u"m1"_s, {}, u"Which?"_s), record};
        model.follow(view.apply(Snapshot{4, messages, u"m2"_s}));
        QCOMPARE(toolsOf(model, 1)->rowCount(), 2);
        QCOMPARE(sourcesOf(model, 1)->rowCount(), 1);
        QCOMPARE(textAt(model, 1, MessageListModel::AgentsTextRole), u"poet → critic"_s);
        // One that comes again touches nothing, one with less takes away.
        ToolListModel &tools = *toolsOf(model, 1);
        Tester tester(&tools, reporting);
        QSignalSpy changed(&tools, &QAbstractItemModel::dataChanged);
        model.follow(view.apply(Snapshot{5, messages, u"m2"_s}));
        QCOMPARE(toolsOf(model, 1), &tools);
        QCOMPARE(changed.size(), 0);
        record.tools = {doneUse(u"c2"_s, u"Yes."_s)};
        record.sources.clear();
        model.follow(view.apply(Snapshot{6, {messages[0], record}, u"m2"_s}));
        QCOMPARE(tools.rowCount(), 1);
        QCOMPARE(textAt(tools, 0, ToolListModel::ResultRole), u"Yes."_s);
        QCOMPARE(sourcesOf(model, 1)->rowCount(), 0);
    }

    //! The button that leads to the end shows that there is something new.
    void newCallsAndSourcesAreNews()
    {
        Shown shown;
        QSignalSpy grew(&shown.model, &MessageListModel::grew);
        shown.apply(called(3, ToolState::Waiting));
        QCOMPARE(grew.size(), 1);
        shown.apply(called(4, ToolState::Running));
        QCOMPARE(grew.size(), 1);
        shown.apply(SourcesFound{5, u"t1"_s, {{u"Rivers"_s, u"https://e.org"_s, {}}}});
        QCOMPARE(grew.size(), 2);
    }

    void approvalIsAskedForOnce()
    {
        Shown shown;
        QSignalSpy asked(&shown.model, &MessageListModel::toolAsked);
        shown.apply(called(3, ToolState::Waiting));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), u"poet"_s);
        QCOMPARE(asked[0][1].toString(), u"search"_s);
        ToolCalled other = called(4, ToolState::Waiting);
        other.use.arguments = {{u"q"_s, u"deepest lake"_s}};
        shown.apply(other);
        QCOMPARE(textAt(*toolsOf(shown.model, 1), 0, ToolListModel::PreviewRole),
                 u"{\"q\":\"deepest lake\"}"_s);
        shown.apply(called(5, ToolState::Running));
        shown.apply(called(6, ToolState::Running, u"c2"_s));
        QCOMPARE(asked.size(), 1);
        shown.apply(called(7, ToolState::Waiting, u"c2"_s));
        QCOMPARE(asked.size(), 2);
    }

    void argumentsAreBounded_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("line");
        QTest::newRow("none") << QJsonObject{} << u"{}"_s;
        QTest::newRow("every kind")
            << QJsonObject{{u"a"_s, true},
                           {u"b"_s, QJsonValue::Null},
                           {u"c"_s, QJsonArray{1, 2.5, QJsonArray{}}},
                           {u"d"_s, QJsonObject{{u"e"_s, u"\"\n"_s}}}}
            << u"{\"a\":true,\"b\":null,\"c\":[1,2.5,[]],\"d\":{\"e\":\"\\\"\\n\"}}"_s;
        QTest::newRow("a long text is cut") << QJsonObject{{u"a"_s, u"x"_s.repeated(5000)}}
                                            << u"{\"a\":\""_s + u"x"_s.repeated(194) + u"…"_s;
        QTest::newRow("no sign is cut in half")
            << QJsonObject{{u"a"_s, QString(u"x"_s.repeated(193) + u"👍"_s.repeated(20))}}
            << u"{\"a\":\""_s + u"x"_s.repeated(193) + u"…"_s;
        QTest::newRow("what would turn the order is seen")
            << QJsonObject{{u"a\u202e"_s, u"gpj.\u2066exe"_s}}
            << u"{\"a\\u202e\":\"gpj.\\u2066exe\"}"_s;
        QTest::newRow("marks that would, too") << QJsonObject{{u"a"_s, u"\u200f1\u061c2\u200e"_s}}
                                               << u"{\"a\":\"\\u200f1\\u061c2\\u200e\"}"_s;
        QTest::newRow("what is read from the right stays in its place")
            << QJsonObject{{u"a"_s, QJsonArray{u"א"_s, u"ב"_s, u"c"_s}}}
            << u"\u200e{\"a\":[\"א\"\u200e,\"ב\"\u200e,\"c\"]}"_s;
        QTest::newRow("beyond the first plane as well")
            << QJsonObject{{u"a"_s, u"𞤀"_s}} << u"\u200e{\"a\":\"𞤀\"\u200e}"_s;
    }
    void argumentsAreBounded()
    {
        QFETCH(QJsonObject, arguments);
        QFETCH(QString, line);
        const auto [text, isWhole] = boundedJson(arguments, JsonForm::Line, 200);
        QCOMPARE(text, line);
        QCOMPARE(isWhole, !line.endsWith(u'…'));
        const QString lines = boundedJson(arguments, JsonForm::Lines, 100'000).text;
        QCOMPARE(QJsonDocument::fromJson(lines.toUtf8()).object(), arguments);
    }

    void deepArgumentsEnd()
    {
        QJsonValue deep = 1;
        for (int i = 0; i < 500; ++i)
            deep = QJsonArray{deep};
        const QString line = boundedJson({{u"a"_s, deep}}, JsonForm::Line, 1000).text;
        QCOMPARE(line, u"{\"a\":"_s + u"["_s.repeated(31) + u"…"_s + u"]"_s.repeated(31) + u"}"_s);
    }

    void longTextsSayThatTheyAreNotWhole()
    {
        ToolUse use = doneUse(u"c1"_s, u"x"_s.repeated(100'000));
        ToolListModel model;
        model.follow({use}, true);
        QCOMPARE(textAt(model, 0, ToolListModel::ResultRole).size(), 100'000);
        QCOMPARE(textAt(model, 0, ToolListModel::ResultNoteRole), QString());
        QCOMPARE(textAt(model, 0, ToolListModel::InputNoteRole), QString());
        use.content += u'x';
        use.arguments = {{u"a"_s, u"x"_s.repeated(100'000)}};
        model.follow({use}, true);
        const QString note =
            u"Only the first %1 characters are shown."_s.arg(QLocale().toString(100'000));
        for (const int role : {ToolListModel::ResultRole, ToolListModel::InputRole}) {
            QCOMPARE(textAt(model, 0, role).size(), 100'001);
            QVERIFY(textAt(model, 0, role).endsWith(u'…'));
        }
        QCOMPARE(textAt(model, 0, ToolListModel::ResultNoteRole), note);
        QCOMPARE(textAt(model, 0, ToolListModel::InputNoteRole), note);
        model.follow({failedUse(u"c1"_s, u"e"_s.repeated(500'000))}, true);
        QCOMPARE(textAt(model, 0, ToolListModel::ResultRole).size(), 100'001);
        QCOMPARE(textAt(model, 0, ToolListModel::FailureRole).size(), 201);
    }

    void durationsAreSaidInWords_data()
    {
        QTest::addColumn<int>("ms");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << 0 << u"0 ms"_s;
        QTest::newRow("a moment") << 231 << u"231 ms"_s;
        QTest::newRow("seconds") << 9'949 << u"9.9 s"_s;
        QTest::newRow("ten") << 9'950 << u"10 s"_s;
        QTest::newRow("nearly a minute") << 59'499 << u"59 s"_s;
        QTest::newRow("a minute") << 59'500 << u"1 min"_s;
        QTest::newRow("minutes") << 125'000 << u"2 min 5 s"_s;
    }
    void durationsAreSaidInWords()
    {
        QFETCH(int, ms);
        QFETCH(QString, words);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(words::duration(std::chrono::milliseconds(ms)), words);
    }

    void costIsAmongTheDetails_data()
    {
        QTest::addColumn<double>("usd");
        QTest::addColumn<QString>("words");
        QTest::newRow("nothing") << 0.0 << u"$0.00"_s;
        QTest::newRow("hardly anything") << 0.00001 << u"less than $0.0001"_s;
        QTest::newRow("parts of a cent") << 0.0021 << u"$0.0021"_s;
        QTest::newRow("cents") << 0.12 << u"$0.12"_s;
        QTest::newRow("dollars") << 3.4567 << u"$3.46"_s;
    }
    void costIsAmongTheDetails()
    {
        QFETCH(double, usd);
        QFETCH(QString, words);
        QLocale::setDefault(QLocale::c());
        Shown shown;
        TurnComplete end = complete(3);
        end.usage.totalTokens = 29;
        end.usage.costUsd = usd;
        shown.apply(end);
        QCOMPARE(textAt(shown.model, 1, MessageListModel::DetailsRole),
                 u"gemini, 29 tokens, "_s + words);
    }

    void agentsAreNamedWhenThereAreSeveral()
    {
        Shown shown;
        const auto floor = [](Seq seq, const QString &agent) {
            return AgentFloor{seq, u"t1"_s, {agent, {}, false}};
        };
        shown.apply(floor(3, u"poet"_s));
        QCOMPARE(textAt(shown.model, 1, MessageListModel::AgentsTextRole), QString());
        QSignalSpy changed(&shown.model, &QAbstractItemModel::dataChanged);
        shown.apply(floor(4, u"critic"_s));
        QCOMPARE(textAt(shown.model, 1, MessageListModel::AgentsTextRole), u"poet → critic"_s);
        QVERIFY(changed[0][2].value<QList<int>>().contains(MessageListModel::AgentsTextRole));
        for (Seq seq = 5; seq < 13; ++seq)
            shown.apply(floor(seq, u"a%1"_s.arg(seq)));
        QCOMPARE(textAt(shown.model, 1, MessageListModel::AgentsTextRole),
                 u"poet → critic → a5 → a6 → a7 → a8 → a9 → a10 and 2 more"_s);
    }

    void onlyTheWebIsLinkedTo_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QStringList>("shown"); // Title, host, link.
        const auto row = [](const char *name, const QString &title, const QString &address,
                            const QStringList &shown) {
            QTest::newRow(name) << title << address << shown;
        };
        row("title and host", u"Rivers"_s, u"https://e.org/r?a=1"_s,
            {u"Rivers"_s, u"e.org"_s, u"https://e.org/r?a=1"_s});
        row("no title", {}, u"HTTP://E.org/x"_s, {u"e.org"_s, {}, u"http://e.org/x"_s});
        row("the host for a title", u"e.org"_s, u"https://e.org"_s,
            {u"e.org"_s, {}, u"https://e.org"_s});
        row("lines in a title", u" A\n\tb "_s, u"https://e.org"_s,
            {u"A b"_s, u"e.org"_s, u"https://e.org"_s});
        row("a name before the host", u"A"_s, u"https://bank.com@e.org/"_s,
            {u"A"_s, u"e.org"_s, u"https://bank.com@e.org/"_s});
        row("letters that look like others", u"A"_s, u"https://b\u0430nk.com/"_s,
            {u"A"_s, u"xn--bnk-6cd.com"_s, u"https://xn--bnk-6cd.com/"_s});
        row("a script", u"A"_s, u"javascript:alert(1)"_s, {u"A"_s, {}, {}});
        row("a file", {}, u"file:///etc/passwd"_s, {u"file:///etc/passwd"_s, {}, {}});
        row("a file of another host", u"A"_s, u"file://e.org/x"_s, {u"A"_s, {}, {}});
        row("another protocol", u"A"_s, u"ftp://e.org/x"_s, {u"A"_s, {}, {}});
        row("a letter", u"A"_s, u"mailto:a@e.org"_s, {u"A"_s, {}, {}});
        row("no host", u"A"_s, u"https:"_s, {u"A"_s, {}, {}});
        row("nothing", {}, {}, {u"No title"_s, {}, {}});
    }
    void onlyTheWebIsLinkedTo()
    {
        QFETCH(QString, title);
        QFETCH(QString, address);
        QFETCH(QStringList, shown);
        SourceListModel model;
        model.follow({{title, address, {}}});
        QCOMPARE(textAt(model, 0, SourceListModel::TitleRole), shown[0]);
        QCOMPARE(textAt(model, 0, SourceListModel::HostRole), shown[1]);
        QCOMPARE(textAt(model, 0, SourceListModel::UrlRole), shown[2]);
    }

    void sourcesBecomeMoreAndLess()
    {
        SourceListModel model;
        Tester tester(&model, reporting);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        const auto some = [](int count) {
            QList<Source> sources;
            for (int i = 0; i < count; ++i)
                sources.append({u"Source %1"_s.arg(i), u"https://e.org/%1"_s.arg(i), {{0, i}}});
            return sources;
        };
        model.follow(some(2));
        model.follow(some(3));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(changed.size(), 0);
        QList<Source> other = some(2);
        other[1].title = u"Another"_s;
        model.follow(other);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(textAt(model, 1, SourceListModel::TitleRole), u"Another"_s);
        QCOMPARE(model.left(), 0);
        model.follow(some(105));
        QCOMPARE(model.rowCount(), 100);
        QCOMPARE(model.left(), 5);
        model.follow({});
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.left(), 0);
    }

    // ---- the façade against a server

    void decisionGoesThereOnce()
    {
        Asked asked;
        QSignalSpy said(&asked.session, &ChatSession::said);
        asked.open();
        QCOMPARE(said.size(), 1);
        QCOMPARE(said[0][0].toString(), u"poet wants to use the tool search. Allow?"_s);
        asked.session.decide(u"c9"_s, ChatSession::Allow);
        asked.session.decide(u"c1"_s, ChatSession::AllowAlways);
        QVERIFY(asked.isDecided());
        asked.session.decide(u"c1"_s, ChatSession::Deny);
        asked.session.stop(); // Behind it: what came before has come.
        QTRY_VERIFY(!asked.server.received().empty() &&
                    std::holds_alternative<StopTurn>(asked.server.received().back()));
        QCOMPARE(asked.server.received().size(), std::size_t(2));
        QCOMPARE(std::get<DecideToolCall>(asked.server.received().front()),
                 (DecideToolCall{u"c1"_s, runnel::Decision::AllowAlways}));
        // Another call changes nothing in this one.
        asked.server.say(called(5, ToolState::Running, u"c2"_s));
        QTRY_COMPARE(asked.tools()->rowCount(), 2);
        QVERIFY(asked.isDecided());
        asked.server.say(called(6, ToolState::Running));
        QTRY_VERIFY(!asked.isDecided());
        QCOMPARE(at(*asked.tools(), 0, ToolListModel::StageRole), QVariant(ToolListModel::Running));
    }

    void decisionThatCameToNothingCanBeMadeAgain_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("the connection went and came back") << u"loss"_s;
        QTest::newRow("the server refused it") << u"refusal"_s;
        QTest::newRow("the server says that the call waits") << u"waits"_s;
    }
    void decisionThatCameToNothingCanBeMadeAgain()
    {
        QFETCH(QString, what);
        Asked asked;
        asked.open();
        asked.session.decide(u"c1"_s, ChatSession::Allow);
        QTRY_COMPARE(asked.server.received().size(), std::size_t(1));
        QVERIFY(asked.isDecided());
        if (what == u"loss") {
            asked.server.drop();
            QTRY_COMPARE(asked.server.connections(), 2);
            QTRY_COMPARE(asked.session.connection(), ChatSession::Connected);
        } else if (what == u"refusal") {
            ErrorFrame error;
            error.code = u"bad_frame"_s;
            error.error = u"That call does not wait."_s;
            asked.server.say(error);
            QTRY_COMPARE(asked.session.notice(), error.error);
        } else {
            asked.server.say(called(5, ToolState::Waiting));
        }
        QTRY_VERIFY(!asked.isDecided());
        asked.session.decide(u"c1"_s, ChatSession::Deny);
        QTRY_COMPARE(asked.server.received().size(), std::size_t(2));
        QCOMPARE(std::get<DecideToolCall>(asked.server.received().back()),
                 (DecideToolCall{u"c1"_s, runnel::Decision::Deny}));
    }

    void nothingIsDecidedWithoutAConnection()
    {
        Asked asked;
        asked.open();
        asked.server.goAway();
        QTRY_VERIFY(!asked.session.connected());
        asked.session.decide(u"c1"_s, ChatSession::Allow);
        QVERIFY2(asked.session.notice().contains(u"Not connected"),
                 qPrintable(asked.session.notice()));
        QVERIFY(!asked.isDecided());
    }

private:
    //! A session in which the call c1 waits; the newest frame is 4.
    struct Asked
    {
        ScriptedServer server;
        ChatSession session{options(server)};

        void open()
        {
            MessageRecord record = answer(u"m2"_s, u"m1"_s, {}, MessageState::Running);
            record.turn = u"t1"_s;
            record.tools = {toolUse(u"c1"_s, ToolState::Waiting)};
            server.greetWith({ScriptedServer::hello(),
                              Snapshot{4, {user(u"m1"_s, {}, u"Which?"_s), record}, u"m2"_s}});
            session.open();
            QTRY_COMPARE(session.messages()->rowCount(), 2);
        }
        ToolListModel *tools() { return toolsOf(*session.messages(), 1); }
        bool isDecided() { return at(*tools(), 0, ToolListModel::DecidedRole).toBool(); }

        static ChatSession::Options options(const ScriptedServer &server)
        {
            ChatClient::Times times;
            times.backoff = {10ms, 50ms};
            return {server.url(), u"test"_s, {}, times};
        }
    };
};

QTEST_MAIN(TestToolModels)
#include "tst_toolmodels.moc"
