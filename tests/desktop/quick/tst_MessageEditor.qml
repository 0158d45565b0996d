import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "MessageEditor"

    Component {
        id: editors
        MessageEditor {
            width: 500
            height: implicitHeight
            draft: "Which river?"
            connected: true
            tallest: 200
        }
    }

    function input(editor: Item): var {
        return Probe.called(editor, "editorInput");
    }

    function test_beginsWithTheDraft(): void {
        const editor = make(editors);
        editor.takeFocus();
        verify(input(editor).activeFocus);
        const edited = spy(editor, "edited");
        keyClick("x");
        compare(input(editor).text, "Which river?x");
        compare(said(edited), ["Which river?x"]);
        editor.draft = "Something else";
        compare(input(editor).text, "Which river?x");
    }
    function test_hasAMenu(): void {
        const editor = make(editors);
        editor.takeFocus();
        const items = () => Probe.all(editor.Window.contentItem, "RowMenuItem");
        mouseClick(input(editor), 30, 20, Qt.RightButton);
        tryVerify(() => items().length === 4);
        keyClick(Qt.Key_Escape);
        tryVerify(() => items().length === 0);
        editor.takeFocus();
        keyClick(Qt.Key_Menu);
        tryVerify(() => items().length === 4);
        mouseClick(items().find(one => one.text === "Select all"));
        tryCompare(input(editor), "selectedText", "Which river?");
    }
    function test_saves_data() {
        return [
            { tag: "by Return", key: Qt.Key_Return },
            { tag: "by Enter", key: Qt.Key_Enter },
            { tag: "by the button", key: 0 }
        ];
    }
    function test_saves(row) {
        const editor = make(editors);
        const saved = spy(editor, "saved");
        editor.takeFocus();
        if (row.key === 0)
            mouseClick(Probe.called(editor, "saveEdit"));
        else
            keyClick(row.key);
        compare(said(saved), ["Which river?"]);
    }
    function test_cancels(): void {
        const editor = make(editors);
        const cancelled = spy(editor, "cancelled");
        editor.takeFocus();
        keyClick(Qt.Key_Escape);
        keyClick(Qt.Key_Tab);
        verify(Probe.called(editor, "cancelEdit").activeFocus);
        keyClick(Qt.Key_Escape);
        mouseClick(Probe.called(editor, "cancelEdit"));
        compare(cancelled.count, 3);
    }
    function test_nothingIsNotSaved_data() {
        return [
            { tag: "without a connection", connected: false, text: "Which?" },
            { tag: "blanks", connected: true, text: "  \n" }
        ];
    }
    function test_nothingIsNotSaved(row) {
        const editor = make(editors, { connected: row.connected, draft: row.text });
        const saved = spy(editor, "saved");
        editor.takeFocus();
        keyClick(Qt.Key_Return);
        compare(saved.count, 0);
        verify(!Probe.called(editor, "saveEdit").enabled);
    }
    function test_shiftEnterBreaksTheLine(): void {
        const editor = make(editors);
        const saved = spy(editor, "saved");
        editor.takeFocus();
        keyClick(Qt.Key_Return, Qt.ShiftModifier);
        compare(saved.count, 0);
        compare(input(editor).text, "Which river?\n");
    }
    function test_tabReachesTheButtons(): void {
        const editor = make(editors);
        editor.takeFocus();
        keyClick(Qt.Key_Tab);
        keyClick(Qt.Key_Tab);
        verify(Probe.called(editor, "saveEdit").activeFocus);
        compare(input(editor).text, "Which river?");
    }
    function test_growsToItsLimit(): void {
        const editor = make(editors, { draft: "line\n".repeat(40) });
        tryVerify(() => editor.implicitHeight <= 200 + Theme.space12);
        verify(editor.implicitHeight > 150);
        compare(Probe.nameOf(input(editor)), "Edit your message");
        verifyBearsLargeText(editor, 300);
    }
}
