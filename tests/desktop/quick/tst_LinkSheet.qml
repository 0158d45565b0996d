import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "LinkSheet"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            LinkSheet {
                id: sheet
                links: test.scene.links
            }
        }
    }

    function follow(link: string): var {
        scene = tell(Scene.Greeting);
        const sheet = make(rooms).sheet;
        scene.links.follow(link);
        tryVerify(() => sheet.opened);
        return sheet;
    }
    function part(sheet: var, name: string): var {
        return Probe.called(sheet.contentItem, name);
    }

    function test_enterOpens(): void {
        const sheet = follow("https://docs.example.org/a");
        verify(part(sheet, "openLink").activeFocus);
        keyClick(Qt.Key_Return);
        tryVerify(() => !sheet.visible);
        compare(scene.heard, ["open https://docs.example.org/a"]);
    }
    function test_escapeDoesNot(): void {
        const sheet = follow("https://docs.example.org/a");
        keyClick(Qt.Key_Escape);
        tryVerify(() => !sheet.visible);
        verify(!scene.links.asking);
        compare(scene.heard, []);
    }
    function test_alwaysIsForThatHost(): void {
        const sheet = follow("https://docs.example.org/a");
        part(sheet, "alwaysOpen").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Space);
        verify(part(sheet, "alwaysOpen").checked);
        mouseClick(part(sheet, "openLink"));
        tryVerify(() => !sheet.visible);
        scene.links.follow("https://docs.example.org/b");
        compare(scene.heard, ["open https://docs.example.org/a", "open https://docs.example.org/b"]);
        scene.links.follow("https://example.org/");
        tryVerify(() => sheet.opened);
        verify(!part(sheet, "alwaysOpen").checked);
    }
    function test_addressIsCopied(): void {
        const sheet = follow("https://docs.example.org/ü");
        mouseClick(part(sheet, "copyLink"));
        compare(Probe.clipboard(), "https://docs.example.org/%C3%BC");
        compare(scene.heard, []);
    }
    function test_aMailHasNoHost(): void {
        const sheet = follow("mailto:me@example.org");
        compare(part(sheet, "alwaysOpen"), null);
        verifyShows(sheet.contentItem, "Write a mail?");
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const sheet = follow("https://docs.example.org/" + "x".repeat(500));
        verifyFits(sheet.contentItem.parent);
    }
}
