pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// Goes to another conversation by a part of its title.
Sheet {
    id: sheet

    required property ConversationListModel conversations

    signal chosen(string id)

    title: qsTr("Go to a conversation")
    // Its field stays where it is, however many lines are found.
    y: Math.max(Theme.space8, Math.round(parent.height / 8))
    padding: Theme.space8
    implicitHeight: field.height + Theme.space8 + Math.min(list.count, 10) * Theme.target + none.height + 2 * padding

    function choose(row: int): void {
        const id = found.idAt(row);
        if (id === "")
            return;
        close();
        chosen(id);
    }

    onAboutToShow: {
        field.clear();
        list.currentIndex = 0;
    }
    onOpened: field.forceActiveFocus()

    SwitcherModel {
        id: found
        sourceModel: sheet.conversations
        pattern: field.text
    }
    TextField {
        id: field
        objectName: "switcherField"
        width: parent.width
        height: Theme.target
        leftPadding: Theme.space12
        rightPadding: Theme.space12
        maximumLength: 200
        horizontalAlignment: text === "" ? TextInput.AlignLeft : undefined
        placeholderText: qsTr("Go to a conversation")
        placeholderTextColor: Theme.muted
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        font.pixelSize: Theme.size16
        background: null
        Accessible.name: sheet.title
        onTextChanged: list.currentIndex = 0
        onAccepted: sheet.choose(list.currentIndex)
        Keys.onUpPressed: list.decrementCurrentIndex()
        Keys.onDownPressed: list.incrementCurrentIndex()
    }
    ListView {
        id: list
        objectName: "switcherList"
        anchors.top: field.bottom
        anchors.topMargin: Theme.space8
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: found
        Accessible.role: Accessible.List
        Accessible.name: sheet.title
        ScrollBar.vertical: ScrollBar {}

        delegate: AbstractButton {
            id: entry

            required property int index
            required property string title

            width: ListView.view.width
            height: Theme.target
            focusPolicy: Qt.NoFocus
            hoverEnabled: true
            text: title
            Accessible.role: Accessible.ListItem
            Accessible.name: title
            onClicked: sheet.choose(index)

            contentItem: Text {
                leftPadding: Theme.space12
                rightPadding: Theme.space12
                verticalAlignment: Text.AlignVCenter
                text: entry.title
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: Theme.text
                font.pixelSize: Theme.size14
            }
            background: Rectangle {
                radius: Theme.radiusControl
                color: entry.ListView.isCurrentItem ? Theme.bubble : entry.hovered ? Theme.hover : "transparent"
                border.width: Theme.high && entry.ListView.isCurrentItem ? 2 : 0
                border.color: Theme.accent
            }
        }
    }
    Text {
        id: none
        anchors.top: field.bottom
        anchors.topMargin: Theme.space8
        anchors.left: parent.left
        visible: list.count === 0
        height: visible ? Theme.target : 0
        leftPadding: Theme.space12
        rightPadding: Theme.space12
        verticalAlignment: Text.AlignVCenter
        text: qsTr("No conversation has that in its title.")
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
}
