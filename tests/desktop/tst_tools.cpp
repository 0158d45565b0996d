#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QAccessible>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

ToolUse toolUse(const QString &call, ToolState state, const QString &tool,
                const QJsonObject &arguments)
{
    ToolUse use;
    use.call = call;
    use.tool = tool;
    use.arguments = arguments;
    use.agent = u"default"_s;
    use.state = state;
    return use;
}

ToolUse waiting()
{
    return toolUse(u"c4"_s, ToolState::Waiting, u"delete_file"_s,
                   {{u"path"_s, u"/home/me/notes/rivers-of-the-world.md"_s},
                    {u"force"_s, true},
                    {u"reason"_s, u"It was read and is not needed any more."_s}});
}

ToolUse done(const QString &content = u"The Nile, 6,650 km.\nThe Amazon, 6,400 km."_s)
{
    ToolUse use = toolUse(u"c1"_s, ToolState::Done, u"search"_s,
                          {{u"query"_s, u"longest river of the world"_s}, {u"results"_s, 3}});
    use.content = content;
    use.took = 231ms;
    return use;
}

ToolUse failed()
{
    ToolUse use = toolUse(u"c2"_s, ToolState::Failed, u"measure"_s, {{u"river"_s, u"Nile"_s}});
    use.error = u"The server of the maps did not answer within 10 s."_s;
    use.took = 10'020ms;
    return use;
}

ToolUse running()
{
    return toolUse(
        u"c3"_s, ToolState::Running, u"fetch_page_with_a_rather_long_name"_s,
        {{u"url"_s, u"https://en.wikipedia.org/wiki/List_of_river_systems_by_length"_s}});
}

QList<ServerFrame> asked(const QList<ToolUse> &tools, MessageState state = MessageState::Running,
                         const QString &text = {})
{
    MessageRecord record = answer(u"m2"_s, u"m1"_s, text, state);
    record.turn = u"t1"_s;
    record.tools = tools;
    record.agents = {{u"default"_s, {}, false}, {u"critic"_s, u"default"_s, true}};
    if (state != MessageState::Running) {
        record.sources = {
            {u"List of river systems by length"_s, u"https://en.wikipedia.org/wiki/Rivers"_s, {}},
            {{}, u"https://rivers.example.org/longest?page=2"_s, {}},
            {u"A page whose title is so long that it does not fit into one line of the column, "
             "however wide the window may be"_s,
             u"http://a-host-with-a-name-that-is-rather-long.example.com/x"_s,
             {}},
            {u"Not a page of the web"_s, u"file:///etc/passwd"_s, {}},
            {u"Lakes"_s, u"https://example.org/lakes"_s, {}}};
    }
    return conversation({user(u"m1"_s, {}, u"Which river is the longest?"_s), record});
}

ToolCalled goesOn(Seq seq)
{
    ToolCalled called{seq, u"t1"_s, waiting()};
    called.use.state = ToolState::Running;
    return called;
}

QAccessibleInterface *accessible(QQuickItem *item)
{
    return QAccessible::queryAccessibleInterface(item);
}

} // namespace

class TestTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void cardsShowHowCallsStand()
    {
        WindowDriver driver(asked({done(), failed(), running(), waiting()}), {1024, 1100});
        QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 4);
        for (const QString &words :
             {u"search"_s, u"Done  ·  231 ms"_s, u"Failed  ·  10 s"_s,
              u"The server of the maps did not answer within 10 s."_s, u"Running"_s,
              u"Waiting for approval"_s, u"default wants to use this tool."_s,
              u"default → critic"_s, u"{\"query\":\"longest river of the world\",\"results\":3}"_s})
            QVERIFY2(driver.shows(words), qPrintable(words));
        QCOMPARE(driver.findAll(u"ToolAsk"_s).size(), 1);
        QVERIFY(!driver.find(u"ToolText"_s));
        // The card says what is waited for.
        QVERIFY(!driver.find(u"WaitingPulse"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void pulseIsThereBetweenTheToolsAndTheText()
    {
        WindowDriver driver(asked({running()}));
        QTRY_VERIFY(driver.find(u"ToolCard"_s));
        QVERIFY(!driver.find(u"WaitingPulse"_s));
        driver.server.say(ToolAnswered{101, u"t1"_s, u"c3"_s, u"x"_s, {}, 1ms});
        QTRY_VERIFY(driver.find(u"WaitingPulse"_s));
        QVERIFY(driver.shows(u"Done  ·  1 ms"_s));
    }

    void cardOpensToInputAndOutput()
    {
        WindowDriver driver(asked({done(u"<b>The Nile</b>\nThe Amazon"_s)}));
        QTRY_VERIFY(driver.find(u"ToolCard"_s));
        QQuickItem *const head = driver.item(u"toolHead"_s);
        QCOMPARE(accessible(head)->text(QAccessible::Name), u"Show details of search"_s);
        driver.click(head);
        QTRY_COMPARE(driver.findAll(u"ToolText"_s).size(), 2);
        QCOMPARE(accessible(head)->text(QAccessible::Name), u"Hide details of search"_s);
        QVERIFY(driver.shows(u"  \"query\": \"longest river of the world\",\n"_s));
        // As it stands: no format of the wire's.
        QVERIFY(driver.shows(u"<b>The Nile</b>\nThe Amazon"_s));
        driver.click(head);
        QTRY_VERIFY(!driver.find(u"ToolText"_s));
        // By keyboard too, and what comes later shows in a card that is open.
        driver.server.say(ToolCalled{101, u"t1"_s, running()});
        QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 2);
        QVERIFY(driver.tabTo(u"toolHead"_s));
        driver.press(Qt::Key_Tab);
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.findAll(u"ToolText"_s).size(), 1);
        driver.server.say(ToolAnswered{102, u"t1"_s, u"c3"_s, {}, u"Nobody is there."_s, 1s});
        QTRY_COMPARE(driver.findAll(u"ToolText"_s).size(), 2);
        QVERIFY(driver.shows(u"Error"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void longOutputScrollsInItsFrame()
    {
        WindowDriver driver(asked({done(u"A line of many.\n"_s.repeated(6000))}));
        QTRY_VERIFY(driver.find(u"ToolCard"_s));
        driver.click(driver.item(u"toolHead"_s));
        QTRY_COMPARE(driver.findAll(u"ToolText"_s).size(), 2);
        QTRY_VERIFY(driver.find(u"ToolCard"_s)->height() < 600);
        QVERIFY(driver.find(u"ToolCard"_s)->height() > 300);
        // It has the keyboard, and scrolls by it; the short input has not.
        QVERIFY(driver.tabTo(u"toolHead"_s));
        driver.press(Qt::Key_Tab);
        QQuickItem *const area = driver.window->activeFocusItem();
        QCOMPARE(accessible(area)->text(QAccessible::Name), u"Output of search"_s);
        driver.press(Qt::Key_PageDown);
        QVERIFY(area->property("contentY").toReal() > 100);
        QVERIFY(!driver.shows(u"Only the first"_s));
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
    }

    void decisionIsSent_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("decision");
        QTest::newRow("allow") << u"allowButton"_s << u"Allow the tool delete_file"_s
                               << int(runnel::Decision::Allow);
        QTest::newRow("always") << u"allowAlwaysButton"_s << u"Always allow the tool delete_file"_s
                                << int(runnel::Decision::AllowAlways);
        QTest::newRow("deny") << u"denyButton"_s << u"Deny the tool delete_file"_s
                              << int(runnel::Decision::Deny);
    }
    void decisionIsSent()
    {
        QFETCH(QString, button);
        QFETCH(QString, name);
        QFETCH(int, decision);
        WindowDriver driver(asked({waiting()}));
        QTRY_VERIFY(driver.visibleItem(button));
        QQuickItem *const pressed = driver.visibleItem(button);
        QCOMPARE(accessible(pressed)->text(QAccessible::Name), name);
        driver.click(pressed);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        QCOMPARE(std::get<DecideToolCall>(driver.server.received().front()),
                 (DecideToolCall{u"c4"_s, runnel::Decision(decision)}));
        // Once is enough, of all three.
        for (const QString &other : {u"allowButton"_s, u"allowAlwaysButton"_s, u"denyButton"_s})
            QVERIFY(!driver.visibleItem(other)->isEnabled());
        driver.server.say(goesOn(101));
        QTRY_VERIFY(!driver.find(u"ToolAsk"_s));
        QVERIFY(driver.shows(u"Running"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void tabGoesFromTheCardToItsButtons()
    {
        WindowDriver driver(asked({done(), waiting()}));
        QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 2);
        QVERIFY(driver.tabTo(u"toolHead"_s));
        QStringList names;
        for (int i = 0; i < 4; ++i) {
            driver.press(Qt::Key_Tab);
            names.append(driver.focused());
        }
        QCOMPARE(names, QStringList({u"toolHead"_s, u"allowButton"_s, u"allowAlwaysButton"_s,
                                     u"denyButton"_s}));
        // Whoever has decided stays at the card.
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        QCOMPARE(std::get<DecideToolCall>(driver.server.received().front()).decision,
                 runnel::Decision::Deny);
        QCOMPARE(driver.focused(), u"toolHead"_s);
        QCOMPARE(driver.window->activeFocusItem()->property("text").toString(), u"delete_file"_s);
    }

    //! Somebody writes: a call that comes does not take the keyboard.
    void callThatComesLeavesTheKeyboardWhereItIs()
    {
        WindowDriver driver(asked({}));
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        driver.item(u"composerInput"_s)->forceActiveFocus();
        driver.server.say(ToolCalled{101, u"t1"_s, waiting()});
        QTRY_VERIFY(driver.visibleItem(u"allowButton"_s));
        QCOMPARE(driver.focused(), u"composerInput"_s);
        QTRY_COMPARE(accessible(driver.item(u"announcer"_s))->text(QAccessible::Name),
                     u"default wants to use the tool delete_file. Allow?"_s);
    }

    void buttonsRestWhileThereIsNoConnection()
    {
        WindowDriver driver(asked({waiting()}));
        QTRY_VERIFY(driver.visibleItem(u"allowButton"_s));
        driver.click(driver.visibleItem(u"allowButton"_s));
        QTRY_VERIFY(!driver.visibleItem(u"allowButton"_s)->isEnabled());
        driver.server.goAway();
        QTRY_VERIFY(!driver.session.connected());
        QVERIFY(!driver.visibleItem(u"allowButton"_s)->isEnabled());
        driver.server.comeBack();
        driver.session.reconnectNow();
        QTRY_VERIFY(driver.visibleItem(u"allowButton"_s)->isEnabled());
    }

    void callOfAnAnswerThatEndedAsksNothing()
    {
        WindowDriver driver(asked({waiting(), running()}, MessageState::Stopped));
        QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 2);
        QCOMPARE(driver.texts().filter(u"Not finished"_s).size(), 2);
        QVERIFY(!driver.find(u"ToolAsk"_s));
    }

    void sourcesAreLinksWhereTheyMayBe()
    {
        WindowDriver driver(asked({}, MessageState::Done, u"The Nile."_s));
        QTRY_COMPARE(driver.findAll(u"SourceLine"_s).size(), 3);
        QVERIFY(driver.shows(u"List of river systems by length"_s));
        QVERIFY(driver.shows(u"en.wikipedia.org"_s));
        QVERIFY(driver.shows(u"2 more"_s));
        driver.click(driver.visibleItem(u"moreSources"_s));
        QTRY_COMPARE(driver.findAll(u"SourceLine"_s).size(), 5);
        const QList<QQuickItem *> lines = driver.findAll(u"SourceLine"_s);
        const auto link = [&lines](int line) {
            return lines[line]->childItems()[1]->childItems().constFirst();
        };
        // How others are asked about is tst_links' matter.
        driver.preferences.allowLinksTo(u"en.wikipedia.org"_s);
        driver.preferences.allowLinksTo(u"example.org"_s);
        driver.click(link(0));
        QTRY_COMPARE(driver.opened, QList<QUrl>{QUrl(u"https://en.wikipedia.org/wiki/Rivers"_s)});
        QCOMPARE(accessible(link(0))->role(), QAccessible::Link);
        QCOMPARE(link(3)->property("text").toString(), u"Not a page of the web"_s);
        driver.click(link(3));
        // By keyboard, past the one that is no link.
        link(2)->forceActiveFocus(Qt::TabFocusReason);
        driver.press(Qt::Key_Tab);
        QCOMPARE(driver.focused(), u"sourceLink"_s);
        driver.press(Qt::Key_Return);
        QTRY_COMPARE(driver.opened.size(), 2);
        QCOMPARE(driver.opened.last(), QUrl(u"https://example.org/lakes"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    // ---- pictures

    void pictures_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1024, 900);
        QTest::newRow("narrow") << QSize(360, 900);
        QTest::newRow("narrowest") << QSize(320, 900);
    }
    void pictures()
    {
        QFETCH(QSize, size);
        const QString form = QString::fromLatin1(QTest::currentDataTag());
        {
            WindowDriver driver(asked({done(), failed(), running(), waiting()}), size);
            QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 4);
            QTRY_VERIFY(driver.item(u"conversation"_s)->property("atEnd").toBool());
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"tools-"_s + form);
            QVERIFY(driver.tabTo(u"allowButton"_s));
            driver.press(Qt::Key_Tab);
            driver.picture(u"tools-focus-light-"_s + form);
        }
        {
            WindowDriver driver(asked({done(), failed(), waiting()}, MessageState::Done,
                                      u"The **Nile** is the longest, by 250 km."_s),
                                size);
            QTRY_COMPARE(driver.findAll(u"ToolCard"_s).size(), 3);
            driver.click(driver.item(u"toolHead"_s));
            QTRY_COMPARE(driver.findAll(u"ToolText"_s).size(), 2);
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"tool-open-"_s + form);
            QMetaObject::invokeMethod(driver.item(u"conversation"_s), "toEnd");
            driver.click(driver.visibleItem(u"moreSources"_s));
            QTRY_COMPARE(driver.findAll(u"SourceLine"_s).size(), 5);
            QMetaObject::invokeMethod(driver.item(u"conversation"_s), "toEnd");
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"sources-"_s + form);
        }
    }
};

QTEST_MAIN(TestTools)
#include "tst_tools.moc"
