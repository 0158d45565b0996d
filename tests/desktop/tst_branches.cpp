#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

//! m1 - m2 - m3 - m4, m2 - m5 - m6, m5 - m7: the question m5 and the answer m7 are the second
//! versions.
QList<ServerFrame> tree(MessageState state = MessageState::Done)
{
    return conversation(
        {user(u"m1"_s, {}, u"How does a server stream an answer to a window?"_s),
         answer(u"m2"_s, u"m1"_s,
                u"Over a **WebSocket**: each chunk goes out when the model has written it, and "
                "the window appends it to what is there."_s),
         user(u"m3"_s, u"m2"_s, u"And when the connection is lost?"_s),
         answer(u"m4"_s, u"m3"_s, u"Then it comes back."_s),
         user(u"m5"_s, u"m2"_s, u"And what becomes of the answer when the connection is lost?"_s),
         answer(u"m6"_s, u"m5"_s, u"Nothing bad."_s),
         answer(u"m7"_s, u"m5"_s,
                u"It goes on at the server. Whoever comes back says which frame was the last one "
                "that came, and gets the rest:\n\n- no frame twice,\n- none missing."_s,
                state)});
}

QString accessibleName(QQuickItem *item)
{
    QAccessibleInterface *const accessible = QAccessible::queryAccessibleInterface(item);
    return accessible ? accessible->text(QAccessible::Name) : QString();
}

//! The names of what Tab reaches, from the composer once around.
QStringList tabRound(const WindowDriver &driver)
{
    QStringList names;
    driver.item(u"composerInput"_s)->forceActiveFocus();
    for (int i = 0; i < 80; ++i) {
        driver.press(Qt::Key_Tab);
        if (driver.focused() == u"composerInput")
            return names;
        names.append(driver.focused());
    }
    return {};
}

} // namespace

