import QtQuick
import Runnel.Core
import Runnel.Ui

// A link leads to a server that is not in the list: whether to go there. Whoever just presses Enter does not.
AskSheet {
    id: sheet

    required property ServerQuestion question

    title: qsTr("Connect to this server?")
    onOpened: cancel.forceActiveFocus(Qt.TabFocusReason)
    onClosed: question.cancel()

    function follow(): void {
        if (question.asking)
            open();
        else
            close();
    }

    Component.onCompleted: follow()

    AddressBox {
        width: parent.width
        before: sheet.question.beforeHost
        lead: sheet.question.host
        after: sheet.question.afterHost
        note: sheet.question.hostAsWritten
    }
    Text {
        id: why
        width: parent.width
        text: qsTr("A link asked for it. It is not in your list of servers, and what you write there can be read by whoever runs it.")
            + (sheet.question.withText ? " " + qsTr("The link brings a text with it, which is not sent before you do.") : "")
        horizontalAlignment: Text.AlignLeft
        wrapMode: Text.Wrap
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.text
        font.pixelSize: Theme.size14
    }

    answers: [
        TextButton {
            objectName: "questionConnect"
            height: Theme.target
            filled: true
            enabled: sheet.question.answerable
            text: qsTr("Connect")
            onClicked: sheet.question.agree()
        },
        TextButton {
            id: cancel
            objectName: "questionCancel"
            height: Theme.target
            text: qsTr("Cancel")
            Accessible.description: sheet.title + " " + sheet.question.host + " " + sheet.question.hostAsWritten + " " + why.text
            onClicked: sheet.close()
        }
    ]

    Connections {
        target: sheet.question
        function onChanged(): void {
            sheet.follow();
        }
    }
}
