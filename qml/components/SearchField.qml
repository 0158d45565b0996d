import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// Words to look for. Escape empties it, the arrow down goes to what was found.
TextField {
    id: field

    signal looked(string words)
    signal leftDown

    readonly property int behindGlass: Theme.space12 + glass.width + Theme.space8

    implicitHeight: Theme.target
    leftPadding: Theme.mirrored ? 44 : field.behindGlass
    rightPadding: Theme.mirrored ? field.behindGlass : 44
    // What is written has its own direction, what stands there before that of the window.
    horizontalAlignment: text === "" ? TextInput.AlignLeft : undefined
    maximumLength: 200
    selectByMouse: true
    placeholderText: qsTr("Search")
    placeholderTextColor: Theme.muted
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    font.pixelSize: Theme.size14
    Accessible.role: Accessible.EditableText
    Accessible.name: qsTr("Search all conversations")

    onTextEdited: looked(text)
    Keys.onPressed: event => {
        event.accepted = true;
        if (event.key === Qt.Key_Escape && text !== "") {
            clear();
            looked("");
        } else if (event.key === Qt.Key_Down) {
            leftDown();
        } else {
            event.accepted = false;
        }
    }

    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.canvas
        border.width: field.activeFocus ? 2 : 1
        border.color: field.activeFocus ? Theme.accent : Theme.outline
    }
    Icon {
        id: glass
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        name: "search"
        color: Theme.muted
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.space12
        visible: field.text === "" && !field.activeFocus && !Theme.touch
        text: qsTr("Ctrl+F")
        color: Theme.muted
        font.pixelSize: Theme.size12
        Accessible.ignored: true
    }
    IconButton {
        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        visible: field.text !== ""
        dense: true
        iconName: "x"
        name: qsTr("Clear the search")
        onClicked: {
            field.clear();
            field.looked("");
            field.forceActiveFocus();
        }
    }
}