class TestBranches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void editorTakesThePlaceOfTheBubble()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        driver.click(driver.visibleItem(u"editButton"_s));
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
        QCOMPARE(driver.findAll(u"Bubble"_s).size(), 1);
        QCOMPARE(accessibleName(driver.item(u"editorInput"_s)), u"Edit your message"_s);
        driver.press(Qt::Key_End);
        driver.type(u" Briefly"_s);
        driver.press(Qt::Key_Return, Qt::ShiftModifier);
        driver.type(u"please."_s);
        QVERIFY(driver.server.received().empty());
        driver.press(Qt::Key_Return);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        const auto edit = std::get<EditMessage>(driver.server.received().front());
        QCOMPARE(edit.messageId, u"m1"_s);
        QCOMPARE(edit.message,
                 u"How does a server stream an answer to a window? Briefly\nplease."_s);
        QVERIFY(!driver.visibleItem(u"editorInput"_s));
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        QTRY_VERIFY(driver.shows(u"Sending your edit"_s));

        driver.server.say(UserMessage{101, u"m8"_s, {}, edit.message, edit.id, someTime()});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 1);
        QTRY_VERIFY(driver.shows(u"2 / 2"_s));
        QVERIFY(!driver.shows(u"Sending"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void escapeLeavesTheMessageAsItWas()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        QVERIFY(driver.tabTo(u"editButton"_s));
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
        driver.type(u"x"_s);
        driver.press(Qt::Key_Escape);
        QCOMPARE(driver.focused(), u"editButton"_s);
        QCOMPARE(driver.findAll(u"Bubble"_s).size(), 2);
        QVERIFY(!driver.shows(u"window?x"_s));
        // From the buttons too, and what was written is not there the next time.
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
        QVERIFY(!driver.window->activeFocusItem()->property("text").toString().endsWith(u'x'));
        driver.press(Qt::Key_Tab);
        QCOMPARE(driver.focused(), u"cancelEdit"_s);
        driver.press(Qt::Key_Tab);
        QCOMPARE(driver.focused(), u"saveEdit"_s);
        driver.press(Qt::Key_Escape);
        QCOMPARE(driver.focused(), u"editButton"_s);
        QVERIFY(driver.server.received().empty());
    }

    //! Whatever comes while somebody writes.
    void editorKeepsTextAndKeyboard()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        driver.click(driver.visibleItem(u"editButton"_s));
        QTRY_COMPARE(driver.focused(), u"editorInput"_s);
        driver.type(u" And"_s);
        driver.server.say(UserMessage{101, u"m8"_s, u"m7"_s, u"Others go on"_s, {}, someTime()});
        driver.server.say(
            TurnStarted{102, u"t9"_s, u"m9"_s, u"m8"_s, u"poet"_s, u"g"_s, someTime()});
        driver.server.say(Chunk{103, u"t9"_s, u"An answer.\n\n"_s.repeated(30), {}});
        QTRY_VERIFY(driver.shows(u"An answer."_s));
        driver.server.say(BranchSelected{104, u"m4"_s});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 4);
        QCOMPARE(driver.focused(), u"editorInput"_s);
        // The connection goes and comes with a snapshot: meanwhile nothing can be saved.
        driver.server.drop();
        QTRY_VERIFY(!driver.session.connected());
        QVERIFY(!driver.item(u"saveEdit"_s)->isEnabled());
        driver.press(Qt::Key_Return);
        driver.type(u" so"_s);
        driver.session.reconnectNow();
        QTRY_VERIFY(driver.session.connected());
        QTRY_VERIFY(driver.shows(u"none missing"_s));
        driver.type(u" on"_s);
        QCOMPARE(driver.focused(), u"editorInput"_s);
        QVERIFY(driver.window->activeFocusItem()->property("text").toString().endsWith(
            u"window? And so on"_s));
        driver.press(Qt::Key_Return);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void keyboardGoesThroughTheVersions()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        driver.server.answerWith([&driver, seq = Seq(100)](const ClientFrame &frame) mutable {
            const QString wanted = std::get<SelectBranch>(frame).messageId;
            driver.server.say(BranchSelected{++seq, wanted == u"m3" ? u"m4"_s : u"m7"_s});
        });
        QQuickItem *const list = driver.item(u"conversation"_s);
        QVERIFY(driver.tabTo(u"previousVersion"_s)); // Of the question.
        QCOMPARE(accessibleName(driver.window->activeFocusItem()), u"Previous version"_s);
        QCOMPARE(accessibleName(driver.window->activeFocusItem()->parentItem()),
                 u"Version 2 of 2"_s);
        driver.press(Qt::Key_Space);
        QTRY_VERIFY(driver.shows(u"Then it comes back."_s));
        // There is none before it: the keyboard is where the way goes on.
        QTRY_COMPARE(driver.focused(), u"nextVersion"_s);
        QVERIFY(list->isAncestorOf(driver.window->activeFocusItem()));
        QVERIFY(driver.shows(u"1 / 2"_s));
        driver.press(Qt::Key_Space);
        QTRY_VERIFY(driver.shows(u"none missing"_s));
        QTRY_COMPARE(driver.focused(), u"previousVersion"_s);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void clickOnAVersionLeavesTheKeyboard()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        driver.click(driver.visibleItem(u"previousVersion"_s));
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        driver.server.say(BranchSelected{101, u"m4"_s});
        QTRY_VERIFY(driver.shows(u"Then it comes back."_s));
        QCOMPARE(driver.focused(), u"composerInput"_s);
    }

    void versionsOfTheFirstMessageBeginAtTheTop()
    {
        QList<MessageRecord> messages{user(u"m1"_s, {}, u"One"_s),
                                      answer(u"m2"_s, u"m1"_s, u"Line.\n\n"_s.repeated(60)),
                                      user(u"m3"_s, {}, u"One, edited"_s),
                                      answer(u"m4"_s, u"m3"_s, u"Other line.\n\n"_s.repeated(60))};
        WindowDriver driver(conversation(messages));
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        QTRY_VERIFY(list->property("atEnd").toBool());
        list->forceActiveFocus();
        driver.press(Qt::Key_Home);
        QVERIFY(driver.tabTo(u"previousVersion"_s));
        const auto place = [list] {
            return list->property("contentY").toReal() - list->property("originY").toReal();
        };
        const qreal before = place();
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        driver.server.say(BranchSelected{101, u"m2"_s});
        QTRY_COMPARE(driver.focused(), u"nextVersion"_s);
        QVERIFY(driver.shows(u"1 / 2"_s));
        QCOMPARE(place(), before);
        QVERIFY(!list->property("following").toBool());
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    //! The question above the versions stays where it is on the screen.
    void versionsKeepTheReadersPlace()
    {
        QList<MessageRecord> messages;
        for (int i = 0; i < 20; ++i) {
            const QString parent = i == 0 ? QString() : u"a%1"_s.arg(i - 1);
            messages.append(user(u"q%1"_s.arg(i), parent, u"Question %1"_s.arg(i)));
            messages.append(answer(u"a%1"_s.arg(i), messages.last().messageId,
                                   u"Answer %1.\n\nMore."_s.arg(i)));
        }
        messages.insert(24, answer(u"b"_s, u"q12"_s, u"Other.\n\n"_s.repeated(60)));
        messages.append(answer(u"c"_s, u"q12"_s, u"Third"_s));
        messages.swapItemsAt(messages.size() - 1, messages.size() - 2);
        WindowDriver driver(conversation(messages));
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_COMPARE(list->property("count").toInt(), 40);
        QTRY_VERIFY(list->property("atEnd").toBool());
        list->forceActiveFocus();
        for (int i = 0; i < 20 && !driver.shows(u"Question 12"_s); ++i)
            driver.press(Qt::Key_PageUp);
        driver.press(Qt::Key_Up);
        const auto place = [&]() -> qreal {
            for (const QQuickItem *bubble : driver.findAll(u"Bubble"_s)) {
                if (bubble->property("content").toString() == u"Question 12")
                    return bubble->mapToScene({0, 0}).y();
            }
            return -1e9;
        };
        const qreal before = place();
        QVERIFY(before > -500 && before < 768);
        driver.session.selectVersion(25, -1);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        driver.server.say(BranchSelected{101, u"b"_s});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 26);
        QTRY_VERIFY(driver.shows(u"Other."_s));
        QCOMPARE(place(), before);
        QVERIFY(!list->property("unread").toBool());
    }

    void actionsAreQuietUntilSomebodyAttends()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        QQuickItem *const pencil = driver.visibleItem(u"editButton"_s);
        QQuickItem *const bubble =
            pencil->parentItem()->parentItem(); // With all that belongs to it.
        const auto hover = [&driver](const QQuickItem *item) {
            QTest::mouseMove(driver.window,
                             item->mapToScene({item->width() / 2, item->height() / 2}).toPoint());
        };
        QTest::mouseMove(driver.window, {5, 5});
        QTRY_COMPARE(pencil->opacity(), 0.0);
        // The last message's are there always.
        QList<qreal> opacities;
        for (const QQuickItem *actions : driver.findAll(u"AnswerActions"_s))
            opacities.append(actions->opacity());
        std::sort(opacities.begin(), opacities.end());
        QCOMPARE(opacities, QList<qreal>({0.0, 1.0}));
        hover(bubble);
        QTRY_COMPARE(pencil->opacity(), 1.0);
        hover(pencil);
        QTRY_VERIFY(pencil->property("hovered").toBool());
        QCOMPARE(pencil->opacity(), 1.0);
        QTest::mouseMove(driver.window, {5, 5});
        QTRY_COMPARE(pencil->opacity(), 0.0);
        QVERIFY(driver.tabTo(u"editButton"_s));
        QCOMPARE(pencil->opacity(), 1.0);
        QCOMPARE(driver.window->activeFocusItem(), pencil);
    }

    void regenerateIsAskedOnceAndTheKeyboardGoesOn()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        QVERIFY(driver.tabTo(u"regenerateButton"_s));
        QCOMPARE(accessibleName(driver.window->activeFocusItem()), u"Regenerate answer"_s);
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        const auto again = std::get<RegenerateAnswer>(driver.server.received().front());
        QCOMPARE(again.messageId, u"m1"_s);
        QVERIFY(!driver.visibleItem(u"regenerateButton"_s)->isEnabled());
        QVERIFY(driver.shows(u"Asking for another answer"_s));
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        driver.server.say(TurnStarted{101, u"t8"_s, u"m8"_s, u"m1"_s, u"default"_s, u"g"_s,
                                      someTime(), again.id});
        QTRY_COMPARE(driver.session.messages()->rowCount(), 2);
        QTRY_VERIFY(driver.find(u"WaitingPulse"_s));
        QVERIFY(!driver.visibleItem(u"regenerateButton"_s));
        driver.server.say(failure(102, u"t8"_s));
        QTRY_VERIFY(driver.find(u"ErrorCard"_s));
        // There it is called Retry; the versions are there all the same.
        QVERIFY(!driver.visibleItem(u"regenerateButton"_s));
        QVERIFY(driver.shows(u"2 / 2"_s));
        driver.click(driver.item(u"retryButton"_s));
        QTRY_COMPARE(driver.server.received().size(), std::size_t(2));
        QCOMPARE(std::get<RegenerateAnswer>(driver.server.received().back()).messageId, u"m1"_s);
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void continueJoinsTheText()
    {
        WindowDriver driver(tree(MessageState::Interrupted));
        QTRY_VERIFY(driver.visibleItem(u"continueButton"_s));
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        QVERIFY(driver.tabTo(u"continueButton"_s));
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.server.received().size(), std::size_t(1));
        const auto goOn = std::get<ContinueAnswer>(driver.server.received().front());
        QCOMPARE(goOn.messageId, u"m7"_s);
        QVERIFY(!driver.item(u"continueButton"_s)->isEnabled());
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        driver.server.say(
            TurnStarted{101, u"t8"_s, u"m7"_s, u"m5"_s, u"default"_s, u"g"_s, someTime(), goOn.id});
        driver.server.say(Chunk{102, u"t8"_s, u" Not even *one*."_s, {}});
        QTRY_VERIFY(driver.shows(u"none missing. Not even one."_s));
        QVERIFY(!driver.visibleItem(u"continueButton"_s));
        QVERIFY(!driver.shows(u"The answer was interrupted."_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void continueWaitsForTheTurnThatRuns()
    {
        WindowDriver driver(tree(MessageState::Stopped));
        QTRY_VERIFY(driver.visibleItem(u"continueButton"_s));
        QVERIFY(driver.item(u"continueButton"_s)->isEnabled());
        // In a branch that is not seen.
        driver.server.say(
            TurnStarted{101, u"t8"_s, u"m8"_s, u"m3"_s, u"default"_s, u"g"_s, someTime()});
        driver.server.say(BranchSelected{102, u"m7"_s});
        QTRY_VERIFY(driver.session.answering());
        QTRY_VERIFY(driver.visibleItem(u"continueButton"_s));
        QVERIFY(!driver.item(u"continueButton"_s)->isEnabled());
        TurnComplete complete;
        complete.seq = 103;
        complete.turn = u"t8"_s;
        driver.server.say(complete);
        QTRY_VERIFY(driver.item(u"continueButton"_s)->isEnabled());
    }

    void whatIsWrittenOfflineWaitsInSight()
    {
        WindowDriver driver(tree());
        QTRY_COMPARE(driver.session.messages()->rowCount(), 4);
        driver.server.goAway();
        QTRY_VERIFY(!driver.session.connected());
        QVERIFY(!driver.visibleItem(u"editButton"_s)->isEnabled());
        QVERIFY(!driver.visibleItem(u"regenerateButton"_s)->isEnabled());
        QVERIFY(!driver.visibleItem(u"previousVersion"_s)->isEnabled());
        driver.item(u"composerInput"_s)->forceActiveFocus();
        driver.type(u"One"_s);
        driver.press(Qt::Key_Return);
        driver.type(u"Two"_s);
        driver.press(Qt::Key_Return);
        QTRY_VERIFY(driver.hasRowsInOrder(6));
        QTRY_VERIFY(driver.shows(u"Will be sent when the connection is back"_s));
        QCOMPARE(driver.session.messages()->rowCount(), 6);
        QVERIFY(driver.tabTo(u"withdrawButton"_s));
        driver.press(Qt::Key_Space);
        QTRY_COMPARE(driver.session.messages()->rowCount(), 5);
        QTRY_COMPARE(driver.focused(), u"composerInput"_s);
        QTRY_VERIFY(!driver.shows(u"One"_s));
        driver.server.comeBack();
        driver.session.reconnectNow();
        QTRY_COMPARE(driver.server.messages(), QStringList{u"Two"_s});
        QTRY_VERIFY(!driver.visibleItem(u"withdrawButton"_s));
        QVERIFY2(driver.warnings.isEmpty(), qPrintable(driver.warnings.join(u'\n')));
    }

    void withoutAConnectionNothingIsStopped()
    {
        WindowDriver driver(
            conversation({user(u"m1"_s, {}, u"Go on"_s),
                          answer(u"m2"_s, u"m1"_s, u"And so"_s, MessageState::Running)}));
        QQuickItem *const button = driver.item(u"sendButton"_s);
        QTRY_COMPARE(button->property("text").toString(), u"Stop"_s);
        driver.server.drop();
        QTRY_COMPARE(button->property("text").toString(), u"Send"_s);
    }

    void titleIsInHeaderAndWindow()
    {
        QList<ServerFrame> frames = tree();
        std::get<Snapshot>(frames[1]).title = u"Streams"_s;
        WindowDriver driver(frames);
        QTRY_COMPARE(driver.window->title(), u"Streams – Runnel"_s);
        QVERIFY(driver.shows(u"Streams"_s));
        driver.server.say(TitleChanged{101, u"Streams & rivers"_s});
        QTRY_COMPARE(driver.window->title(), u"Streams & rivers – Runnel"_s);
        QVERIFY(driver.shows(u"Streams & rivers"_s));
        driver.server.say(TitleChanged{102, {}});
        QTRY_COMPARE(driver.window->title(),
                     u"How does a server stream an answer to a window? – Runnel"_s);
    }

    //! Top to bottom, also of messages that came into sight one by one.
    void tabFollowsTheMessages()
    {
        WindowDriver driver(tree());
        QTRY_VERIFY(driver.hasRowsInOrder(4));
        const QStringList names = tabRound(driver);
        QCOMPARE(
            names.mid(names.indexOf(u"conversation"_s) + 1),
            QStringList({u"copyButton"_s, u"editButton"_s, u"Copy answer"_s, u"regenerateButton"_s,
                         u"copyButton"_s, u"editButton"_s, u"previousVersion"_s, u"Copy answer"_s,
                         u"regenerateButton"_s, u"previousVersion"_s}));
    }

    void tabShowsWhereItIs()
    {
        QList<MessageRecord> messages;
        for (int i = 0; i < 8; ++i) {
            const QString parent = i == 0 ? QString() : u"a%1"_s.arg(i - 1);
            messages.append(user(u"q%1"_s.arg(i), parent, u"Question %1"_s.arg(i)));
            messages.append(answer(u"a%1"_s.arg(i), messages.last().messageId,
                                   u"Answer %1.\n\nMore."_s.arg(i)));
        }
        WindowDriver driver(conversation(messages));
        QQuickItem *const list = driver.item(u"conversation"_s);
        QTRY_COMPARE(list->property("count").toInt(), 16);
        QTRY_VERIFY(driver.find(u"MessageDelegate"_s));
        list->forceActiveFocus(Qt::TabFocusReason);
        QTRY_VERIFY(list->property("atEnd").toBool());
        driver.press(Qt::Key_Home);
        int reached = 0;
        for (int i = 0; i < 60; ++i) {
            QTest::qWait(10); // What came into sight is made, and put in order.
            driver.press(Qt::Key_Tab);
            QQuickItem *const item = driver.window->activeFocusItem();
            if (!list->isAncestorOf(item))
                break;
            ++reached;
            const qreal top = item->mapToItem(list, {0, 0}).y();
            QVERIFY2(top >= 0 && top + item->height() <= list->height(),
                     qPrintable(driver.focused()));
        }
        QCOMPARE(reached, 32); // Two buttons of each.
    }

    void bubbleHasTheLinesOfAnAnswer()
    {
        const QString text = u"if (a < b && b > c)\n    return \"x &amp; y\";\n\n\tdone"_s;
        WindowDriver driver(conversation({user(u"m1"_s, {}, text)}));
        QTRY_VERIFY(driver.find(u"Bubble"_s));
        QQuickItem *const words = driver.find(u"Bubble"_s)->childItems().constFirst();
        QCOMPARE(words->property("lineCount").toInt(), 4);
        QCOMPARE(words->property("contentHeight").toReal(), 4.0 * 26);
        QMetaObject::invokeMethod(words, "selectAll");
        QMetaObject::invokeMethod(words, "copy");
        QCOMPARE(QGuiApplication::clipboard()->text(), text);
    }

    // ---- pictures

    void pictures_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1024, 768);
        QTest::newRow("narrow") << QSize(360, 740);
    }
    void pictures()
    {
        QFETCH(QSize, size);
        const QString form = QString::fromLatin1(QTest::currentDataTag());
        {
            WindowDriver driver(tree(), size);
            QTRY_VERIFY(driver.hasRowsInOrder(4));
            QTRY_VERIFY(driver.item(u"conversation"_s)->property("atEnd").toBool());
            QVERIFY(driver.tabTo(u"previousVersion"_s));
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"versions-"_s + form);
            driver.session.regenerate(3);
            driver.pictures(u"regenerating-"_s + form);
        }
        {
            WindowDriver driver(tree(), size);
            QTRY_VERIFY(driver.hasRowsInOrder(4));
            driver.session.beginEdit(2);
            QTRY_VERIFY(driver.visibleItem(u"editorInput"_s));
            driver.item(u"editorInput"_s)->forceActiveFocus();
            driver.press(Qt::Key_End, Qt::ControlModifier);
            driver.press(Qt::Key_Return, Qt::ShiftModifier);
            driver.type(u"In two sentences, please."_s);
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"editing-"_s + form);
        }
        {
            WindowDriver driver(tree(MessageState::Interrupted), size);
            QTRY_VERIFY(driver.visibleItem(u"continueButton"_s));
            QTRY_VERIFY(driver.item(u"conversation"_s)->property("atEnd").toBool());
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"interrupted-"_s + form);
        }
        {
            WindowDriver driver(tree(MessageState::Interrupted), size);
            QTRY_COMPARE(driver.session.messages()->rowCount(), 4);
            driver.server.goAway();
            for (int i = 0; i < 2; ++i) {
                QTRY_VERIFY(driver.session.connectionText().startsWith(u"Reconnecting in"));
                driver.session.reconnectNow();
            }
            QTRY_COMPARE(driver.session.connection(), ChatSession::Offline);
            QVERIFY(driver.session.send(u"And when I was offline for an hour?"_s));
            QVERIFY(driver.session.saveEdit(0, u"How does a server stream an answer to a "
                                               "window, without losing a word of it?"_s));
            driver.session.continueAnswer(3);
            QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
            driver.pictures(u"offline-waiting-"_s + form);
        }
    }
};

QTEST_MAIN(TestBranches)
#include "tst_branches.moc"
