import QtQuick
import Runnel.Ui

// 2 px, 2 px away from what has the keyboard.
Rectangle {
    required property bool shown
    property int around: Theme.radiusControl
    // The accent, but for dark ground in both themes.
    property color ink: Theme.accent

    anchors.fill: parent
    anchors.margins: -4
    visible: shown
    color: "transparent"
    radius: around + 4
    border.width: 2
    border.color: ink
}
