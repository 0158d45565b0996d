import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// Back to the newest line, with a mark when something was written there in the meantime.
AbstractButton {
    id: button

    required property bool unread

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: unread ? qsTr("Go to the newest message, there is something new") : qsTr("Go to the newest message")
    Accessible.name: text

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: "arrow-down"
        }
    }
    background: Rectangle {
        radius: width / 2
        color: button.hovered ? Theme.sunken : Theme.raised
        border.width: 1
        border.color: Theme.outline

        Rectangle {
            anchors.right: parent.right
            width: 10
            height: 10
            radius: 5
            visible: button.unread
            color: Theme.accent
        }
        FocusRing {
            shown: button.visualFocus
            around: Theme.target / 2
        }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }
}
