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

    function choose(sheet: var, question: string, index: int): void {
        part(sheet, question).chosen(index);
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
    }
    function test_saysWhatItIsAndWhereTheDocumentationIs(): void {
        const sheet = open();
        sheet.version = "1.2.3";
        verifyShows(sheet.contentItem, "Runnel 1.2.3, free software under the MIT licence.");
        compare(part(sheet, "serverDocs"), null);
        const followed = spy(sheet, "linkFollowed");
        sheet.server = "https://chat.example.org/runnel/";
        press(part(sheet, "serverDocs"));
        compare(said(followed)[0], "https://chat.example.org/runnel/docs");
        verifyFits(sheet.contentItem.parent);
    }
    function test_whatIsChosenIsKept(): void {
        const sheet = open();
        choose(sheet, "contrastChoices", 2);
        compare(scene.preferences.contrast, 2);
        choose(sheet, "textSizeChoices", 4);
        compare(scene.preferences.textSize, 200);
        choose(sheet, "languageChoices", 2);
        compare(scene.preferences.language, "de");
        choose(sheet, "themeChoices", 1);
        compare(scene.preferences.theme, 1);
    }
    function test_keyboardIsSeen(): void {
        const sheet = open();
        const list = part(sheet, "settings");
        verify(list.activeFocus);
        const ring = Probe.first(sheet.contentItem, "FocusRing");
        verify(ring);
        compare(ring.mapToItem(list, 0, 0), Qt.point(0, 0));
        keyClick(Qt.Key_Tab);
        verify(!ring.visible);
        verify(hasRing(list.Window.activeFocusItem));
    }
    function test_aTextSizeOfNoChoiceMarksNone(): void {
        const sheet = open();
        scene.preferences.textSize = 110;
        compare(part(sheet, "textSizeChoices").current, -1);
    }
    function test_whatTabReachesComesIntoSight(): void {
        const sheet = open();
        sheet.height = 300;
        const list = part(sheet, "settings");
        tryVerify(() => list.contentHeight > list.height);
        let lowest = 0;
        for (let i = 0; i < 30; ++i) {
            keyClick(Qt.Key_Tab);
            const item = list.Window.activeFocusItem;
            const place = item.mapToItem(list, 0, 0).y;
            if (item === list || !list.holds(item))
                continue;
            verify(place >= 0 && place + Math.min(item.height, list.height) <= list.height, `${item} at ${place}`);
            lowest = Math.max(lowest, list.contentY);
        }
        verify(lowest > 0);
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
