import QtQuick
import Runnel.Ui

// A soft pulse until the first word comes.
Row {
    id: pulse

    required property string words

    spacing: Theme.space8

    Pulse { anchors.verticalCenter: parent.verticalCenter }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        text: pulse.words
        textFormat: Text.PlainText
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
}
