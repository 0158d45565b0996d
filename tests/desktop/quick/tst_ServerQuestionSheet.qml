import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ServerQuestionSheet"

    property Scene scene

    Component {
        id: rooms
        Item {
            property alias sheet: sheet
            width: 640
            height: 480
            ServerQuestionSheet {
                id: sheet
                question: test.scene.question
            }
        }
    }

    function ask(server: string, withText: bool): var {
        scene = tell(Scene.Greeting);
        const sheet = make(rooms).sheet;
        scene.askAbout(server, withText);
        tryVerify(() => sheet.opened);
        return sheet;
    }
    function part(sheet: var, name: string): var {
        return Probe.called(sheet.contentItem, name);
    }

    function test_enterAndEscapeCancel_data() {
        return [{ tag: "Enter", key: Qt.Key_Return }, { tag: "Escape", key: Qt.Key_Escape }];
    }
    function test_enterAndEscapeCancel(row) {
        const sheet = ask("https://chat.example.org", false);
        const agreed = spy(scene, "agreed");
        verify(part(sheet, "questionCancel").activeFocus);
        keyClick(row.key);
        tryVerify(() => !sheet.visible);
        verify(!scene.question.asking);
        compare(agreed.count, 0);
    }
    function test_connectAgrees(): void {
        const sheet = ask("https://chat.example.org", false);
        const agreed = spy(scene, "agreed");
        tryVerify(() => part(sheet, "questionConnect").enabled);
        mouseClick(part(sheet, "questionConnect"));
        compare(agreed.count, 1);
        tryVerify(() => !sheet.visible);
    }
    function test_isHeard(): void {
        const sheet = ask("https://bücher.example", true);
        const said = Probe.descriptionOf(part(sheet, "questionCancel"));
        verify(said.includes("xn--bcher-kva.example") && said.includes("bücher.example") && said.includes("not sent"), said);
    }
    function test_bearsLargeText(): void {
        Theme.textScale = 2;
        const sheet = ask("https://" + "a".repeat(60) + ".example.org", true);
        verifyFits(sheet.contentItem.parent);
        const cancel = part(sheet, "questionCancel");
        verify(cancel.mapToItem(sheet.contentItem, 0, cancel.height).y <= sheet.contentItem.height);
    }
}
