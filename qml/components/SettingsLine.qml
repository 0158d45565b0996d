import QtQuick
import Runnel.Ui

// What is set, and below it, where both do not fit side by side, the buttons that set it.
Flow {
    id: line

    required property string label
    default property alias buttons: controls.data

    readonly property bool together: text.implicitWidth + controls.implicitWidth + Theme.space16 <= width

    topPadding: Theme.space4
    bottomPadding: Theme.space4
    spacing: Theme.space4

    Text {
        id: text
        width: line.together ? line.width - controls.implicitWidth - line.spacing : line.width
        height: Math.max(implicitHeight, Theme.denseTarget)
        verticalAlignment: Text.AlignVCenter
        text: line.label
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: Theme.size14
    }
    Row {
        id: controls
        spacing: Theme.space8
    }
}
