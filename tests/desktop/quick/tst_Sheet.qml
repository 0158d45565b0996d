import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "Sheet"

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            Sheet {
                id: sheet
                title: "Add a server"
                implicitHeight: 120
            }
        }
    }

    function open(): var {
        const room = make(rooms);
        room.sheet.open();
        tryVerify(() => room.sheet.opened);
        return room.sheet;
    }

    function test_standsInTheMiddleOfTheWindow(): void {
        const sheet = open();
        const window = test.Window.contentItem;
        compare(sheet.width, Math.min(560, window.width - 16));
        fuzzyCompare(sheet.x + sheet.width / 2, window.width / 2, 1);
        verify(sheet.y > 0);
        verify(sheet.modal);
    }
    function test_isNeverHigherThanTheWindow(): void {
        const sheet = open();
        sheet.implicitHeight = 5000;
        compare(sheet.height, test.Window.contentItem.height - 16);
        compare(sheet.y, Theme.space8);
    }
    function test_escapeCloses(): void {
        const sheet = open();
        const closed = spy(sheet, "closed");
        keyClick(Qt.Key_Escape);
        tryCompare(closed, "count", 1);
    }
    function test_clickBesideItCloses(): void {
        const sheet = open();
        mouseClick(test.Window.contentItem, 4, test.Window.contentItem.height - 4);
        tryVerify(() => !sheet.visible);
    }
    function test_clickInItDoesNot(): void {
        const sheet = open();
        const closed = spy(sheet, "aboutToHide");
        mouseClick(sheet.background, 50, 50);
        compare(closed.count, 0);
        verify(sheet.opened);
    }
    function test_isHeardAsADialog(): void {
        const sheet = open();
        compare(Probe.roleOf(sheet.background), Accessible.Dialog);
        compare(Probe.nameOf(sheet.background), "Add a server");
    }
}
