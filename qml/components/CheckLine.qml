import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// Something that is so or not, and what it is in words, which may take several lines.
CheckBox {
    id: check

    implicitWidth: mark.width + Theme.space12 + words.implicitWidth
    implicitHeight: Math.max(Theme.target, words.height + 2 * Theme.space8)
    focusPolicy: Qt.TabFocus
    padding: 0
    opacity: enabled ? 1 : 0.5
    indicator: null
    Accessible.name: text

    contentItem: Item {}
    background: Item {}

    Rectangle {
        id: mark
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: tick.width + 4
        height: width
        radius: 4
        color: check.checked ? Theme.accent : check.hovered ? Theme.hover : "transparent"
        border.width: check.checked ? 0 : 1
        border.color: Theme.outline

        Icon {
            id: tick
            anchors.centerIn: parent
            visible: check.checked
            name: "check"
            size: 16
            color: Theme.accentInk
        }
        FocusRing {
            shown: check.visualFocus
            around: 4
        }
    }
    Text {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Theme.space12
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: check.text
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        color: Theme.text
        font.pixelSize: Theme.size14
        Accessible.ignored: true
    }
    HoverHandler { cursorShape: Qt.PointingHandCursor }
}
