import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SideBar"

    property Scene scene

    Component {
        id: bars
        SideBar {
            width: 280
            height: 470
            conversations: test.scene.conversations
        }
    }

    function makeBar(): var {
        scene = tell(Scene.Plain);
        const bar = make(bars);
        tryVerify(() => list(bar).count >= 6);
        return bar;
    }
    function list(bar: var): var {
        return Probe.called(bar, "conversationList");
    }

    function test_listsConversationsInGroups(): void {
        const bar = makeBar();
        verifyShows(bar, "How we deploy");
        verifyShows(bar, "Pinned");
        compare(Probe.roleOf(list(bar)), Accessible.List);
        compare(Probe.nameOf(list(bar)), "Conversations");
        verifyFits(bar);
    }
    function test_oneIsOpened(): void {
        const bar = makeBar();
        const opened = spy(bar, "opened");
        mouseClick(list(bar).itemAtIndex(0));
        compare(said(opened), ["kept", ""]);
    }
    function test_keysGoThroughTheRows(): void {
        const bar = makeBar();
        const opened = spy(bar, "opened");
        bar.takeFocus();
        keyClick(Qt.Key_Down);
        verify(list(bar).itemAtIndex(0).activeFocus);
        keyClick(Qt.Key_Down);
        verify(list(bar).itemAtIndex(1).activeFocus);
        keyClick(Qt.Key_End);
        verify(list(bar).itemAtIndex(list(bar).count - 1).activeFocus);
        keyClick(Qt.Key_Home);
        keyClick(Qt.Key_Return);
        compare(opened.count, 1);
        keyClick(Qt.Key_Up);
        verify(Probe.called(bar, "searchField").activeFocus);
    }
    function rowWithKeyboard(bar: var): int {
        for (let i = 0; i < list(bar).count; ++i) {
            if (list(bar).itemAtIndex(i)?.activeFocus)
                return i;
        }
        return -1;
    }
    function test_tabStopsAtOneRowAndItsMenu(): void {
        const bar = makeBar();
        bar.takeFocus();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        compare(rowWithKeyboard(bar), 2);
        const name = () => Probe.nameOf(bar.Window.activeFocusItem);
        keyClick(Qt.Key_Tab);
        verify(name().startsWith("More for"), name());
        compare(rowWithKeyboard(bar), 2);
        keyClick(Qt.Key_Tab);
        compare(rowWithKeyboard(bar), -1);
        bar.takeFocus();
        const stops = [];
        for (let i = 0; i < 20; ++i) {
            keyClick(Qt.Key_Tab);
            if (rowWithKeyboard(bar) >= 0)
                stops.push(rowWithKeyboard(bar));
            if (Probe.called(bar, "searchField").activeFocus)
                break;
        }
        compare(stops, [2, 2]);
    }
    function test_tabComesToWhatIsInSight(): void {
        const bar = makeBar();
        bar.height = 260;
        waitForItemPolished(bar);
        list(bar).positionViewAtEnd();
        bar.takeFocus();
        keyClick(Qt.Key_Tab);
        const reached = rowWithKeyboard(bar);
        verify(reached > 0, reached);
        const top = list(bar).itemAtIndex(reached).mapToItem(list(bar), 0, 0).y;
        verify(top >= 0 && top < list(bar).height, top);
    }
    function test_tabFindsTheRowThatWasScrolledAway(): void {
        const bar = makeBar();
        bar.height = 260;
        waitForItemPolished(bar);
        bar.takeFocus();
        keyClick(Qt.Key_Down);
        bar.takeFocus();
        list(bar).positionViewAtEnd();
        keyClick(Qt.Key_Tab);
        compare(rowWithKeyboard(bar), 0);
        verify(list(bar).contentY < 10, list(bar).contentY);
    }
    function test_arrowsGoFromTheMenuButtonToRows(): void {
        const bar = makeBar();
        const removal = spy(bar, "removalAsked");
        bar.takeFocus();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Tab);
        keyClick(Qt.Key_Down);
        compare(rowWithKeyboard(bar), 1);
        compare(bar.Window.activeFocusItem.objectName, "conversationRow");
        keyClick(Qt.Key_Up);
        compare(bar.Window.activeFocusItem.objectName, "conversationRow");
        compare(rowWithKeyboard(bar), 0);
        keyClick(Qt.Key_Delete);
        compare(said(removal), ["kept"]);
    }
    function test_theOpenOneIsWhereTabComes(): void {
        const bar = makeBar();
        list(bar).itemAtIndex(3).current = true;
        bar.takeFocus();
        keyClick(Qt.Key_Tab);
        compare(rowWithKeyboard(bar), 3);
    }
    function test_searches(): void {
        const bar = makeBar();
        bar.takeFocus();
        for (const key of "river")
            keyClick(key);
        tryCompare(list(bar), "count", 1);
        verifyShows(bar, "where the river meets the sea");
        keyClick(Qt.Key_Escape);
        tryVerify(() => list(bar).count >= 6);
    }
    function test_menuOfARow(): void {
        const bar = makeBar();
        const pin = spy(bar, "pinAsked");
        const removal = spy(bar, "removalAsked");
        mouseClick(list(bar).itemAtIndex(0), 30, 60, Qt.RightButton);
        const items = () => Probe.all(bar.Window.contentItem, "RowMenuItem");
        tryCompare(items(), "length", 5);
        mouseClick(items()[1]);
        compare(said(pin), ["kept", false]);
        list(bar).itemAtIndex(1).forceActiveFocus();
        keyClick(Qt.Key_Delete);
        compare(removal.count, 1);
    }
    function test_isRenamedFromTheMenu(): void {
        const bar = makeBar();
        const renamed = spy(bar, "renamed");
        mouseClick(list(bar).itemAtIndex(0), 30, 60, Qt.RightButton);
        const items = () => Probe.all(bar.Window.contentItem, "RowMenuItem");
        tryCompare(items(), "length", 5);
        mouseClick(items()[0]);
        tryVerify(() => Probe.called(bar, "titleField")?.activeFocus);
        keyClick("x");
        keyClick(Qt.Key_Return);
        compare(said(renamed), ["kept", "x"]);
    }
    function test_headAsksForTheRest(): void {
        const bar = makeBar();
        const newChat = spy(bar, "newChatAsked");
        const imports = spy(bar, "importAsked");
        mouseClick(Probe.called(bar, "newChatButton"));
        mouseClick(Probe.all(bar, "IconButton").find(one => one.name === "Import conversations"));
        compare(newChat.count, 1);
        compare(imports.count, 1);
    }
    function test_bearsLargeText(): void {
        verifyBearsLargeText(makeBar(), 320);
    }
}
