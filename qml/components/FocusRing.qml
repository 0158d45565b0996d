import QtQuick
import Runnel.Ui

// 2 px of accent, 2 px away from what has the keyboard.
Rectangle {
    required property bool shown
    property int around: Theme.radiusControl

    anchors.fill: parent
    anchors.margins: -4
    visible: shown
    color: "transparent"
    radius: around + 4
    border.width: 2
    border.color: Theme.accent
}
