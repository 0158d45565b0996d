import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "RowMenu"

    Component {
        id: rooms
        Item {
            property alias menu: menu
            width: 400
            height: 400
            RowMenu {
                id: menu
                pinned: false
            }
        }
    }

    function open(): var {
        const room = make(rooms);
        room.menu.open();
        tryVerify(() => room.menu.opened);
        return room.menu;
    }

    function test_lineIsChosen_data() {
        return [
            { tag: "rename", index: 0, signalName: "renameAsked", args: [] },
            { tag: "pin", index: 1, signalName: "pinAsked", args: [] },
            { tag: "Markdown", index: 2, signalName: "exportAsked", args: [true] },
            { tag: "JSON", index: 3, signalName: "exportAsked", args: [false] },
            { tag: "delete", index: 4, signalName: "removalAsked", args: [] }
        ];
    }
    function test_lineIsChosen(row) {
        const menu = open();
        const asked = spy(menu, row.signalName);
        mouseClick(menu.itemAt(row.index));
        compare(said(asked), row.args);
        tryVerify(() => !menu.visible);
    }
    function test_keysChoose(): void {
        const menu = open();
        const asked = spy(menu, "pinAsked");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        compare(menu.currentIndex, 1);
        keyClick(Qt.Key_Return);
        compare(asked.count, 1);
    }
    function test_escapeLeaves(): void {
        const menu = open();
        keyClick(Qt.Key_Escape);
        tryVerify(() => !menu.visible);
    }
    function test_pinnedOneIsUnpinned(): void {
        const menu = open();
        compare(menu.itemAt(1).text, "Pin");
        menu.pinned = true;
        compare(menu.itemAt(1).text, "Unpin");
        compare(Probe.nameOf(menu.itemAt(1)), "Unpin");
    }
    function test_largeTextFits(): void {
        Theme.textScale = 2;
        const menu = open();
        verifyFits(menu.contentItem);
        const texts = Probe.all(menu.itemAt(0), "QQuickText");
        verify(texts[0].x + texts[0].width <= texts[1].x, "the verb stands on its key");
    }
}
