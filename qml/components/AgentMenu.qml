pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Runnel.Core
import Runnel.Ui

// The agents with what they are for. Arrow keys move, Enter chooses, Escape leaves.
Popup {
    id: menu

    required property AgentListModel agents
    required property string current

    signal chosen(string name)

    // Kept in the window: at the side where there is no room, and as narrow and as low as it must be.
    margins: Theme.space8
    width: Math.min(Math.round(320 * Theme.widthScale), parent.Window.width - 2 * margins)
    height: Math.min(list.contentHeight + topPadding + bottomPadding, 400, parent.Window.height - 2 * margins)
    padding: Theme.space4
    focus: true
    // Its button closes it, too, and does not open it again by the same click.
    closePolicy: Popup.CloseOnEscape | Popup.CloseOnPressOutsideParent
    onAboutToShow: list.currentIndex = -1
    onOpened: list.forceActiveFocus()

    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
    }
    ListView {
        id: list
        anchors.fill: parent
        clip: true
        model: menu.agents
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Agents")

        delegate: T.RadioButton {
            id: entry

            required property int index
            required property string name
            required property string description

            width: ListView.view.width
            implicitHeight: texts.implicitHeight + 2 * Theme.space8
            hoverEnabled: true
            text: name
            checked: name === menu.current
            Accessible.role: Accessible.RadioButton
            Accessible.checked: name === menu.current
            Accessible.name: name
            Accessible.description: description
            onClicked: menu.chosen(name)
            Keys.onReturnPressed: menu.chosen(name)
            Keys.onEnterPressed: menu.chosen(name)

            Column {
                id: texts
                anchors.left: parent.left
                anchors.right: mark.left
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
                    font.weight: Theme.strong
                }
                Text {
                    width: parent.width
                    visible: text !== ""
                    text: entry.description
                    horizontalAlignment: Text.AlignLeft
                    textFormat: Text.PlainText
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    color: Theme.muted
                    font.pixelSize: Theme.size12
                }
            }
            Icon {
                id: mark
                anchors.right: parent.right
                anchors.rightMargin: Theme.space8
                anchors.verticalCenter: parent.verticalCenter
                visible: entry.name === menu.current
                name: "check"
                color: Theme.accent
            }
            background: Rectangle {
                radius: Theme.radiusControl
                color: entry.hovered || entry.down || entry.ListView.isCurrentItem ? Theme.hover : "transparent"
            }
        }
    }
}
