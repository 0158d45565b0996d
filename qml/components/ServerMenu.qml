pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Runnel.Core
import Runnel.Ui

// The servers that a person goes to. Arrow keys move, Enter chooses, Delete takes away, Escape leaves.
Popup {
    id: menu

    required property ServerListModel servers
    required property url current
    // Something of the servers is kept on this computer.
    property bool keeps: false
    property bool asksToForget: false

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
        list.currentIndex = -1;
        asksToForget = false;
    }
    onOpened: menu.servers.count > 0 ? list.forceActiveFocus() : add.forceActiveFocus()

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
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Servers")

            delegate: T.RadioButton {
                id: entry

                required property int index
                required property string serverId
                required property string name
                required property url url
                required property bool insecure

                readonly property bool isOpen: url === menu.current

                width: ListView.view.width
                implicitHeight: texts.implicitHeight + 2 * Theme.space8
                hoverEnabled: true
                text: name
                checked: isOpen
                Accessible.role: Accessible.RadioButton
                Accessible.checked: isOpen
                Accessible.name: name
                Accessible.description: address.text
                onClicked: menu.chosen(serverId, url)
                Keys.onReturnPressed: menu.chosen(serverId, url)
                Keys.onEnterPressed: menu.chosen(serverId, url)
                Keys.onDeletePressed: menu.servers.remove(serverId)

                Column {
                    id: texts
                    anchors.left: parent.left
                    anchors.right: away.left
                    anchors.margins: Theme.space8
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    Text {
                        width: parent.width
                        text: entry.name
                        horizontalAlignment: Text.AlignLeft
                        textFormat: Text.PlainText
                        elide: Text.ElideRight
                        color: Theme.text
                        font.pixelSize: Theme.size14
                        font.weight: entry.isOpen ? Theme.strong : Theme.normal
                    }
                    Text {
                        id: address
                        width: parent.width
                        text: entry.insecure ? qsTr("%1, not encrypted").arg(entry.url) : entry.url
                        horizontalAlignment: Text.AlignLeft
                        textFormat: Text.PlainText
                        elide: Text.ElideMiddle
                        color: entry.insecure ? Theme.warning : Theme.muted
                        font.pixelSize: Theme.size12
                    }
                }
                IconButton {
                    id: away
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    dense: true
                    visible: entry.hovered || hovered || Theme.touch
                    iconName: "x"
                    name: qsTr("Take “%1” out of the list").arg(entry.name)
                    onClicked: menu.servers.remove(entry.serverId)
                }
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: entry.hovered || entry.down || entry.ListView.isCurrentItem ? Theme.hover : "transparent"
                }
            }
        }
        TextButton {
            id: add
            objectName: "addServerButton"
            width: parent.width
            height: Theme.target
            framed: false
            iconName: "plus"
            text: qsTr("Add a server")
            onClicked: menu.addAsked()
        }
        TextButton {
            objectName: "forgetButton"
            width: parent.width
            height: Theme.target
            visible: menu.keeps && !menu.asksToForget
            framed: false
            iconName: "trash-2"
            text: qsTr("Delete what is kept here")
            onClicked: {
                menu.asksToForget = true;
                keepButton.forceActiveFocus(Qt.TabFocusReason);
            }
        }
        Column {
            width: parent.width
            visible: menu.asksToForget
            padding: Theme.space8
            spacing: Theme.space8

            Text {
                width: parent.width - 2 * Theme.space8
                text: qsTr("Deletes what this computer keeps of all servers' conversations, drafts and unsent messages too. The servers keep theirs.")
                wrapMode: Text.Wrap
                color: Theme.text
                font.pixelSize: Theme.size14
                lineHeight: Theme.line14
                lineHeightMode: Text.FixedHeight
            }
            Row {
                spacing: Theme.space8

                TextButton {
                    id: keepButton
                    text: qsTr("Keep it")
                    onClicked: menu.close()
                }
                TextButton {
                    objectName: "forgetNow"
                    ink: Theme.danger
                    text: qsTr("Delete")
                    onClicked: menu.forgetAsked()
                }
            }
        }
    }
}
