import QtQuick
import Runnel.Ui

// What something of ours waits for.
Row {
    id: note

    required property string words
    required property int widest

    spacing: Theme.space8

    Icon {
        id: clock
        anchors.verticalCenter: parent.verticalCenter
        name: "clock"
        color: Theme.muted
        size: 14
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, note.widest - clock.width - note.spacing)
        text: note.words
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        // All of a line's leading is below it.
        topPadding: Math.round(2 * Theme.textScale)
        bottomPadding: -topPadding
        lineHeight: Theme.line12
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
}
