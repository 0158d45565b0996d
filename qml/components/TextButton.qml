import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// A verb in a frame, with an icon before it where one helps.
AbstractButton {
    id: button

    property string iconName: ""
    property color ink: Theme.text
    property bool framed: true
    // The one that is mostly wanted.
    property bool filled: false

    readonly property color words: !filled ? ink : enabled ? Theme.accentInk : Theme.muted

    readonly property int iconRoom: iconName === "" ? 0 : Math.round(16 * Theme.widthScale) + Theme.space8

    implicitHeight: Math.max(Theme.denseTarget, label.implicitHeight + 2 * Theme.space4)
    implicitWidth: label.implicitWidth + iconRoom + 2 * Theme.space12
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    // One that is filled is not pale but without its colour: it stays readable.
    opacity: enabled || filled ? 1 : 0.5

    Accessible.name: text
    Keys.onReturnPressed: button.clicked()
    Keys.onEnterPressed: button.clicked()

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.space8

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.iconName !== ""
            name: button.iconName === "" ? "x" : button.iconName
            color: button.words
            size: 16
        }
        // In several lines, where somebody made the button narrower than it would like to be.
        Text {
            id: label
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, button.width - button.iconRoom - 2 * Theme.space12)
            text: button.text
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            color: button.words
            font.pixelSize: Theme.size14
            font.weight: Theme.strong
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.filled ? (button.enabled ? Theme.accent : Theme.sunken) : button.hovered || button.down ? Theme.hover : "transparent"
        border.width: button.filled ? (button.enabled ? 0 : 1) : button.framed ? 1 : 0
        border.color: button.filled ? Theme.hairline : Theme.outline

        FocusRing { shown: button.visualFocus }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }
}
