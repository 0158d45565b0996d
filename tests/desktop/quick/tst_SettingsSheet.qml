import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SettingsSheet"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            SettingsSheet {
                id: sheet
                preferences: test.scene.preferences
            }
        }
    }

    function open(): var {
        scene = tell(Scene.Greeting);
        const sheet = make(rooms).sheet;
        sheet.open();
        tryVerify(() => sheet.opened);
        return sheet;
    }
    function part(sheet: var, name: string): var {
        return Probe.called(sheet.contentItem, name);
    }

    // By keyboard: it may have to be scrolled to.
    function press(item: Item): void {
        item.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Space);
    }

    function test_changesAreKept(): void {
        const sheet = open();
        verify(!scene.preferences.tray);
        press(part(sheet, "tray"));
        verify(scene.preferences.tray);
        press(part(sheet, "notifies"));
        verify(!scene.preferences.notifies);
        verify(!part(sheet, "notifiesText").enabled);
        press(part(sheet, "theme2"));
        compare(scene.preferences.theme, 2);
    }
    function test_missingTrayIsSaid(): void {
        const sheet = open();
        compare(part(sheet, "trayMissing"), null);
        sheet.trayMissing = true;
        verify(part(sheet, "trayMissing"));
    }
    function test_allowedSitesAreForgotten(): void {
        const sheet = open();
        compare(part(sheet, "forgetLinkHosts"), null);
        scene.links.follow("https://docs.example.org/");
        scene.links.openIt(true);
        compare(scene.preferences.linkHostCount, 1);
        press(part(sheet, "forgetLinkHosts"));
        compare(scene.preferences.linkHostCount, 0);
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        verifyFits(open().contentItem.parent);
    }
}
