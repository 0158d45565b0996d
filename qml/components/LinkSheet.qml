import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// Where a link of an answer leads, before another program opens it.
Sheet {
    id: sheet

    required property LinkGuard links

    title: links.mail ? qsTr("Write a mail?") : qsTr("Open this link?")
    implicitHeight: lines.implicitHeight + 2 * padding
    onAboutToShow: always.checked = false
    onOpened: openIt.forceActiveFocus(Qt.TabFocusReason)
    onClosed: links.cancel()

    Connections {
        target: sheet.links
        function onChanged(): void {
            if (sheet.links.asking)
                sheet.open();
            else
                sheet.close();
        }
    }

    Column {
        id: lines
        width: parent.width
        spacing: Theme.space12

        Text {
            width: parent.width
            text: sheet.title
            wrapMode: Text.Wrap
            color: Theme.text
            font.pixelSize: Theme.size18
            font.weight: Theme.strong
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        AddressBox {
            id: address
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
        Flow {
            width: parent.width
            spacing: Theme.space8
            layoutDirection: Qt.RightToLeft

            TextButton {
                id: openIt
                objectName: "openLink"
                height: Theme.target
                filled: true
                text: sheet.links.mail ? qsTr("Write") : qsTr("Open")
                Accessible.description: sheet.title + " " + sheet.links.beforeHost + sheet.links.host + sheet.links.afterHost
                    + " " + sheet.links.hostAsWritten
                onClicked: sheet.links.openIt(always.checked)
            }
            TextButton {
                objectName: "copyLink"
                height: Theme.target
                iconName: "copy"
                text: qsTr("Copy address")
                onClicked: sheet.links.copyIt()
            }
            TextButton {
                objectName: "cancelLink"
                height: Theme.target
                framed: false
                text: qsTr("Cancel")
                onClicked: sheet.close()
            }
        }
    }
}
