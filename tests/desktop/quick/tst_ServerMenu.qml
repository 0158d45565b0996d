import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ServerMenu"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias menu: menu
            width: 500
            height: 400
            ServerMenu {
                id: menu
                servers: test.scene.servers
                current: test.scene.servers.currentUrl
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Greeting);
        const room = make(rooms);
        room.menu.open();
        tryVerify(() => room.menu.opened && list(room.menu).itemAtIndex(2) !== null);
        waitForRendering(test);
        return room.menu;
    }
    function list(menu: var): var {
        return Probe.called(menu.contentItem, "serverList");
    }

    function test_listsTheServers(): void {
        const menu = open();
        compare(list(menu).count, 3);
        compare(Probe.nameOf(list(menu)), "Servers");
        verifyShows(menu.contentItem, "http://runnel.fritz.box:8000, not encrypted");
        verifyShows(menu.contentItem, "https://chat.example.org");
        verifyFits(menu.contentItem);
    }
    function test_oneIsOpen(): void {
        const menu = open();
        const row = index => Probe.called(list(menu).itemAtIndex(index), "serverRow");
        compare(Probe.roleOf(row(0)), Accessible.RadioButton);
        verify(Probe.isChecked(row(0)));
        verify(!Probe.isChecked(row(1)));
        menu.current = "https://chat.example.org";
        verify(Probe.isChecked(row(1)));
    }
    function test_keysChoose(): void {
        const menu = open();
        const chosen = spy(menu, "chosen");
        verify(list(menu).activeFocus);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Return);
        const args = said(chosen);
        verify(args[0] !== "");
        compare(String(args[1]), "https://chat.example.org");
    }
    function test_asksBeforeItTakesAway(): void {
        const menu = open();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Delete);
        compare(scene.servers.count, 3);
        verifyShows(menu.contentItem, "Take “Work” out of the list?");
        verifyFits(menu.contentItem);
        const keep = Probe.called(menu.contentItem, "questionKeep");
        verify(keep.activeFocus);
        keyClick(Qt.Key_Tab);
        keyClick(Qt.Key_Space);
        compare(scene.servers.count, 2);
        verifyHides(menu.contentItem, "https://chat.example.org");
        verify(menu.opened);
        verify(list(menu).activeFocus);
    }
    function test_oneThatIsKeptStays(): void {
        const menu = open();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Delete);
        keyClick(Qt.Key_Space);
        compare(scene.servers.count, 3);
        verifyHides(menu.contentItem, "out of the list?");
        verify(list(menu).activeFocus);
        verify(Probe.called(menu.contentItem, "addServerButton") !== null);
        // An answer that was not given is none: the next one who opens the menu is not asked.
        keyClick(Qt.Key_Delete);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !menu.visible);
        menu.open();
        tryVerify(() => menu.opened);
        verifyHides(menu.contentItem, "out of the list?");
        compare(scene.servers.count, 3);
    }
    function test_pointerIsAskedToo(): void {
        const menu = open();
        const row = list(menu).itemAtIndex(2);
        compare(Probe.first(row, "IconButton"), null);
        mouseMove(row, 40, 20);
        tryVerify(() => Probe.called(row, "removeServer") !== null);
        mouseClick(Probe.called(row, "removeServer"));
        compare(scene.servers.count, 3);
        mouseClick(Probe.called(menu.contentItem, "questionAgree"));
        compare(scene.servers.count, 2);
    }
    function test_isRenamed(): void {
        const menu = open();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_F2);
        keyClick("x");
        keyClick(Qt.Key_Return);
        verifyShows(list(menu), "x");
        compare(scene.servers.data(scene.servers.index(0, 0), Qt.DisplayRole), "x");
        verify(menu.opened);
        verify(list(menu).activeFocus);
    }
    function test_theLastOneLeavesTheWayToAdd(): void {
        const menu = open();
        for (let i = 0; i < 3; ++i) {
            keyClick(Qt.Key_Down);
            keyClick(Qt.Key_Delete);
            mouseClick(Probe.called(menu.contentItem, "questionAgree"));
        }
        compare(scene.servers.count, 0);
        verify(Probe.called(menu.contentItem, "addServerButton").activeFocus);
    }
    function test_addIsAsked(): void {
        const menu = open();
        const asked = spy(menu, "addAsked");
        const add = Probe.called(menu.contentItem, "addServerButton");
        mouseClick(add);
        tabTo(add);
        keyClick(Qt.Key_Space);
        compare(asked.count, 2);
    }
    function test_bearsLargeText(): void {
        const menu = open();
        Theme.textScale = 2;
        waitForItemPolished(menu.contentItem);
        verifyFits(menu.contentItem);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Delete);
        waitForItemPolished(menu.contentItem);
        verifyFits(menu.contentItem);
    }
}
