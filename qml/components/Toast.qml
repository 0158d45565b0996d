import QtQuick
import Runnel.Ui

// What just happened, floating above the composer, with at most one thing to do about it.
Rectangle {
    id: toast

    required property string message
    property string actionText: ""

    signal acted
    signal dismissed

    visible: message !== ""
    implicitWidth: row.implicitWidth + Theme.space16 + Theme.space8
    implicitHeight: Math.max(44, words.implicitHeight + 2 * Theme.space12)
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: 1
    border.color: Theme.outline

    Row {
        id: row
        anchors.left: parent.left
        anchors.leftMargin: Theme.space16
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space8

        Text {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, toast.parent.width - 2 * Theme.space16 - Theme.space48 - action.width - hide.width)
            text: toast.message
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Theme.text
            font.pixelSize: Theme.size14
        }
        TextButton {
            id: action
            objectName: "toastAction"
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            width: visible ? implicitWidth : 0
            framed: false
            ink: Theme.accent
            text: toast.actionText
            onClicked: toast.acted()
        }
        IconButton {
            id: hide
            anchors.verticalCenter: parent.verticalCenter
            dense: true
            iconName: "x"
            name: qsTr("Hide this notice")
            onClicked: toast.dismissed()
        }
    }
}
