import QtQuick
import Runnel.Ui

// A question in a menu about something that cannot be undone. Whoever just presses Enter changes nothing.
Column {
    id: question

    required property string text
    required property string agreeText

    signal declined
    signal agreed

    padding: Theme.space8
    spacing: Theme.space8

    function takeFocus(): void {
        keep.forceActiveFocus(Qt.TabFocusReason);
    }

    Text {
        width: question.width - 2 * question.padding
        text: question.text
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        color: Theme.text
        font.pixelSize: Theme.size14
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
    }
    Flow {
        width: question.width - 2 * question.padding
        spacing: Theme.space8

        TextButton {
            id: keep
            objectName: "questionKeep"
            text: qsTr("Keep it")
            Accessible.description: question.text
            onClicked: question.declined()
        }
        TextButton {
            objectName: "questionAgree"
            ink: Theme.danger
            text: question.agreeText
            onClicked: question.agreed()
        }
    }
}
