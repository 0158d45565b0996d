pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// The agent that is asked, and the list to choose another one.
AbstractButton {
    id: button

    required property AgentListModel agents
    required property string current

    signal chosen(string name)

    implicitHeight: Theme.target
    implicitWidth: row.implicitWidth + 2 * Theme.space12
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    enabled: agents.count > 0
    visible: current !== ""
    text: current

    Accessible.name: qsTr("Agent: %1").arg(current)
    Accessible.role: Accessible.ButtonMenu

    onClicked: menu.visible ? menu.close() : menu.open()
    Keys.onDownPressed: menu.open()

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.space4

        Text {
            anchors.verticalCenter: parent.verticalCenter
            text: button.current
            horizontalAlignment: Text.AlignLeft
            textFormat: Text.PlainText
            elide: Text.ElideRight
            width: Math.min(implicitWidth, 160)
            color: Theme.muted
            font.pixelSize: Theme.size14
            Accessible.ignored: true
        }
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            color: Theme.muted
            size: 16
        }
    }
    background: Rectangle {
        radius: Theme.radiusControl
        color: button.hovered || button.down || menu.visible ? Theme.hover : "transparent"

        FocusRing { shown: button.visualFocus }
    }

    AgentMenu {
        id: menu
        x: Theme.mirrored ? button.width - width : 0
        y: -height - Theme.space4
        agents: button.agents
        current: button.current
        onChosen: name => {
            button.chosen(name);
            menu.close();
        }
    }
}
