import QtQuick
import QtQuick.Layouts
import Runnel.Ui

// What went wrong with one message, in a sentence, and what to do.
Rectangle {
    id: card

    required property string message
    required property string code
    property bool discardable: false
    property bool ready: true

    signal retried
    signal discarded

    implicitHeight: row.implicitHeight + 2 * Theme.space12
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: 1
    border.color: Theme.danger

    Accessible.role: Accessible.AlertMessage
    Accessible.name: message

    GridLayout {
        id: row
        // Where there is little room, the buttons stand below the sentence.
        columns: card.width < 480 ? 2 : 3
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.space16
        anchors.rightMargin: Theme.space12
        columnSpacing: Theme.space12
        rowSpacing: Theme.space8

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Math.max(0, Math.round((Theme.denseTarget - height) / 2))
            name: "circle-alert"
            color: Theme.danger
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.space4

            Text {
                Layout.fillWidth: true
                // Its first line stands in the middle of the buttons.
                Layout.topMargin: Math.max(0, Math.round((Theme.denseTarget - Theme.body.height) / 2))
                text: card.message
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                lineHeight: Theme.line16
                lineHeightMode: Text.FixedHeight
                color: Theme.text
                font.pixelSize: Theme.size16
                Accessible.ignored: true
            }
            Text {
                Layout.fillWidth: true
                visible: text !== ""
                text: card.code
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                wrapMode: Text.WrapAnywhere
                color: Theme.muted
                font.pixelSize: Theme.size12
            }
        }
        Row {
            Layout.alignment: Qt.AlignTop
            Layout.column: row.columns - 1
            Layout.row: 3 - row.columns
            spacing: Theme.space8

            TextButton {
                visible: card.discardable
                text: qsTr("Discard")
                onClicked: card.discarded()
            }
            TextButton {
                objectName: "retryButton"
                enabled: card.ready
                iconName: "rotate-ccw"
                text: qsTr("Retry")
                onClicked: card.retried()
            }
        }
    }
}
