import QtQuick
import QtQuick.Templates as T
import Runnel.Ui

// One of a few that exclude each other. Marked by a sign as well, for a colour is not seen by all.
T.RadioButton {
    id: button

    implicitHeight: Math.max(Theme.denseTarget, words.implicitHeight + 2 * Theme.space4)
    implicitWidth: row.implicitWidth + 2 * Theme.space12
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.space4

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.checked
            name: "check"
            color: Theme.accent
            size: 16
        }
        Text {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            text: button.text
            color: Theme.text
            font.pixelSize: Theme.size14
            font.weight: button.checked ? Theme.strong : Theme.normal
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.checked ? Theme.bubble : button.hovered || button.down ? Theme.hover : "transparent"
        border.width: button.checked && Theme.high ? 2 : 1
        border.color: button.checked ? Theme.accent : Theme.outline

        FocusRing { shown: button.visualFocus }
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
