import QtQuick
import Runnel.Ui

// What a person said, selectable. An outline instead of a ground: it is not in the conversation yet.
Rectangle {
    id: bubble

    required property string content
    required property bool waiting
    required property int widest
    property TextSelection selection: null
    property int message: 0

    width: Math.min(words.implicitWidth, widest)
    height: words.implicitHeight
    radius: Theme.radiusBubble
    color: waiting ? "transparent" : Theme.bubble
    border.width: waiting || Theme.high ? 1 : 0
    border.color: Theme.outline

    TextEdit {
        id: words
        width: parent.width
        leftPadding: Theme.space16
        rightPadding: Theme.space16
        topPadding: Theme.space8 - Theme.halfLeading
        bottomPadding: Theme.space8 + Theme.halfLeading
        text: Theme.plainText(bubble.content, Theme.line16)
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        font.pixelSize: Theme.size16
        Accessible.role: Accessible.Paragraph
        Accessible.name: bubble.waiting ? qsTr("You, not answered yet: %1").arg(bubble.content) : qsTr("You: %1").arg(bubble.content)

        SelectableText {
            selection: bubble.selection
            target: words
            message: bubble.message
        }
        HoverHandler { cursorShape: Qt.IBeamCursor }
    }
}
