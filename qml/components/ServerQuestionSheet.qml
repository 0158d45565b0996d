import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// A link leads to a server that is not in the list: whether to go there. Whoever just presses Enter does not.
Sheet {
    id: sheet

    required property ServerQuestion question

    title: qsTr("Connect to %1?").arg(question.host)
    implicitHeight: lines.implicitHeight + 2 * padding
    onOpened: cancel.forceActiveFocus(Qt.TabFocusReason)
    onClosed: question.cancel()

    function follow(): void {
        if (question.asking)
            open();
        else
            close();
    }

    Component.onCompleted: follow()
    Connections {
        target: sheet.question
        function onChanged(): void {
            sheet.follow();
        }
    }

    Column {
        id: lines
        width: parent.width
        spacing: Theme.space12

        Text {
            width: parent.width
            text: sheet.title
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            color: Theme.text
            font.pixelSize: Theme.size18
            font.weight: Theme.strong
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Text {
            id: why
            width: parent.width
            text: qsTr("A link asked for this server. It is not in your list, and what you write there can be read by whoever runs it.")
                + (sheet.question.withText ? " " + qsTr("The link brings a text with it, which is not sent before you do.") : "")
            wrapMode: Text.Wrap
            lineHeight: Theme.line16
            lineHeightMode: Text.FixedHeight
            color: Theme.text
            font.pixelSize: Theme.size16
        }
        AddressBox {
            objectName: "questionAddress"
            width: parent.width
            before: sheet.question.beforeHost
            lead: sheet.question.host
            after: sheet.question.afterHost
            note: sheet.question.hostAsWritten
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.space8

            TextButton {
                id: cancel
                objectName: "questionCancel"
                height: Theme.target
                text: qsTr("Cancel")
                Accessible.description: sheet.title + " " + why.text + " " + sheet.question.hostAsWritten
                onClicked: sheet.close()
            }
            TextButton {
                objectName: "questionConnect"
                height: Theme.target
                filled: true
                enabled: sheet.question.answerable
                text: qsTr("Connect")
                onClicked: sheet.question.agree()
            }
        }
    }
}
