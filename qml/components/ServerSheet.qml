import QtQuick
import Runnel.Core
import Runnel.Ui

// Adds a server to the list: its address, and a name for it.
Sheet {
    id: sheet

    required property ServerListModel servers

    signal added

    title: qsTr("Add a server")
    implicitHeight: lines.implicitHeight + 2 * padding
    onAboutToShow: {
        address.clear();
        label.clear();
        servers.dismissNotice();
    }
    onOpened: address.forceActiveFocus()

    function add(): void {
        if (!servers.add(label.text, address.text))
            return;
        close();
        added();
    }

    Column {
        id: lines
        width: parent.width
        spacing: Theme.space12

        Text {
            anchors.left: parent.left
            text: sheet.title
            color: Theme.text
            font.pixelSize: Theme.size18
            font.weight: Theme.strong
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        LineField {
            id: address
            objectName: "serverAddress"
            width: parent.width
            maximumLength: 2048
            placeholderText: qsTr("https://chat.example.org")
            Accessible.name: qsTr("Address")
            onAccepted: sheet.add()
        }
        LineField {
            id: label
            objectName: "serverName"
            width: parent.width
            maximumLength: 80
            placeholderText: qsTr("A name for it, as you like")
            Accessible.name: qsTr("Name")
            onAccepted: sheet.add()
        }
        Text {
            objectName: "serverNotice"
            width: parent.width
            visible: text !== ""
            text: sheet.servers.notice
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Theme.danger
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        Row {
            anchors.right: parent.right
            spacing: Theme.space8

            TextButton {
                framed: false
                text: qsTr("Cancel")
                onClicked: sheet.close()
            }
            TextButton {
                objectName: "addServer"
                filled: true
                enabled: address.text.trim() !== ""
                text: qsTr("Add")
                onClicked: sheet.add()
            }
        }
    }
}
