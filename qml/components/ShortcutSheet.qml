pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// All that the keyboard does.
Sheet {
    id: sheet

    title: qsTr("Keyboard")
    implicitHeight: heading.height + Theme.space8 + lines.height + 2 * padding

    readonly property var shortcuts: [
        { keys: qsTr("Enter"), does: qsTr("Send the message") },
        { keys: qsTr("Shift+Enter"), does: qsTr("Start a new line") },
        { keys: qsTr("Esc"), does: qsTr("Stop the answer") },
        { keys: qsTr("Ctrl+N"), does: qsTr("New chat") },
        { keys: qsTr("Ctrl+Shift+N"), does: qsTr("Quick question, in a small window") },
        { keys: qsTr("Ctrl+K"), does: qsTr("Go to a conversation") },
        { keys: qsTr("Ctrl+F"), does: qsTr("Search all conversations") },
        { keys: qsTr("Ctrl+B"), does: qsTr("Show or hide the conversations") },
        { keys: qsTr("F2, Del"), does: qsTr("Rename, delete the chosen conversation") },
        { keys: qsTr("Ctrl+Z"), does: qsTr("Bring back what was deleted") },
        { keys: qsTr("Ctrl+L"), does: qsTr("Go to the message field") },
        { keys: qsTr("Ctrl+Plus, Ctrl+Minus, Ctrl+0"), does: qsTr("Larger, smaller, normal text") },
        { keys: qsTr("F11"), does: qsTr("Full screen, and back") },
        { keys: qsTr("Ctrl+Comma"), does: qsTr("Settings") },
        { keys: qsTr("Ctrl+Q"), does: qsTr("Quit") },
        { keys: qsTr("F1"), does: qsTr("This sheet") }
    ]

    onOpened: list.forceActiveFocus()

    Text {
        id: heading
        anchors.left: parent.left
        text: sheet.title
        color: Theme.text
        font.pixelSize: Theme.size18
        font.weight: Theme.strong
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: -Theme.space8
        anchors.verticalCenter: heading.verticalCenter
        dense: true
        iconName: "x"
        name: qsTr("Close")
        onClicked: sheet.close()
    }
    FocusRing {
        anchors.fill: list
        anchors.margins: -Theme.space4
        shown: list.activeFocus
    }
    Flickable {
        id: list
        objectName: "shortcutList"
        anchors.top: heading.bottom
        anchors.topMargin: Theme.space8
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        contentHeight: lines.height
        Accessible.role: Accessible.List
        Accessible.name: sheet.title
        ScrollBar.vertical: ScrollBar {}
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.scrollStep)
        Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.scrollStep))

        Column {
            id: lines
            width: parent.width

            Repeater {
                model: sheet.shortcuts

                Item {
                    id: line

                    required property var modelData

                    width: lines.width
                    height: Math.max(does.implicitHeight, keys.implicitHeight) + Theme.space12
                    Accessible.role: Accessible.ListItem
                    Accessible.name: modelData.does + ": " + modelData.keys

                    Text {
                        id: does
                        anchors.left: parent.left
                        anchors.right: keys.left
                        anchors.rightMargin: Theme.space12
                        anchors.verticalCenter: parent.verticalCenter
                        text: line.modelData.does
                        horizontalAlignment: Text.AlignLeft
                        wrapMode: Text.Wrap
                        color: Theme.text
                        font.pixelSize: Theme.size14
                    }
                    Text {
                        id: keys
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        width: Math.min(implicitWidth, parent.width / 2)
                        wrapMode: Text.Wrap
                        horizontalAlignment: Text.AlignRight
                        text: line.modelData.keys
                        color: Theme.muted
                        font.pixelSize: Theme.size14
                    }
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: 1
                        color: Theme.hairline
                    }
                }
            }
        }
    }
}
