import QtQuick
import Runnel.Ui

// A soft pulse until the first word comes.
Row {
    id: pulse

    required property string words

    spacing: Theme.space8

    Rectangle {
        id: dot
        anchors.verticalCenter: parent.verticalCenter
        width: 8
        height: 8
        radius: 4
        color: Theme.accent

        SequentialAnimation on opacity {
            running: pulse.visible && Theme.motion
            loops: Animation.Infinite
            NumberAnimation { to: 0.25; duration: 700; easing.type: Easing.InOutSine }
            NumberAnimation { to: 1; duration: 700; easing.type: Easing.InOutSine }
        }
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        text: pulse.words
        textFormat: Text.PlainText
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
}
