#include "app/opening.h"
#include "app/window.h"
#include "conversationframes.h"
#include "listingserver.h"
#include "windowdriver.h"

#include <QTest>

using namespace runnel;
using namespace runnel::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr QSize wide(1180, 760);

//! Twenty messages, each longer than the window; "river" is far down in the tenth.
QList<ServerFrame> talkAboutRivers()
{
    QList<MessageRecord> messages;
    QString parent;
    for (int i = 1; i <= 20; ++i) {
        const QString id = u"m%1"_s.arg(i);
        if (i % 2 == 1) {
            messages.append(user(id, parent, u"Tell me more, number %1."_s.arg(i)));
        } else {
            QString text = u"## Number %1\n\n"_s.arg(i);
            for (int line = 0; line < 30; ++line)
                text += line == 20 && i == 10
                            ? u"This is the word: **river**.\n\n"_s
                            : u"Water goes where it is low, past towns and fields.\n\n"_s;
            messages.append(answer(id, parent, text));
        }
        parent = id;
    }
    return conversation(messages);
}

//! Some text of that is seen, whole.
bool isRead(const QQuickItem &view, const QString &text)
{
    QList<const QQuickItem *> items{&view};
    while (!items.isEmpty()) {
        const QQuickItem *const item = items.takeLast();
        const QList<QQuickItem *> children = item->childItems();
        items.append({children.cbegin(), children.cend()});
        if (item->property("plain").toString() == text && item->isVisible() &&
            view.boundingRect().contains(item->mapRectToItem(&view, item->boundingRect())))
            return true;
    }
    return false;
}

} // namespace

