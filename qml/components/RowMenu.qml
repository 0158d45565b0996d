import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// What can be done with one conversation.
Menu {
    id: menu

    required property bool pinned

    // A menu is not as wide as its lines by itself.
    function widestItem(): real {
        let widest = 0;
        for (let i = 0; i < count; ++i)
            widest = Math.max(widest, itemAt(i).implicitWidth);
        return widest;
    }

    signal renameAsked
    signal pinAsked
    signal exportAsked(bool markdown)
    signal removalAsked

    width: Math.min(Math.max(236, widestItem() + 2 * padding), parent ? parent.Window.width - 2 * margins : 236)
    title: qsTr("Conversation")
    margins: Theme.space8
    // The item that has the keyboard first is the menu's own.
    onAboutToShow: contentItem.parent.Accessible.name = title
    padding: Theme.space4
    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
    }

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
