import QtQuick
import Runnel.Core
import Runnel.Ui

// A tool waits for a person to say whether it may run.
Flow {
    id: ask

    required property string words
    required property string tool
    required property bool ready

    signal decided(int decision)

    readonly property real room: width - leftPadding - rightPadding

    spacing: Theme.space8

    Text {
        // No button stands beside it where the others have no room.
        width: ask.width < 480 ? ask.room : Math.min(implicitWidth, ask.room)
        height: Math.max(implicitHeight, Theme.denseTarget)
        leftPadding: Theme.mirrored ? Theme.space8 : 0
        rightPadding: Theme.mirrored ? 0 : Theme.space8
        text: ask.words
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.text
        font.pixelSize: Theme.size14
    }
    TextButton {
        objectName: "allowButton"
        enabled: ask.ready
        filled: true
        text: qsTr("Allow")
        Accessible.name: qsTr("Allow the tool %1").arg(ask.tool)
        onClicked: ask.decided(ChatSession.Allow)
    }
    TextButton {
        objectName: "allowAlwaysButton"
        enabled: ask.ready
        text: qsTr("Always allow")
        Accessible.name: qsTr("Always allow the tool %1").arg(ask.tool)
        onClicked: ask.decided(ChatSession.AllowAlways)
    }
    TextButton {
        objectName: "denyButton"
        enabled: ask.ready
        text: qsTr("Deny")
        Accessible.name: qsTr("Deny the tool %1").arg(ask.tool)
        onClicked: ask.decided(ChatSession.Deny)
    }
}
