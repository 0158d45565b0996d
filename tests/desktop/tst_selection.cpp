#include "app/window.h"
#include "conversationframes.h"
#include "windowdriver.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

const QString twoParts =
    u"First **bold** words, and [a link](https://e.org).\n\n"
    "- one\n- two\n  - within\n\n```cpp\nint main();\nreturn 0;\n```\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\nThe `last` one &amp; its\nend."_s;

QList<ServerFrame> talk(const QString &text, MessageState state = MessageState::Done)
{
    MessageRecord last = answer(u"m2"_s, u"m1"_s, text, state);
    if (state == MessageState::Running)
        last.turn = u"t1"_s;
    return conversation({user(u"m1"_s, {}, u"What is <selected>,\nand how?"_s), last});
}

//! The TextEdit that shows \a text, or the last one that has it in it.
QQuickItem *editWith(const WindowDriver &driver, const QString &text)
{
    QQuickItem *found = nullptr;
    QList<QQuickItem *> open{driver.item(u"conversation"_s)};
    while (!open.isEmpty()) {
        QQuickItem *const item = open.takeLast();
        if (item->inherits("QQuickTextEdit") && item->isVisible()) {
            QString shown;
            QMetaObject::invokeMethod(item, "getText", Q_RETURN_ARG(QString, shown), Q_ARG(int, 0),
                                      Q_ARG(int, item->property("length").toInt()));
            shown.replace(QChar::ParagraphSeparator, u'\n');
            if (shown == text)
                return item;
            if (!found && shown.contains(text))
                found = item;
        }
        open += item->childItems();
    }
    return found;
}

QString selectedIn(const QQuickItem *edit)
{
    return edit->property("selectedText").toString().replace(QChar::ParagraphSeparator, u'\n');
}

//! Where the character is, in the window.
QPoint placeOf(QQuickItem *edit, int character)
{
    QRectF place;
    QMetaObject::invokeMethod(edit, "positionToRectangle", Q_RETURN_ARG(QRectF, place),
                              Q_ARG(int, character));
    return edit->mapToScene(QPointF(place.left() + 0.5, place.center().y())).toPoint();
}

void drag(const WindowDriver &driver, const QPoint &from, const QPoint &to)
{
    QTest::mousePress(driver.window, Qt::LeftButton, {}, from);
    for (int step = 1; step <= 4; ++step)
        QTest::mouseMove(driver.window, from + (to - from) * step / 4);
    QTest::mouseRelease(driver.window, Qt::LeftButton, {}, to);
}

//! The line of the menu that is open, or null.
QQuickItem *lineOf(const WindowDriver &driver, const QString &text)
{
    for (QQuickItem *line : driver.findAll(u"RowMenuItem"_s)) {
        if (line->property("text").toString() == text)
            return line;
    }
    return nullptr;
}

QString copied(const WindowDriver &driver)
{
    QGuiApplication::clipboard()->setText(u"nothing"_s);
    driver.press(Qt::Key_C, Qt::ControlModifier);
    return QGuiApplication::clipboard()->text();
}

} // namespace

