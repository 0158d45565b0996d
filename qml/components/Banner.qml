import QtQuick
import QtQuick.Layouts
import Runnel.Ui

// A quiet line across the window, with at most one thing to do.
Rectangle {
    id: banner

    required property string message
    required property string iconName
    property color ink: Theme.muted
    property string actionText: ""

    signal acted
    signal dismissed

    visible: message !== ""
    implicitHeight: visible ? Math.max(44, row.implicitHeight + 2 * Theme.space8) : 0
    color: Theme.sunken

    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space8
        spacing: Theme.space8

        Icon {
            name: banner.iconName
            color: banner.ink
        }
        Text {
            Layout.fillWidth: true
            text: banner.message
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            // All of a line's leading is below it.
            topPadding: Math.round(2 * Theme.textScale)
            bottomPadding: -topPadding
            lineHeight: Theme.line14
            lineHeightMode: Text.FixedHeight
            color: Theme.text
            font.pixelSize: Theme.size14
            Accessible.ignored: true
        }
        TextButton {
            visible: banner.actionText !== ""
            text: banner.actionText
            onClicked: banner.acted()
        }
        IconButton {
            visible: banner.actionText === ""
            dense: true
            iconName: "x"
            name: qsTr("Hide this notice")
            onClicked: banner.dismissed()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.hairline
    }
}