//! The side bar as a person uses it.
class TestSideBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareQuick(); }

    void conversationsStandInGroups()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        for (const auto &group : {u"Pinned"_s, u"Today"_s, u"Previous 7 days"_s})
            QVERIFY2(f.driver.texts().contains(group), qPrintable(f.driver.texts().join(u'|')));
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"sidebar"_s);
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void clickOpensAndTheWindowIsNamedAfterIt()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.click(f.row(u"Why is the sky blue?"_s));
        QTRY_COMPARE(f.driver.server.path(), u"/ws/chat/old"_s);
        QCOMPARE(f.driver.workspace.session()->conversationId(), u"old"_s);
        QCOMPARE(f.driver.focused(), u"composerInput"_s);
    }

    void searchFindsAndLeadsToTheMessage()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(f.driver.focused(), u"searchField"_s);
        f.driver.type(u"river"_s);
        QTRY_COMPARE(f.titles().size(), 1);
        QVERIFY(f.driver.shows(u"meets the sea"_s));
        f.driver.pictures(u"search"_s);
        f.driver.press(Qt::Key_Down);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.server.path(), u"/ws/chat/rivers"_s);
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        f.driver.type(u"xyzzy"_s);
        QTRY_VERIFY(f.driver.shows(u"Nothing found for “xyzzy”."_s));
        f.driver.picture(u"nothing-found-light"_s);
        f.driver.press(Qt::Key_Escape);
        QTRY_COMPARE(f.titles().size(), 6);
    }

    void hitIsScrolledToAndMarked_data()
    {
        QTest::addColumn<bool>("openAlready");
        QTest::addColumn<QString>("message");
        QTest::newRow("a conversation that is opened") << false << u"m10"_s;
        QTest::newRow("the one that is open") << true << u"m10"_s;
        QTest::newRow("a person's message") << false << u"m9"_s;
        QTest::newRow("the first one") << false << u"m1"_s;
        QTest::newRow("the last one") << false << u"m20"_s;
    }

    //! Also far down in a long answer.
    void hitIsScrolledToAndMarked()
    {
        QFETCH(const bool, openAlready);
        QFETCH(const QString, message);
        Fixture f;
        f.listing.found = message;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.server.greetWith(talkAboutRivers());
        const auto shown = [&f] { return f.driver.workspace.session()->messages()->rowCount(); };
        if (openAlready) {
            f.driver.click(f.row(u"Rivers of Europe, from the longest to the shortest"_s));
            QTRY_COMPARE(shown(), 20);
            QTRY_VERIFY(f.driver.item(u"conversation"_s)->property("atEnd").toBool());
        }
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        f.driver.type(u"river"_s);
        QTRY_COMPARE(f.titles().size(), 1);
        f.driver.press(Qt::Key_Down);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(shown(), 20);
        QTRY_VERIFY(f.driver.visibleItem(u"foundFrame"_s));
        const QQuickItem *const view = f.driver.item(u"conversation"_s);
        const auto isInSight = [&] {
            for (const QQuickItem *row : f.driver.findAll(u"MessageDelegate"_s)) {
                const QRectF place = row->mapRectToItem(view, row->boundingRect());
                if (row->property("found").toBool() && place.intersects(view->boundingRect()))
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(isInSight());
        const auto isWordSeen = [&] {
            return message != u"m10" || isRead(*view, u"This is the word: river."_s);
        };
        QTRY_VERIFY(isWordSeen());
        f.driver.pictures(u"found-"_s + message);
        QTRY_VERIFY(!f.driver.visibleItem(u"foundFrame"_s));
        QVERIFY(isWordSeen()); // Nothing moved the view meanwhile.
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void renamedByKeyboard()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.row(u"Why is the sky blue?"_s)->forceActiveFocus(Qt::TabFocusReason);
        f.driver.press(Qt::Key_F2);
        QCOMPARE(f.driver.focused(), u"titleField"_s);
        f.driver.picture(u"renaming-light"_s);
        f.driver.type(u"Sky"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_VERIFY(f.titles().contains(u"Sky"_s));
        f.driver.press(Qt::Key_F2);
        f.driver.press(Qt::Key_Escape);
        QVERIFY(f.titles().contains(u"Sky"_s));
        QCOMPARE(f.driver.focused(), u"conversationRow"_s);
    }

    void openOneIsRenamedFromTheComposer()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.press(Qt::Key_F2); // A new one has no title to change.
        QCOMPARE(f.driver.focused(), u"composerInput"_s);
        f.driver.click(f.row(u"Why is the sky blue?"_s));
        QTRY_COMPARE(f.driver.workspace.session()->conversationId(), u"old"_s);
        QTRY_VERIFY(f.row(u"Why is the sky blue?"_s)->property("current").toBool());
        f.driver.press(Qt::Key_B, Qt::ControlModifier);
        QTRY_VERIFY(!f.driver.visibleItem(u"conversationRow"_s));
        QCOMPARE(f.driver.focused(), u"composerInput"_s);
        f.driver.press(Qt::Key_F2);
        QTRY_COMPARE(f.driver.focused(), u"titleField"_s);
        f.driver.type(u"Sky"_s);
        f.driver.press(Qt::Key_F2);
        f.driver.press(Qt::Key_Return);
        QTRY_VERIFY(f.titles().contains(u"Sky"_s));
        QCOMPARE(f.driver.focused(), u"composerInput"_s);

        // A search that does not find it gives way.
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        f.driver.type(u"river"_s);
        QTRY_COMPARE(f.titles().size(), 1);
        f.driver.press(Qt::Key_F2);
        QTRY_COMPARE(f.driver.focused(), u"titleField"_s);
        f.driver.press(Qt::Key_Escape);
        QCOMPARE(f.driver.focused(), u"searchField"_s);
        QCOMPARE(f.titles().size(), 6);

        // In the list it is the chosen one, also from its menu's button.
        f.driver.press(Qt::Key_Down);
        f.driver.press(Qt::Key_Home);
        const QString chosen = f.focusedTitle();
        QVERIFY(chosen != u"Sky");
        f.driver.press(Qt::Key_Tab);
        f.driver.press(Qt::Key_F2);
        QTRY_COMPARE(f.driver.focused(), u"titleField"_s);
        QCOMPARE(f.driver.window->activeFocusItem()->property("text").toString(), chosen);
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void openOneIsRenamedInTheDrawer()
    {
        Fixture f({360, 640});
        QTRY_VERIFY(f.driver.session.connected());
        f.driver.workspace.open(u"old"_s);
        QTRY_COMPARE(f.driver.window->title(), u"Why is the sky blue? – Runnel"_s);
        f.driver.press(Qt::Key_F2);
        QTRY_COMPARE(f.driver.focused(), u"titleField"_s);
        f.driver.type(u"Sky"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_VERIFY(f.titles().contains(u"Sky"_s));
    }

    void emptyComposerBringsTheDeletedOneBack()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.row(u"Why is the sky blue?"_s)->forceActiveFocus(Qt::TabFocusReason);
        f.driver.press(Qt::Key_Delete);
        QTRY_COMPARE(f.titles().size(), 5);
        QTRY_VERIFY(f.driver.workspace.isUndoable());
        f.driver.press(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(f.driver.focused(), u"composerInput"_s);
        f.driver.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(f.titles().size(), 6);
    }

    void deletedAndBroughtBack()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.row(u"Why is the sky blue?"_s)->forceActiveFocus(Qt::TabFocusReason);
        f.driver.press(Qt::Key_Delete);
        QTRY_VERIFY(f.driver.shows(u"Deleted."_s));
        QTRY_COMPARE(f.titles().size(), 5);
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"deleted"_s);
        f.driver.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(f.titles().size(), 6);
        QVERIFY(!f.driver.shows(u"Deleted."_s));
    }

    void theNextOneHasTheKeyboardAfterDel()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.press(Qt::Key_F, Qt::ControlModifier);
        f.driver.press(Qt::Key_Down);
        f.driver.press(Qt::Key_Down);
        const QStringList before = f.titles();
        const QString first = f.focusedTitle();
        QVERIFY(!first.isEmpty());
        f.driver.press(Qt::Key_Delete);
        QTRY_COMPARE(f.titles().size(), 5);
        const QString second = f.focusedTitle();
        QVERIFY(!second.isEmpty());
        QVERIFY(second != first);
        QVERIFY(f.ringed());
        f.driver.picture(u"deleted-next-light"_s);
        f.driver.press(Qt::Key_Delete);
        QTRY_COMPARE(f.titles().size(), 4);
        QVERIFY(!f.titles().contains(second));
        QVERIFY(f.ringed());
        for (int i = 0; i < 4; ++i) {
            f.driver.press(Qt::Key_Delete);
            QTRY_COMPARE(f.titles().size(), 3 - i);
        }
        QCOMPARE(f.driver.focused(), u"searchField"_s);
        QCOMPARE(f.driver.warnings, QStringList());
    }

    void menuHasWhatCanBeDone()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        QQuickItem *const row = f.row(u"How we deploy"_s);
        row->forceActiveFocus(Qt::TabFocusReason);
        f.driver.press(Qt::Key_F10, Qt::ShiftModifier);
        QTRY_VERIFY(f.driver.shows(u"Unpin"_s));
        for (const auto &verb :
             {u"Rename"_s, u"Export as Markdown"_s, u"Export as JSON"_s, u"Delete"_s})
            QVERIFY2(f.driver.shows(verb), qPrintable(verb));
        f.driver.pictures(u"row-menu"_s);
        f.driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.driver.shows(u"Unpin"_s));
    }

    void narrowWindowHasADrawer()
    {
        Fixture f({360, 640});
        QTRY_VERIFY(f.driver.session.connected());
        QVERIFY(!f.driver.shows(u"How we deploy"_s));
        f.driver.click(f.driver.item(u"sideBarButton"_s));
        QTRY_VERIFY(f.driver.shows(u"How we deploy"_s));
        QTest::qWait(400); // Until it has come in.
        f.driver.pictures(u"drawer"_s);
        f.driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.driver.shows(u"How we deploy"_s));
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
    }

    void switcherGoesToAnotherOne()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_COMPARE(f.driver.focused(), u"switcherField"_s);
        f.driver.type(u"EXPECT for"_s);
        QTRY_COMPARE(f.driver.item(u"switcherList"_s)->property("count").toInt(), 1);
        f.driver.pictures(u"switcher"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.server.path(), u"/ws/chat/older"_s);
        QTRY_COMPARE(f.driver.focused(), u"composerInput"_s);
    }

    void shortcutsAreOnASheet()
    {
        Fixture f;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.press(Qt::Key_F1);
        QTRY_VERIFY(f.driver.shows(u"Search all conversations"_s));
        f.driver.pictures(u"shortcuts"_s);
        f.driver.press(Qt::Key_Escape);
        QTRY_VERIFY(!f.driver.shows(u"Search all conversations"_s));
    }

    void serverIsAddedAndGoneTo()
    {
        Fixture f;
        ScriptedServer other;
        QTRY_COMPARE(f.titles().size(), 6);
        f.driver.click(f.driver.visibleItem(u"serverButton"_s));
        f.driver.click(f.driver.visibleItem(u"addServerButton"_s));
        QTRY_COMPARE(f.driver.focused(), u"serverAddress"_s);
        f.driver.type(u"ftp://files.example.org"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_VERIFY(f.driver.visibleItem(u"serverNotice"_s));
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.pictures(u"add-server"_s);
        f.driver.press(Qt::Key_A, Qt::ControlModifier);
        f.driver.type(other.url().toString());
        f.driver.press(Qt::Key_Tab);
        f.driver.type(u"The other one"_s);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(f.driver.servers.rowCount(), 1);
        QTRY_VERIFY(f.driver.shows(u"The other one"_s));
        f.driver.pictures(u"servers"_s);
        f.driver.press(Qt::Key_Down);
        f.driver.press(Qt::Key_Return);
        QTRY_COMPARE(other.connections(), 1);
        QCOMPARE(f.driver.workspace.server(), other.url());
        QTRY_COMPARE(f.titles().size(), 0);
    }

    void serverThatWasReachedIsInTheList()
    {
        Fixture f;
        ScriptedServer other;
        keepServers(f.driver.workspace, f.driver.servers);
        f.driver.workspace.useServer(other.url());
        QTRY_COMPARE(f.driver.servers.rowCount(), 1);
        QCOMPARE(f.driver.servers.currentUrl(), other.url());
        f.driver.workspace.useServer(f.driver.server.url());
        QTRY_COMPARE(f.driver.servers.rowCount(), 2);
        f.driver.workspace.useServer(other.url());
        QTRY_COMPARE(other.connections(), 2);
        QCOMPARE(f.driver.servers.rowCount(), 2);
    }

    void largeTextFits_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("wide") << QSize(1400, 900);
        QTest::newRow("narrow") << QSize(480, 800);
    }
    void largeTextFits()
    {
        QFETCH(QSize, size);
        Fixture f(size);
        f.driver.preferences.setTextSize(200);
        QTRY_VERIFY(f.driver.session.connected());
        QTRY_COMPARE(f.driver.layoutFaults().join(u'\n'), QString());
        f.driver.picture(u"text-200-%1"_s.arg(size.width()));
        f.driver.preferences.setTextSize(100);
    }

    void failureIsSaidAndTriedAgain()
    {
        Fixture f;
        f.driver.server.answerRequestsWith([](const auto &) {
            return ScriptedServer::Answer{503, R"({"detail": "The database is being moved."})"};
        });
        f.driver.workspace.conversations()->refresh();
        QTRY_VERIFY(f.driver.shows(u"The database is being moved."_s));
        f.driver.picture(u"list-failed-light"_s);
        f.listing.speakFor(f.driver.server);
        f.driver.workspace.conversations()->retry();
        QTRY_COMPARE(f.titles().size(), 6);
        QVERIFY(!f.driver.shows(u"The database is being moved."_s));
    }

