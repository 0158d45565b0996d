import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// A line of a menu: icon, verb, and the key that does the same.
MenuItem {
    id: item

    required property string iconName
    property string keys: ""
    property color ink: Theme.text
    property color iconInk: Theme.muted

    implicitWidth: Math.round(228 * Theme.widthScale)
    implicitHeight: Math.round((Theme.touch ? 44 : 36) * Theme.widthScale)
    indicator: null
    Accessible.name: text
    arrow: null

    contentItem: Item {
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space4
            name: item.iconName
            size: 16
            color: item.iconInk
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.space4 + 16 + Theme.space12
            text: item.text
            color: item.ink
            font.pixelSize: Theme.size14
            Accessible.ignored: true
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            text: item.keys
            color: Theme.muted
            font.pixelSize: Theme.size12
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: item.highlighted || item.hovered ? Theme.hover : "transparent"
    }
}
