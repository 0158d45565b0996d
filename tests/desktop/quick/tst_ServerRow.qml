import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "ServerRow"

    Component {
        id: rows
        ServerRow {
            width: 300
            height: implicitHeight
            serverId: "s1"
            name: "At home"
            url: "http://runnel.fritz.box:8000"
            insecure: true
        }
    }

    function field(row: var): var {
        return Probe.called(row, "serverNameField");
    }

    function test_saysWhichOne(): void {
        const row = make(rows, { isOpen: true });
        verifyShows(row, "At home");
        verifyShows(row, "http://runnel.fritz.box:8000, not encrypted");
        const area = Probe.called(row, "serverRow");
        compare(Probe.roleOf(area), Accessible.RadioButton);
        compare(Probe.nameOf(area), "At home");
        verify(Probe.isChecked(area));
        verifyFits(row);
    }
    function test_isChosen(): void {
        const row = make(rows);
        const chosen = spy(row, "chosen");
        mouseClick(row, 20, 10);
        row.takeFocus();
        keyClick(Qt.Key_Return);
        compare(chosen.count, 2);
    }
    function test_asksToGo(): void {
        const row = make(rows);
        const asked = spy(row, "removalAsked");
        row.takeFocus();
        keyClick(Qt.Key_Delete);
        const away = Probe.called(row, "removeServer");
        compare(Probe.nameOf(away), "Take “At home” out of the list");
        mouseClick(away);
        compare(asked.count, 2);
    }
    function test_buttonsAreThereWhenTheyAreOfUse(): void {
        const row = make(rows);
        compare(Probe.called(row, "renameServer"), null);
        mouseMove(row, 20, 10);
        tryVerify(() => Probe.called(row, "renameServer") !== null);
        verifyFits(row);
        mouseMove(test, test.width - 1, test.height - 1);
        tryVerify(() => Probe.called(row, "renameServer") === null);
        Theme.touch = true;
        verify(Probe.called(row, "renameServer") !== null);
    }
    function test_isRenamedByKeyboard(): void {
        const row = make(rows);
        const renamed = spy(row, "renamed");
        row.takeFocus();
        keyClick(Qt.Key_F2);
        verify(field(row).activeFocus);
        compare(field(row).selectedText, "At home");
        compare(Probe.nameOf(field(row)), "Name");
        keyClick("x");
        keyClick(Qt.Key_Return);
        compare(said(renamed)[0], "x");
        compare(field(row), null);
        verify(Probe.called(row, "serverRow").activeFocus);
    }
    function test_isRenamedByPointer(): void {
        const row = make(rows);
        mouseMove(row, 20, 10);
        tryVerify(() => Probe.called(row, "renameServer") !== null);
        mouseClick(Probe.called(row, "renameServer"));
        verify(field(row).activeFocus);
        verifyFits(row);
    }
    function test_escapeLeavesTheName_data(): var {
        return [
            { tag: "Escape after another name", text: "x", key: Qt.Key_Escape },
            { tag: "no name", text: "  ", key: Qt.Key_Return },
            { tag: "the same name", text: "At home", key: Qt.Key_Return }
        ];
    }
    function test_escapeLeavesTheName(data: var): void {
        const row = make(rows);
        const renamed = spy(row, "renamed");
        row.takeFocus();
        keyClick(Qt.Key_F2);
        field(row).text = data.text;
        keyClick(data.key);
        compare(renamed.count, 0);
        compare(field(row), null);
        verifyShows(row, "At home");
    }
    function test_bearsLargeText(): void {
        const row = make(rows);
        verifyBearsLargeText(row, 300);
        row.takeFocus();
        verifyFits(row);
        row.rename();
        verifyFits(row);
    }
}
