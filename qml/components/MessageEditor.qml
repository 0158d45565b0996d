import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// In the place of a bubble: Enter and Save send, Escape and Cancel leave the message as it was.
Rectangle {
    id: editor

    required property string draft
    required property bool connected
    required property int tallest

    signal edited(string text)
    signal saved(string text)
    signal cancelled

    readonly property bool savable: connected && input.text.trim() !== ""

    function takeFocus(): void {
        input.cursorPosition = input.length;
        input.forceActiveFocus();
    }
    function save(): void {
        if (savable)
            saved(input.text);
    }

    implicitHeight: Math.min(scroll.contentHeight, tallest - row.height) + row.height + Theme.space12
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? Theme.accent : Theme.outline

    // Only the beginning is the model's: what is written goes there, and does not come back.
    Component.onCompleted: input.text = draft

    EditMenu {
        id: menu
        edit: input
    }

    Flickable {
        id: scroll
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: row.top
        contentHeight: input.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        TextArea.flickable: TextArea {
            id: input
            objectName: "editorInput"
            leftPadding: Theme.space16
            rightPadding: Theme.space16
            topPadding: Theme.space12
            bottomPadding: Theme.space8
            wrapMode: TextArea.Wrap
            textFormat: TextArea.PlainText
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.pixelSize: Theme.size16
            background: null
            Accessible.name: qsTr("Edit your message")
            onTextChanged: editor.edited(text)

            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                event.accepted = true;
                if (enter && !(event.modifiers & Qt.ShiftModifier))
                    editor.save();
                else if (event.key === Qt.Key_Escape)
                    editor.cancelled();
                else if (menu.isAskedBy(event))
                    menu.openAtCursor();
                else
                    event.accepted = false;
            }
            onReleased: event => {
                if (event.button === Qt.RightButton)
                    menu.popup(input, event.x, event.y);
            }
            // Tab walks on; a tab in a message is rarely meant.
            KeyNavigation.tab: cancelButton
            KeyNavigation.priority: KeyNavigation.BeforeItem
        }
    }
    Row {
        id: row
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space12
        spacing: Theme.space8
        Keys.onEscapePressed: editor.cancelled()

        TextButton {
            id: cancelButton
            objectName: "cancelEdit"
            framed: false
            text: qsTr("Cancel")
            onClicked: editor.cancelled()
        }
        TextButton {
            objectName: "saveEdit"
            text: qsTr("Save")
            enabled: editor.savable
            onClicked: editor.save()
        }
    }
}
