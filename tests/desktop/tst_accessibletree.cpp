#include "app/window.h"
#include "windowstates.h"

#include <QAccessible>
#include <QTest>

#include <algorithm>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;

namespace {

//! What a screen reader can do something with when it has the keyboard.
bool isForFocus(QAccessible::Role role)
{
    switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::EditableText:
    case QAccessible::Link:
    case QAccessible::List:
    case QAccessible::ListItem:
    case QAccessible::MenuItem:
    case QAccessible::PopupMenu: // Before one of its lines is gone to.
    case QAccessible::Section:   // It scrolls.
        return true;
    default:
        return false;
    }
}

QString described(const QAccessibleInterface *one)
{
    const QObject *const object = one->object();
    return u"%1 %2 (role %3, \"%4\")"_s
        .arg(QLatin1String(object ? object->metaObject()->className() : "nothing"),
             object ? object->objectName() : QString())
        .arg(int(one->role()))
        .arg(one->text(QAccessible::Name).left(60));
}

void collect(QAccessibleInterface *one, QList<QAccessibleInterface *> &out)
{
    if (!one || !one->isValid() || one->state().invisible)
        return;
    out.append(one);
    for (int i = 0; i < one->childCount(); ++i)
        collect(one->child(i), out);
}

//! All that a screen reader finds in the window.
QList<QAccessibleInterface *> treeOf(const WindowDriver &driver)
{
    // As when one is started: controls tell what they are only then.
    QAccessible::setActive(true);
    QList<QAccessibleInterface *> all;
    collect(QAccessible::queryAccessibleInterface(driver.window), all);
    return all;
}

QStringList faultsOf(const QList<QAccessibleInterface *> &tree)
{
    QStringList faults;
    for (const QAccessibleInterface *one : tree) {
        const bool named = !one->text(QAccessible::Name).trimmed().isEmpty();
        const bool isOfPointers = one->role() == QAccessible::ScrollBar;
        if (one->state().focusable && one->role() != QAccessible::Window && !isOfPointers) {
            if (!named)
                faults.append(u"no name: "_s + described(one));
            // To Qt whatever is read can be focused, though Tab passes it over.
            if (!isForFocus(one->role()) && one->role() != QAccessible::StaticText)
                faults.append(u"no role for the keyboard: "_s + described(one));
        }
        const bool isControl =
            one->role() == QAccessible::Button || one->role() == QAccessible::RadioButton ||
            one->role() == QAccessible::CheckBox || one->role() == QAccessible::EditableText;
        if (isControl && !named)
            faults.append(u"a control without a name: "_s + described(one));
    }
    faults.removeDuplicates();
    return faults;
}

} // namespace

//! The window as a screen reader finds it.
class TestAccessibleTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void everythingHasANameAndARole_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        const QStringList states = WindowInState::states();
        for (const QString &state : states) {
            QTest::addRow("%s, wide", qPrintable(state)) << state << QSize(1180, 800);
            QTest::addRow("%s, narrow", qPrintable(state)) << state << QSize(360, 740);
        }
    }
    void everythingHasANameAndARole()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        WindowInState window(state, size);
        const QList<QAccessibleInterface *> tree = treeOf(window.driver);
        QVERIFY2(tree.size() >= 10, qPrintable(QString::number(tree.size())));
        QCOMPARE(faultsOf(tree).join(u'\n'), QString());
    }

    void whatTabReachesSaysWhatItIs_data() { everythingHasANameAndARole_data(); }
    void whatTabReachesSaysWhatItIs()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        WindowInState window(state, size);
        QAccessible::setActive(true);
        QSet<QQuickItem *> seen;
        for (int i = 0; i < 120; ++i) {
            QQuickItem *const item = window.driver.window->activeFocusItem();
            QVERIFY(item);
            if (seen.contains(item))
                break;
            seen.insert(item);
            QAccessibleInterface *const one = QAccessible::queryAccessibleInterface(item);
            QVERIFY2(one, item->metaObject()->className());
            QVERIFY2(!one->text(QAccessible::Name).isEmpty(), qPrintable(described(one)));
            QVERIFY2(isForFocus(one->role()), qPrintable(described(one)));
            window.driver.press(Qt::Key_Tab);
        }
        QVERIFY(!seen.isEmpty());
    }

    void choicesSayWhichOneCounts()
    {
        WindowInState window(u"settings"_s, {1180, 800});
        QStringList chosen;
        const QList<QAccessibleInterface *> tree = treeOf(window.driver);
        for (const QAccessibleInterface *one : tree) {
            if (one->role() == QAccessible::RadioButton && one->state().checked)
                chosen.append(one->text(QAccessible::Name));
        }
        QCOMPARE(chosen.size(), 4);
        QCOMPARE(chosen.first(), u"Light"_s);
    }

    void popupsAreDialogsWithANameOrMenus_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QAccessible::Role>("role");
        QTest::addColumn<QString>("name");
        QTest::newRow("settings") << u"settings"_s << QAccessible::Dialog << u"Settings"_s;
        QTest::newRow("shortcuts") << u"shortcuts"_s << QAccessible::Dialog << u"Keyboard"_s;
        QTest::newRow("server") << u"server"_s << QAccessible::Dialog << u"Add a server"_s;
        QTest::newRow("menu") << u"menu"_s << QAccessible::PopupMenu << u"Conversation"_s;
    }
    void popupsAreDialogsWithANameOrMenus()
    {
        QFETCH(QString, state);
        QFETCH(QAccessible::Role, role);
        QFETCH(QString, name);
        WindowInState window(state, {1180, 800});
        const QList<QAccessibleInterface *> tree = treeOf(window.driver);
        QVERIFY(std::ranges::any_of(tree, [role, &name](const QAccessibleInterface *one) {
            return one->role() == role && one->text(QAccessible::Name) == name;
        }));
    }

    void whatIsChosenIsSaid()
    {
        WindowInState window(u"conversation"_s, {1180, 800});
        QQuickItem *const announcer = window.driver.item(u"announcer"_s);
        const auto said = [announcer] {
            return QAccessible::queryAccessibleInterface(announcer)->text(QAccessible::Name);
        };
        window.driver.press(Qt::Key_Plus, Qt::ControlModifier);
        QTRY_COMPARE(said(), u"Text size: 110 %."_s);
        window.driver.press(Qt::Key_0, Qt::ControlModifier);
        QTRY_COMPARE(said(), u"Text size: 100 %."_s);
        window.driver.press(Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(said(), u"The conversations are hidden."_s);
        window.driver.press(Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(said(), u"The conversations are shown."_s);
    }
};

QTEST_MAIN(TestAccessibleTree)
#include "tst_accessibletree.moc"
