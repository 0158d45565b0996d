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
        compare(list(menu).itemAtIndex(0).Accessible.role, Accessible.RadioButton);
        verify(list(menu).itemAtIndex(0).Accessible.checked);
        verify(!list(menu).itemAtIndex(1).Accessible.checked);
        menu.current = "https://chat.example.org";
        verify(list(menu).itemAtIndex(1).Accessible.checked);
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
    function test_deleteTakesAway(): void {
        const menu = open();
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Delete);
        compare(scene.servers.count, 2);
        verifyHides(menu.contentItem, "https://chat.example.org");
    }
    function test_pointerTakesAway(): void {
        const menu = open();
        const row = list(menu).itemAtIndex(2);
        compare(Probe.first(row, "IconButton"), null);
        mouseMove(row, 40, 20);
        tryVerify(() => Probe.first(row, "IconButton") !== null);
        mouseClick(Probe.first(row, "IconButton"));
        compare(scene.servers.count, 2);
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
    }
}
