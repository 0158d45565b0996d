import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// An icon that is a button; its name is said and shown on hover. A click leaves the keyboard where it
// is, so that one goes on writing and Escape still stops the answer.
AbstractButton {
    id: button

    required property string iconName
    required property string name
    property color ink: Theme.muted
    property color hoverGround: Theme.hover
    property color ringInk: Theme.accent
    property bool dense: false
    property bool told: false

    implicitWidth: dense ? Theme.denseTarget : Theme.target
    implicitHeight: implicitWidth
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: name
    opacity: enabled ? 1 : 0.5

    Accessible.name: name

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: button.iconName
            color: button.ink
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.hovered || button.down ? button.hoverGround : "transparent"

        FocusRing {
            shown: button.visualFocus
            ink: button.ringInk
        }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }

    // Whoever has clicked knows by now what it does.
    onClicked: told = true
    onHoveredChanged: told = false
    ToolTip.visible: hovered && enabled && !down && !told
    ToolTip.delay: 600
    ToolTip.text: name
}
