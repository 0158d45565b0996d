import QtQuick
import Runnel.Core
import Runnel.Ui

// Where a link of an answer leads, before another program opens it.
AskSheet {
    id: sheet

    required property LinkGuard links

    title: links.mail ? qsTr("Write a mail?") : qsTr("Open this link?")
    onAboutToShow: always.checked = false
    onOpened: openIt.forceActiveFocus(Qt.TabFocusReason)
    onClosed: links.cancel()

    AddressBox {
        width: parent.width
        before: sheet.links.beforeHost
        lead: sheet.links.host
        after: sheet.links.afterHost
        note: sheet.links.hostAsWritten
    }
    CheckLine {
        id: always
        objectName: "alwaysOpen"
        width: parent.width
        visible: sheet.links.hostToAllow !== ""
        text: qsTr("Always open links to %1").arg(sheet.links.hostToAllow)
    }

    answers: [
        TextButton {
            id: openIt
            objectName: "openLink"
            height: Theme.target
            filled: true
            text: sheet.links.mail ? qsTr("Write") : qsTr("Open")
            Accessible.description: sheet.title + " " + sheet.links.beforeHost + sheet.links.host + sheet.links.afterHost
                + " " + sheet.links.hostAsWritten
            onClicked: sheet.links.openIt(always.checked)
        },
        TextButton {
            objectName: "copyLink"
            height: Theme.target
            iconName: "copy"
            text: qsTr("Copy address")
            onClicked: sheet.links.copyIt()
        },
        TextButton {
            objectName: "cancelLink"
            height: Theme.target
            framed: false
            text: qsTr("Cancel")
            onClicked: sheet.close()
        }
    ]

    Connections {
        target: sheet.links
        function onChanged(): void {
            if (sheet.links.asking)
                sheet.open();
            else
                sheet.close();
        }
    }
}
