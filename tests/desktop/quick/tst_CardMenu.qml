import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "CardMenu"

    Component {
        id: rooms
        Item {
            property alias menu: menu
            property alias line: line
            width: 400
            height: 300
            CardMenu {
                id: menu
                title: "River"
                RowMenuItem {
                    id: line
                    iconName: "pencil"
                    text: "Rename"
                }
                RowMenuItem {
                    iconName: "copy"
                    text: "Copy"
                    enabled: false
                }
            }
        }
    }

    function open(): var {
        const room = make(rooms);
        room.menu.open();
        tryVerify(() => room.menu.opened);
        return room;
    }

    function test_hasTheLookOfTheWindow(): void {
        const menu = open().menu;
        compare(menu.background.color, Theme.raised);
        compare(menu.background.radius, Theme.radiusCard);
        compare(menu.background.border.color, Theme.hairline);
        compare(Probe.nameOf(menu.contentItem.parent), "River");
        verifyFits(menu.contentItem);
    }
    function test_isAsWideAsItsLongestLine(): void {
        const room = open();
        compare(room.menu.width, 236);
        room.line.text = "Rename the longest of all rivers of the world";
        tryVerify(() => room.menu.width > 300);
        room.line.text = "Rename ".repeat(40);
        tryCompare(room.menu, "width", test.Window.width - 2 * Theme.space8);
    }
    function test_keysChoose(): void {
        const room = open();
        const triggered = spy(room.line, "triggered");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // What cannot be done is passed over.
        compare(room.menu.currentIndex, 0);
        keyClick(Qt.Key_Return);
        compare(triggered.count, 1);
        tryVerify(() => !room.menu.visible);
    }
}
