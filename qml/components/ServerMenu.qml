pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// The servers that a person goes to. Arrow keys move, Escape leaves; what is taken away is asked about first.
Popup {
    id: menu

    required property ServerListModel servers
    required property url current
    // Something of the servers is kept on this computer.
    property bool keeps: false
    property bool asksToForget: false
    // The server that is to go, and its name; empty while none is.
    property string leaving: ""
    property string leavingName: ""

    signal chosen(string id, url server)
    signal addAsked
    signal forgetAsked

    margins: Theme.space8
    width: Math.min(Math.round(320 * Theme.widthScale), parent.Window.width - 2 * margins)
    height: lines.implicitHeight + 2 * padding
    padding: Theme.space4
    focus: true
    // Its button closes it, too, and does not open it again by the same click.
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutsideParent
    onAboutToShow: {
        // The view lets a row that was current keep the keyboard.
        if (list.currentItem)
            list.currentItem.focus = false;
        list.currentIndex = -1;
        asksToForget = false;
        leaving = "";
        servers.dismissNotice();
    }
    onOpened: goOn()

    function goOn(): void {
        if (servers.count > 0)
            list.forceActiveFocus();
        else
            add.forceActiveFocus(Qt.TabFocusReason);
    }
    function askToRemove(id: string, name: string): void {
        asksToForget = false;
        leaving = id;
        leavingName = name;
        removal.takeFocus();
    }

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
    }
    Column {
        id: lines
        width: parent.width

        ListView {
            id: list
            objectName: "serverList"
            width: parent.width
            height: Math.min(contentHeight, 320)
            clip: true
            model: menu.servers
            currentIndex: -1
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Servers")

            delegate: ServerRow {
                required property int index

                width: ListView.view.width
                isOpen: url === menu.current
                isCurrent: ListView.isCurrentItem
                onActiveFocusChanged: if (activeFocus)
                    list.currentIndex = index
                onChosen: menu.chosen(serverId, url)
                onRenamed: name => menu.servers.rename(serverId, name)
                onRemovalAsked: menu.askToRemove(serverId, name)
            }
        }
        Text {
            objectName: "serversNotice"
            width: parent.width
            padding: Theme.space8
            visible: text !== ""
            text: menu.servers.notice
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: Theme.danger
            font.pixelSize: Theme.size14
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text
        }
        MenuQuestion {
            id: removal
            width: parent.width
            visible: menu.leaving !== ""
            text: qsTr("Take “%1” out of the list? What this computer keeps of it goes too: conversations, drafts and unsent messages. The server keeps its own.").arg(menu.leavingName)
            agreeText: qsTr("Take out")
            onDeclined: {
                menu.leaving = "";
                menu.goOn();
            }
            onAgreed: {
                menu.servers.remove(menu.leaving);
                menu.leaving = "";
                menu.goOn();
            }
        }
        TextButton {
            id: add
            objectName: "addServerButton"
            width: parent.width
            height: Theme.target
            visible: menu.leaving === ""
            framed: false
            iconName: "plus"
            text: qsTr("Add a server")
            onClicked: menu.addAsked()
        }
        TextButton {
            objectName: "forgetButton"
            width: parent.width
            height: Theme.target
            visible: menu.keeps && !menu.asksToForget && menu.leaving === ""
            framed: false
            iconName: "trash-2"
            text: qsTr("Delete what is kept here")
            onClicked: {
                menu.asksToForget = true;
                forgetting.takeFocus();
            }
        }
        MenuQuestion {
            id: forgetting
            width: parent.width
            visible: menu.asksToForget
            text: qsTr("Deletes what this computer keeps of all servers' conversations, drafts and unsent messages too. The servers keep theirs.")
            agreeText: qsTr("Delete")
            onDeclined: menu.close()
            onAgreed: menu.forgetAsked()
        }
    }
}
