import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Switcher"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            Switcher {
                id: sheet
                conversations: test.scene.conversations
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Plain);
        const room = make(rooms);
        room.sheet.open();
        tryVerify(() => room.sheet.opened);
        tryVerify(() => field(room.sheet).activeFocus);
        return room.sheet;
    }
    function field(sheet: var): var {
        return Probe.called(sheet.contentItem, "switcherField");
    }
    function list(sheet: var): var {
        return Probe.called(sheet.contentItem, "switcherList");
    }
    function type(text: string): void {
        for (const key of text)
            keyClick(key);
    }

    function test_goesToAPartOfATitle(): void {
        const sheet = open();
        const chosen = spy(sheet, "chosen");
        const all = list(sheet).count;
        verify(all >= 6);
        type("depl");
        compare(list(sheet).count, 1);
        keyClick(Qt.Key_Return);
        compare(said(chosen), ["kept"]);
        tryVerify(() => !sheet.visible);
    }
    function test_arrowsMove(): void {
        const sheet = open();
        compare(list(sheet).currentIndex, 0);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        compare(list(sheet).currentIndex, 2);
        keyClick(Qt.Key_Up);
        compare(list(sheet).currentIndex, 1);
        tryVerify(() => list(sheet).itemAtIndex(1) !== null);
        compare(list(sheet).itemAtIndex(1).background.color, Theme.bubble);
        type("e");
        compare(list(sheet).currentIndex, 0);
    }
    function test_mouseChooses(): void {
        const sheet = open();
        const chosen = spy(sheet, "chosen");
        tryVerify(() => list(sheet).itemAtIndex(0) !== null);
        mouseClick(list(sheet).itemAtIndex(0));
        compare(chosen.count, 1);
        tryVerify(() => !sheet.visible);
    }
    function test_nothingHasIt(): void {
        const sheet = open();
        const chosen = spy(sheet, "chosen");
        verifyHides(sheet.contentItem, "No conversation has that");
        type("xyz");
        verifyShows(sheet.contentItem, "No conversation has that");
        keyClick(Qt.Key_Return);
        compare(chosen.count, 0);
        verify(sheet.opened);
    }
    function test_opensEmptyAgain(): void {
        const sheet = open();
        type("xyz");
        keyClick(Qt.Key_Escape);
        tryVerify(() => !sheet.visible);
        sheet.open();
        tryVerify(() => sheet.opened);
        compare(field(sheet).text, "");
        compare(list(sheet).currentIndex, 0);
    }
    function test_isHeard(): void {
        const sheet = open();
        compare(Probe.nameOf(field(sheet)), "Go to a conversation");
        compare(Probe.roleOf(list(sheet)), Accessible.List);
        compare(Probe.nameOf(list(sheet).itemAtIndex(0)), list(sheet).itemAtIndex(0).text);
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const sheet = open();
        verifyFits(sheet.contentItem);
        verify(field(sheet).height >= field(sheet).contentHeight, field(sheet).height + " for " + field(sheet).contentHeight);
    }
}
