import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "EditMenu"

    Component {
        id: rooms
        Item {
            property alias menu: menu
            property alias edit: edit
            width: 400
            height: 400
            TextEdit {
                id: edit
                width: 200
                height: 100
                text: "Which river?"
            }
            EditMenu {
                id: menu
                edit: edit
            }
        }
    }

    // With the keyboard in the text, of which the first word is selected.
    function open(): var {
        const room = make(rooms);
        room.edit.forceActiveFocus();
        room.edit.select(0, 5);
        room.menu.openAtCursor();
        tryVerify(() => room.menu.opened);
        return room;
    }
    function choose(room: var, text: string): void {
        for (let i = 0; i < room.menu.count; ++i) {
            if (room.menu.itemAt(i).text === text)
                mouseClick(room.menu.itemAt(i));
        }
        tryVerify(() => !room.menu.visible);
    }

    function test_cutAndPaste(): void {
        const room = open();
        compare(room.edit.selectedText, "Which");
        choose(room, "Cut");
        compare(room.edit.text, " river?");
        room.edit.cursorPosition = room.edit.length;
        room.menu.openAtCursor();
        tryVerify(() => room.menu.opened);
        choose(room, "Paste");
        compare(room.edit.text, " river?Which");
    }
    function test_copyLeavesTheText(): void {
        const room = open();
        choose(room, "Copy");
        compare(room.edit.text, "Which river?");
        compare(room.edit.selectedText, "Which");
        room.edit.clear();
        room.edit.paste();
        compare(room.edit.text, "Which");
    }
    function test_selectsAll(): void {
        const room = open();
        choose(room, "Select all");
        compare(room.edit.selectedText, "Which river?");
    }
    function test_whatCannotBeDoneIsPale(): void {
        const room = make(rooms);
        room.edit.clear();
        compare(room.menu.itemAt(0).text, "Cut");
        verify(!room.menu.itemAt(0).enabled);
        verify(room.menu.itemAt(0).opacity < 1);
        verify(!room.menu.itemAt(1).enabled);
        verify(!room.menu.itemAt(3).enabled);
        room.edit.text = "a";
        verify(room.menu.itemAt(3).enabled);
        verify(!room.menu.itemAt(0).enabled);
        room.edit.selectAll();
        verify(room.menu.itemAt(0).enabled);
    }
    function test_largeTextFits(): void {
        Theme.textScale = 2;
        verifyFits(open().menu.contentItem);
    }
}
