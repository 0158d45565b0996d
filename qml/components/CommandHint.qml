import QtQuick
import Runnel.Ui

// A command for a terminal, with what it is for before it: marked and copied as it stands.
Flow {
    id: hint

    required property string before
    required property string command

    signal copied(string text)

    spacing: Theme.space8

    Text {
        width: Math.min(implicitWidth, hint.width)
        height: Math.max(implicitHeight, Theme.denseTarget)
        verticalAlignment: Text.AlignVCenter
        text: hint.before
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
    Rectangle {
        width: command.implicitWidth + copy.width
        height: Math.max(Theme.denseTarget, command.implicitHeight)
        radius: Theme.radiusControl
        color: Theme.code

        TextEdit {
            id: command
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            leftPadding: Theme.space12
            rightPadding: Theme.space4
            text: hint.command
            textFormat: TextEdit.PlainText
            readOnly: true
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.family: Theme.mono
            font.pixelSize: Theme.size14
            Accessible.name: text
        }
        IconButton {
            id: copy
            anchors.left: command.right
            anchors.verticalCenter: parent.verticalCenter
            dense: true
            iconName: "copy"
            name: qsTr("Copy “%1”").arg(hint.command)
            onClicked: hint.copied(hint.command)
        }
    }
}
