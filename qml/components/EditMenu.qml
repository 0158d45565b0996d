import QtQuick
import Runnel.Ui

// What can be done with a text that is being written.
CardMenu {
    id: menu

    required property TextEdit edit

    function isAskedBy(event: KeyEvent): bool {
        return event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && (event.modifiers & Qt.ShiftModifier) !== 0);
    }
    function openAtCursor(): void {
        popup(edit, edit.cursorRectangle.x, edit.cursorRectangle.y + edit.cursorRectangle.height);
    }

    title: qsTr("Text")

    RowMenuItem {
        iconName: "scissors"
        text: qsTr("Cut")
        keys: qsTr("Ctrl+X")
        enabled: menu.edit.selectedText !== ""
        onTriggered: menu.edit.cut()
    }
    RowMenuItem {
        iconName: "copy"
        text: qsTr("Copy")
        keys: qsTr("Ctrl+C")
        enabled: menu.edit.selectedText !== ""
        onTriggered: menu.edit.copy()
    }
    RowMenuItem {
        iconName: "clipboard"
        text: qsTr("Paste")
        keys: qsTr("Ctrl+V")
        enabled: menu.edit.canPaste
        onTriggered: menu.edit.paste()
    }
    RowMenuItem {
        iconName: "text-select"
        text: qsTr("Select all")
        keys: qsTr("Ctrl+A")
        enabled: menu.edit.length > 0
        onTriggered: menu.edit.selectAll()
    }
}
