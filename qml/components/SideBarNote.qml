import QtQuick
import Runnel.Ui

// Why there is no row, or why what is shown may be old.
Column {
    id: lines

    required property string note
    required property string problem

    signal retried

    readonly property string shown: problem === "" ? note : problem

    visible: shown !== ""
    height: visible ? implicitHeight : 0
    topPadding: Theme.space8
    bottomPadding: Theme.space8
    leftPadding: Theme.space12
    spacing: Theme.space8

    Text {
        width: parent.width - 2 * Theme.space12
        text: lines.shown
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.muted
        font.pixelSize: Theme.size14
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
    }
    TextButton {
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        visible: lines.problem !== ""
        iconName: "rotate-ccw"
        text: qsTr("Try again")
        onClicked: lines.retried()
    }
}
