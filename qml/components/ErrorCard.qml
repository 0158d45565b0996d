import QtQuick
import QtQuick.Layouts
import Runnel.Ui

// What went wrong with one message, in a sentence, and what to do.
Rectangle {
    id: card

    required property string message
    required property string code
    property bool discardable: false

    signal retried
    signal discarded

    implicitHeight: row.implicitHeight + 2 * Theme.space12
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: 1
    border.color: Theme.danger

    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space12
        spacing: Theme.space12

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 7
            name: "circle-alert"
            color: Theme.danger
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.space4

            Text {
                Layout.fillWidth: true
                Layout.topMargin: Theme.space4
                text: card.message
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                color: Theme.text
                font.pixelSize: Theme.size16
                Accessible.ignored: true
            }
            Text {
                Layout.fillWidth: true
                visible: text !== ""
                text: card.code
                textFormat: Text.PlainText
                wrapMode: Text.WrapAnywhere
                color: Theme.muted
                font.pixelSize: Theme.size12
            }
        }
        TextButton {
            Layout.alignment: Qt.AlignTop
            visible: card.discardable
            text: qsTr("Discard")
            onClicked: card.discarded()
        }
        TextButton {
            Layout.alignment: Qt.AlignTop
            objectName: "retryButton"
            iconName: "rotate-ccw"
            text: qsTr("Retry")
            onClicked: card.retried()
        }
    }
}