//! What is selected with the mouse over blocks and messages.
class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void aTextHasAsManyCharactersAsItsBlock()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        const auto *const blocks = driver.session.messages()
                                       ->index(1)
                                       .data(MessageListModel::BlocksRole)
                                       .value<BlockListModel *>();
        int compared = 0;
        for (const Block &block : blocks->blocks()) {
            if (block.kind == Block::Kind::Table || block.kind == Block::Kind::Rule)
                continue;
            const QQuickItem *const edit = editWith(driver, block.text);
            QVERIFY2(edit, qPrintable(block.text));
            QCOMPARE(edit->property("length").toInt(), int(block.text.size()));
            ++compared;
        }
        QCOMPARE(compared, 6);
    }

    void fromOneBlockToAnother()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const code = editWith(driver, u"int main"_s);
        drag(driver, placeOf(first, 6), placeOf(code, 4));
        QCOMPARE(selectedIn(first), u"bold words, and a link."_s);
        QCOMPARE(selectedIn(editWith(driver, u"within"_s)), u"within"_s);
        QCOMPARE(selectedIn(code), u"int "_s);
        QCOMPARE(selectedIn(editWith(driver, u"its end"_s)), QString());
        driver.pictures(u"selection"_s);
        QCOMPARE(copied(driver), u"bold words, and a link.\n\n• one\n• two\n  ◦ within\n\nint "_s);
        QCOMPARE(driver.opened, QList<QUrl>());

        // A click ends it, and what Ctrl+C means is the text's own affair again.
        QTest::mouseClick(driver.window, Qt::LeftButton, {}, placeOf(first, 2));
        QCOMPARE(selectedIn(first), QString());
        QCOMPARE(selectedIn(code), QString());
        QCOMPARE(copied(driver), u"nothing"_s);
        QCOMPARE(driver.warnings, QStringList());
    }

    void upwardsAndOverMessages()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const question = editWith(driver, u"<selected>"_s);
        QQuickItem *const last = editWith(driver, u"its end"_s);
        drag(driver, placeOf(last, 8), placeOf(question, 8));
        QCOMPARE(selectedIn(question), u"<selected>,\nand how?"_s);
        QCOMPARE(selectedIn(last), u"The last"_s);
        QVERIFY(driver.find(u"TableBlock"_s)->property("selected").toBool());
        QCOMPARE(copied(driver),
                 u"<selected>,\nand how?\n\nFirst bold words, and a link.\n\n• one\n• two\n"
                 "  ◦ within\n\nint main();\nreturn 0;\n\na\tb\n1\t2\n\nThe last"_s);

        // And back into the text in which it began.
        drag(driver, placeOf(last, 8), placeOf(last, 3));
        QCOMPARE(selectedIn(last), u" last"_s);
        QVERIFY(!driver.find(u"TableBlock"_s)->property("selected").toBool());
        QCOMPARE(copied(driver), u" last"_s);
    }

    void shiftMakesItLonger()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const item = editWith(driver, u"two"_s);
        QTest::mouseClick(driver.window, Qt::LeftButton, {}, placeOf(first, 18));
        QTest::mouseClick(driver.window, Qt::LeftButton, Qt::ShiftModifier, placeOf(item, 2));
        QCOMPARE(copied(driver), u"and a link.\n\n• one\n• tw"_s);
    }

    void whatItsTextHasSelectedIsTheBeginning()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        const QPoint from = placeOf(first, 8);
        QTest::mouseDClick(driver.window, Qt::LeftButton, {}, from);
        QCOMPARE(selectedIn(first), u"bold"_s);
        QTest::mousePress(driver.window, Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(driver.window, from + QPoint(4, 0));
        const QPoint to = placeOf(editWith(driver, u"two"_s), 2);
        QTest::mouseMove(driver.window, to);
        QTest::mouseRelease(driver.window, Qt::LeftButton, {}, to);
        QVERIFY2(copied(driver).startsWith(u"bold words"_s), qPrintable(copied(driver)));
    }

    void menuHasWhatIsSelected()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const code = editWith(driver, u"int main"_s);
        const auto choose = [&driver](const QString &line) {
            QGuiApplication::clipboard()->setText(u"nothing"_s);
            QTRY_VERIFY(lineOf(driver, line));
            driver.click(lineOf(driver, line));
            QTRY_VERIFY(!lineOf(driver, line));
        };
        // Over several texts, and in one.
        drag(driver, placeOf(first, 6), placeOf(code, 4));
        QTest::mouseClick(driver.window, Qt::RightButton, {}, placeOf(first, 8));
        QTRY_VERIFY(lineOf(driver, u"Copy"_s));
        QCOMPARE(selectedIn(code), u"int "_s);
        driver.pictures(u"message-menu"_s);
        choose(u"Copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"bold words, and a link.\n\n• one\n• two\n  ◦ within\n\nint "_s);
        QCOMPARE(selectedIn(code), u"int "_s);
        drag(driver, placeOf(first, 0), placeOf(first, 5));
        QTest::mouseClick(driver.window, Qt::RightButton, {}, placeOf(code, 1));
        choose(u"Copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"First"_s);
        QCOMPARE(driver.warnings, QStringList());
    }

    void menuHasTheMessageAndTheLink()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const question = editWith(driver, u"<selected>"_s);
        QTest::mouseClick(driver.window, Qt::RightButton, {}, placeOf(question, 3));
        QTRY_VERIFY(lineOf(driver, u"Copy message"_s));
        QVERIFY(!lineOf(driver, u"Copy link"_s));
        driver.click(lineOf(driver, u"Copy message"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"What is <selected>,\nand how?"_s);
        QTRY_VERIFY(!lineOf(driver, u"Copy message"_s));
        QTest::mouseClick(driver.window, Qt::RightButton, {}, placeOf(first, 24));
        QTRY_VERIFY(lineOf(driver, u"Copy link"_s));
        driver.pictures(u"link-menu"_s);
        driver.click(lineOf(driver, u"Copy link"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"https://e.org"_s);
        QTRY_VERIFY(!lineOf(driver, u"Copy link"_s));
        QTest::mouseClick(driver.window, Qt::RightButton, {}, placeOf(first, 3));
        QTRY_VERIFY(lineOf(driver, u"Copy answer"_s));
        driver.click(lineOf(driver, u"Copy answer"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), twoParts);
        QCOMPARE(driver.opened, QList<QUrl>());
    }

    void menuSelectsAll()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QCOMPARE(driver.focused(), u"composerInput"_s);
        QTest::mouseClick(driver.window, Qt::RightButton, {},
                          placeOf(editWith(driver, u"bold"_s), 3));
        QTRY_VERIFY(lineOf(driver, u"Select all"_s));
        driver.click(lineOf(driver, u"Select all"_s));
        QTRY_COMPARE(selectedIn(editWith(driver, u"its end"_s)), u"The last one & its end."_s);
        QVERIFY(driver.find(u"TableBlock"_s)->property("selected").toBool());
        const QString all = copied(driver);
        QVERIFY2(all.startsWith(u"What is <selected>"_s), qPrintable(all));
        QVERIFY2(all.endsWith(u"its end."_s), qPrintable(all));
        // It has done with it as with any other.
        driver.press(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(selectedIn(editWith(driver, u"its end"_s)), QString());
    }

    void composerHasAMenu()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        driver.type(u"So what"_s);
        driver.press(Qt::Key_A, Qt::ControlModifier);
        driver.press(Qt::Key_Menu);
        QTRY_VERIFY(lineOf(driver, u"Cut"_s));
        QCOMPARE(selectedIn(driver.item(u"composerInput"_s)), u"So what"_s);
        QTRY_COMPARE(driver.layoutFaults().join(u'\n'), QString());
        driver.pictures(u"composer-menu"_s);
        driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!lineOf(driver, u"Cut"_s));
        QCOMPARE(driver.focused(), u"composerInput"_s);
    }

    void lettersGoToTheComposer()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QTest::mouseClick(driver.window, Qt::LeftButton, {},
                          placeOf(editWith(driver, u"bold"_s), 3));
        driver.type(u"So"_s);
        QCOMPARE(driver.focused(), u"composerInput"_s);
        QCOMPARE(driver.item(u"composerInput"_s)->property("text").toString(), u"So"_s);
        QVERIFY(driver.server.received().empty());
    }

    void oneSelectionAtATime()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const code = editWith(driver, u"int main"_s);
        drag(driver, placeOf(first, 0), placeOf(first, 5));
        QCOMPARE(selectedIn(first), u"First"_s);
        drag(driver, placeOf(code, 0), placeOf(code, 3));
        QCOMPARE(selectedIn(code), u"int"_s);
        QCOMPARE(selectedIn(first), QString());
        // Empty ground ends it, a button does not.
        drag(driver, placeOf(first, 0), placeOf(code, 3));
        driver.click(driver.item(u"wrapCode"_s));
        QCOMPARE(selectedIn(code), u"int"_s);
        QTest::mouseClick(driver.window, Qt::LeftButton, {},
                          driver.item(u"conversation"_s)->mapToScene({8, 200}).toPoint());
        QCOMPARE(selectedIn(code), QString());
    }

    void whatLiesOverItHasItsPresses()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QTest::mouseClick(driver.window, Qt::LeftButton, {}, placeOf(first, 3));
        driver.press(Qt::Key_F1); // Heard though the keyboard is at a text.
        QTRY_COMPARE(driver.focused(), u"shortcutList"_s);
        QTest::mouseClick(driver.window, Qt::LeftButton, Qt::ShiftModifier,
                          placeOf(editWith(driver, u"int main"_s), 3));
        QCOMPARE(selectedIn(first), QString());
    }

    void theKeyboardGoesElsewhere()
    {
        WindowDriver driver(talk(twoParts));
        QTRY_VERIFY(editWith(driver, u"its end"_s));
        QQuickItem *const first = editWith(driver, u"bold"_s);
        QQuickItem *const item = editWith(driver, u"two"_s);
        drag(driver, placeOf(first, 6), placeOf(item, 2));
        QCOMPARE(selectedIn(item), u"tw"_s);
        driver.item(u"composerInput"_s)->forceActiveFocus();
        QCOMPARE(selectedIn(item), QString());
        QCOMPARE(copied(driver), u"nothing"_s);
    }

    void textThatComesLeavesItAlone()
    {
        WindowDriver driver(talk(u"The first.\n\nThe second"_s, MessageState::Running));
        QTRY_VERIFY(editWith(driver, u"The second"_s));
        QQuickItem *const second = editWith(driver, u"The second"_s);
        drag(driver, placeOf(editWith(driver, u"The first"_s), 4), placeOf(second, 10));
        QCOMPARE(selectedIn(second), u"The second"_s);
        driver.server.say(Chunk{101, u"t1"_s, u" grows. And more"_s, {}});
        QTRY_VERIFY(editWith(driver, u"The second grows."_s));
        QCOMPARE(selectedIn(editWith(driver, u"The second grows."_s)), u"The second"_s);
        QCOMPARE(copied(driver), u"first.\n\nThe second"_s);
    }

    void theViewFollowsThePointer()
    {
        QString text;
        for (int i = 0; i < 60; ++i)
            text += u"Paragraph %1 of a long answer.\n\n"_s.arg(i);
        WindowDriver driver(talk(text));
        QTRY_VERIFY(editWith(driver, u"Paragraph 59"_s));
        QQuickItem *const last = editWith(driver, u"Paragraph 59"_s);
        const QPoint from = placeOf(last, 12);
        QTest::mousePress(driver.window, Qt::LeftButton, {}, from);
        QTest::mouseMove(driver.window, QPoint(from.x(), from.y() - 40));
        QTest::mouseMove(driver.window, QPoint(from.x(), 2)); // Above the view.
        QQuickItem *const question = editWith(driver, u"<selected>"_s);
        QTRY_VERIFY_WITH_TIMEOUT(question ||
                                     (editWith(driver, u"Paragraph 3 "_s) &&
                                      !selectedIn(editWith(driver, u"Paragraph 3 "_s)).isEmpty()),
                                 10000);
        QTest::mouseRelease(driver.window, Qt::LeftButton, {}, QPoint(from.x(), 2));
        const QString all = copied(driver);
        QVERIFY2(all.endsWith(u"Paragraph 58 of a long answer.\n\nParagraph 59"_s),
                 qPrintable(all.right(100)));
        QVERIFY(all.contains(u"Paragraph 4 of"_s));
        QCOMPARE(driver.warnings, QStringList());
    }
};

QTEST_MAIN(TestSelection)
#include "tst_selection.moc"
