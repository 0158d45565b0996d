import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Case {
    id: test
    name: "LineField"

    Component {
        id: fields
        LineField {
            width: 300
            placeholderText: "https://chat.example.org"
        }
    }

    function test_takesWhatIsTyped(): void {
        const field = make(fields);
        const accepted = spy(field, "accepted");
        mouseClick(field);
        verify(field.activeFocus);
        for (const key of "abc")
            keyClick(key);
        compare(field.text, "abc");
        keyClick(Qt.Key_Return);
        compare(accepted.count, 1);
    }
    function test_borderTellsWhoHasTheKeyboard(): void {
        const field = make(fields);
        compare(field.background.border.width, 1);
        compare(field.background.border.color, Theme.outline);
        tabTo(field);
        compare(field.background.border.width, 2);
        compare(field.background.border.color, Theme.accent);
    }
    function test_isSelectedByMouse(): void {
        const field = make(fields, { text: "chat.example.org" });
        mouseDoubleClickSequence(field, 40, 20);
        verify(field.selectedText !== "");
    }
    function test_isATarget(): void {
        compare(make(fields).implicitHeight, Theme.target);
    }
    function test_largeTextHasRoom(): void {
        const field = make(fields, { text: "chat.example.org" });
        Theme.textScale = 2;
        verify(field.height >= field.contentHeight, field.height + " for " + field.contentHeight);
    }
    function test_isHeardAsAField(): void {
        const field = make(fields);
        compare(Probe.roleOf(field), Accessible.EditableText);
        field.Accessible.name = "Address";
        compare(Probe.nameOf(field), "Address");
    }
}
