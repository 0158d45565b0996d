import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// Which server the conversations are of, and the way to another one.
AbstractButton {
    id: button

    required property ServerListModel servers
    required property url current
    property bool keeps: false

    signal chosen(url server)
    signal forgetAsked

    readonly property string host: ("" + current).replace(/^https?:\/\//, "")

    implicitHeight: Theme.target
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: servers.currentUrl === current && servers.currentName !== "" ? servers.currentName : host
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: qsTr("Server: %1").arg(text)
    onClicked: menu.visible ? menu.close() : menu.open()

    background: Rectangle {
        radius: Theme.radiusControl
        color: button.hovered || menu.opened ? Theme.hover : "transparent"

        FocusRing { shown: button.visualFocus }
        HoverHandler { cursorShape: Qt.PointingHandCursor }
    }
    Icon {
        id: picture
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.leftMargin: Theme.space12
        name: "server"
        size: 16
        color: Theme.muted
    }
    Text {
        anchors.left: picture.right
        anchors.right: arrow.left
        anchors.margins: Theme.space8
        anchors.verticalCenter: parent.verticalCenter
        text: button.text
        horizontalAlignment: Text.AlignLeft
        textFormat: Text.PlainText
        elide: Text.ElideMiddle
        color: Theme.muted
        font.pixelSize: Theme.size14
        Accessible.ignored: true
    }
    Icon {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.space12
        anchors.verticalCenter: parent.verticalCenter
        name: "chevron-down"
        size: 16
        color: Theme.muted
        rotation: 180
    }
    ServerMenu {
        id: menu
        x: Theme.mirrored ? button.width - width : 0
        y: -height - Theme.space4
        servers: button.servers
        current: button.current
        keeps: button.keeps
        onForgetAsked: {
            close();
            button.forgetAsked();
        }
        onChosen: (id, server) => {
            close();
            button.servers.setCurrent(id);
            button.chosen(server);
        }
        onAddAsked: {
            close();
            sheet.open();
        }
    }
    ServerSheet {
        id: sheet
        servers: button.servers
        onAdded: menu.open()
    }
}
