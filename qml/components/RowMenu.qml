import QtQuick
import Runnel.Ui

// What can be done with one conversation.
CardMenu {
    id: menu

    required property bool pinned

    signal renameAsked
    signal pinAsked
    signal exportAsked(bool markdown)
    signal removalAsked

    title: qsTr("Conversation")

    RowMenuItem {
        iconName: "pencil"
        text: qsTr("Rename")
        keys: "F2"
        onTriggered: menu.renameAsked()
    }
    RowMenuItem {
        iconName: menu.pinned ? "pin-off" : "pin"
        text: menu.pinned ? qsTr("Unpin") : qsTr("Pin")
        onTriggered: menu.pinAsked()
    }
    RowMenuItem {
        iconName: "file-text"
        text: qsTr("Export as Markdown")
        onTriggered: menu.exportAsked(true)
    }
    RowMenuItem {
        iconName: "file-json"
        text: qsTr("Export as JSON")
        onTriggered: menu.exportAsked(false)
    }
    RowMenuItem {
        iconName: "trash-2"
        text: qsTr("Delete")
        keys: qsTr("Del", "the key")
        ink: Theme.danger
        iconInk: Theme.danger
        onTriggered: menu.removalAsked()
    }
}