private:
    struct Fixture
    {
        explicit Fixture(QSize size = wide)
            : driver(conversation({}), size)
        {
            listing.speakFor(driver.server);
            driver.workspace.conversations()->refresh();
        }
        [[nodiscard]] QStringList titles() const
        {
            QStringList titles;
            for (const QQuickItem *row : driver.findAll(u"ConversationRow"_s))
                titles.append(row->property("title").toString());
            return titles;
        }
        //! Of the row that has the keyboard; empty where none has.
        [[nodiscard]] QString focusedTitle() const
        {
            const QQuickItem *const focused = driver.window->activeFocusItem();
            return focused && focused->objectName() == u"conversationRow"
                       ? focused->property("text").toString()
                       : QString();
        }
        //! The ring is seen around a row.
        [[nodiscard]] bool ringed() const
        {
            const QQuickItem *const ring = driver.find(u"FocusRing"_s);
            return ring && driver.window->activeFocusItem() &&
                   driver.window->activeFocusItem()->isAncestorOf(ring);
        }
        [[nodiscard]] QQuickItem *row(const QString &title) const
        {
            for (QQuickItem *row : driver.findAll(u"ConversationRow"_s)) {
                if (row->property("title").toString() == title)
                    return row;
            }
            qFatal("There is no row %s", qPrintable(title));
        }

        ListingServer listing;
        WindowDriver driver;
    };
};

QTEST_MAIN(TestSideBar)
#include "tst_sidebar.moc"
