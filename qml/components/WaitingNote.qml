import QtQuick
import Runnel.Ui

// What something of ours waits for.
Row {
    id: note

    required property string words

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
        // Where its own width decides that of the row, it is not cut to it.
        width: Math.min(implicitWidth, note.parent ? note.parent.width - clock.width - note.spacing : implicitWidth)
        text: note.words
        wrapMode: Text.Wrap
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
}
