import QtQuick
import Runnel.Core
import Runnel.Ui

// What a person said: a bubble at the right.
Column {
    id: message

    required property string content
    required property string time
    required property string exactTime
    required property int status
    required property string problemText
    required property string problemCode
    required property bool connected

    signal retried
    signal discarded

    readonly property string below: status !== MessageListModel.Pending ? time
        : connected ? qsTr("Waiting for its turn") : qsTr("Will be sent when the connection is back")

    spacing: Theme.space4

    Rectangle {
        id: bubble
        anchors.right: parent.right
        width: Math.min(words.implicitWidth, message.width * 0.8)
        height: words.implicitHeight
        radius: Theme.radiusBubble
        color: Theme.bubble
        opacity: message.status === MessageListModel.Taken ? 1 : 0.7

        TextEdit {
            id: words
            width: parent.width
            leftPadding: Theme.space16
            rightPadding: Theme.space16
            topPadding: Theme.space8 + 2
            bottomPadding: Theme.space8 + 2
            text: message.content
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            readOnly: true
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.pixelSize: Theme.size16
            Accessible.role: Accessible.Paragraph
            Accessible.name: qsTr("You: %1").arg(message.content)

            HoverHandler { cursorShape: Qt.IBeamCursor }
        }
    }
    Text {
        anchors.right: parent.right
        anchors.rightMargin: Theme.space8
        visible: message.status !== MessageListModel.Refused
        text: hover.hovered && message.status === MessageListModel.Taken ? message.exactTime : message.below
        color: Theme.muted
        font.pixelSize: Theme.size12

        HoverHandler { id: hover }
    }
    ErrorCard {
        width: parent.width
        visible: message.status === MessageListModel.Refused
        message: message.problemText
        code: message.problemCode
        discardable: true
        onRetried: message.retried()
        onDiscarded: message.discarded()
    }
}
