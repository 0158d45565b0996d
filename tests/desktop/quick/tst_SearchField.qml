import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "SearchField"

    Component {
        id: fields
        SearchField { width: 260 }
    }

    function test_saysWhatIsTyped(): void {
        const field = make(fields);
        const looked = spy(field, "looked");
        tabTo(field);
        keyClick("r");
        compare(said(looked), ["r"]);
        keyClick("i");
        compare(looked.signalArguments[1][0], "ri");
    }
    function test_escapeEmptiesAndIsThenAnybodys(): void {
        const field = make(fields, { text: "river" });
        const looked = spy(field, "looked");
        field.forceActiveFocus();
        keyClick(Qt.Key_Escape);
        compare(field.text, "");
        compare(said(looked), [""]);
        keyClick(Qt.Key_Escape);
        compare(looked.count, 1);
    }
    function test_downLeaves(): void {
        const field = make(fields);
        const left = spy(field, "leftDown");
        field.forceActiveFocus();
        keyClick(Qt.Key_Down);
        compare(left.count, 1);
    }
    function test_crossEmpties(): void {
        const field = make(fields);
        const looked = spy(field, "looked");
        compare(Probe.first(field, "IconButton"), null);
        field.text = "river";
        mouseClick(Probe.first(field, "IconButton"));
        compare(field.text, "");
        compare(said(looked), [""]);
        verify(field.activeFocus);
    }
    function test_keyIsShownUntilOneIsThere(): void {
        const field = make(fields);
        verifyShows(field, "Ctrl+F");
        field.forceActiveFocus();
        verifyHides(field, "Ctrl+F");
    }
    function test_wordsAreBounded(): void {
        const field = make(fields);
        field.text = "x".repeat(1000);
        compare(field.text.length, 200);
    }
    function test_hasAName(): void {
        const field = make(fields);
        compare(Probe.roleOf(field), Accessible.EditableText);
        compare(Probe.nameOf(field), "Search all conversations");
    }
    function test_largeTextHasRoom(): void {
        const field = make(fields, { text: "river" });
        Theme.textScale = 2;
        verify(field.height >= field.contentHeight, field.height + " for " + field.contentHeight);
    }
}
