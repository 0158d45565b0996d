import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ShortcutSheet"

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            ShortcutSheet { id: sheet }
        }
    }

    function open(): var {
        const room = make(rooms);
        room.sheet.open();
        tryVerify(() => room.sheet.opened && list(room.sheet).contentHeight > 0);
        return room.sheet;
    }
    function list(sheet: var): var {
        return Probe.called(sheet.contentItem, "shortcutList");
    }

    function test_keyboardIsSeen(): void {
        const sheet = open();
        verify(list(sheet).activeFocus);
        verify(hasRing(sheet.contentItem));
    }
    function test_listsAllOfThem(): void {
        const sheet = open();
        const texts = Probe.texts(sheet.contentItem);
        verify(sheet.shortcuts.length > 10);
        for (const shortcut of sheet.shortcuts) {
            verify(texts.includes(shortcut.keys), shortcut.keys);
            verify(texts.includes(shortcut.does), shortcut.does);
        }
        verifyFits(sheet.contentItem.parent);
    }
    function test_keysScroll(): void {
        const sheet = open();
        verify(list(sheet).activeFocus);
        sheet.height = 200;
        verify(list(sheet).contentHeight > list(sheet).height);
        keyClick(Qt.Key_Down);
        compare(list(sheet).contentY, Theme.scrollStep);
        keyClick(Qt.Key_Up);
        keyClick(Qt.Key_Up);
        compare(list(sheet).contentY, 0);
        for (let i = 0; i < 40; ++i)
            keyClick(Qt.Key_Down);
        compare(list(sheet).contentY, list(sheet).contentHeight - list(sheet).height);
    }
    function test_crossAndEscapeClose(): void {
        const sheet = open();
        mouseClick(Probe.first(sheet.contentItem, "IconButton"));
        tryVerify(() => !sheet.visible);
        sheet.open();
        tryVerify(() => sheet.opened);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !sheet.visible);
    }
    function test_linesAreHeard(): void {
        const sheet = open();
        compare(Probe.roleOf(list(sheet)), Accessible.List);
        const lines = Probe.all(list(sheet), "QQuickItem").filter(one => one.Accessible.role === Accessible.ListItem);
        compare(lines.length, sheet.shortcuts.length);
        compare(Probe.nameOf(lines[0]), "Send the message: Enter");
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        verifyFits(open().contentItem.parent);
    }
}
