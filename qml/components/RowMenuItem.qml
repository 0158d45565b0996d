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

    readonly property int iconWidth: Math.round(16 * Theme.widthScale)

    implicitWidth: leftPadding + rightPadding + Theme.space4 + iconWidth + Theme.space12 + verb.advanceWidth
        + (keys === "" ? 0 : Theme.space24 + shortcut.advanceWidth) + Theme.space8
    implicitHeight: Math.max(Math.round((Theme.touch ? 44 : 36) * Theme.widthScale), verb.height + 2 * Theme.space8)
    indicator: null
    opacity: enabled ? 1 : 0.5
    Accessible.name: text
    arrow: null

    TextMetrics {
        id: verb
        text: item.text
        font.pixelSize: Theme.size14
    }
    TextMetrics {
        id: shortcut
        text: item.keys
        font.pixelSize: Theme.size12
    }
    contentItem: Item {
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.leftMargin: Theme.space4
            name: item.iconName
            size: 16
            color: item.iconInk
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: parent.left
            anchors.leftMargin: Theme.space4 + item.iconWidth + Theme.space12
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
