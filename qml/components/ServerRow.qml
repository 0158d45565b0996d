import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Runnel.Ui

// One server of the list: its name, its address, and what can be done with it. Enter chooses, F2 renames, Delete takes away.
FocusScope {
    id: row

    required property string serverId
    required property string name
    required property url url
    required property bool insecure

    // Its conversations are the ones that are shown.
    property bool isOpen: false
    // The arrow keys are at it.
    property bool isCurrent: false
    property bool editing: false

    signal chosen
    signal renamed(string name)
    signal removalAsked

    readonly property bool touched: !editing && (area.hovered || pencil.hovered || away.hovered || activeFocus || Theme.touch)

    implicitHeight: editing ? Math.max(Theme.target, area.implicitHeight) : area.implicitHeight

    function takeFocus(): void {
        area.forceActiveFocus(Qt.TabFocusReason);
    }
    function rename(): void {
        editing = true;
        field.text = name;
        field.selectAll();
        field.forceActiveFocus();
    }
    function endEditing(): void {
        editing = false;
        takeFocus();
    }

    T.RadioButton {
        id: area
        objectName: "serverRow"
        focus: true
        anchors.fill: parent
        visible: !row.editing
        implicitHeight: texts.implicitHeight + 2 * Theme.space8
        hoverEnabled: true
        text: row.name
        checked: row.isOpen
        Accessible.role: Accessible.RadioButton
        Accessible.checked: row.isOpen
        Accessible.name: row.name
        Accessible.description: address.text
        onClicked: row.chosen()
        Keys.onReturnPressed: row.chosen()
        Keys.onEnterPressed: row.chosen()
        Keys.onDeletePressed: row.removalAsked()
        // The window's F2 is for the conversation that is open.
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_F2
        Keys.onPressed: event => {
            event.accepted = event.key === Qt.Key_F2;
            if (event.accepted)
                row.rename();
        }

        Column {
            id: texts
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: Theme.space8
            anchors.rightMargin: row.touched ? pencil.width + away.width + Theme.space4 : Theme.space8
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Text {
                width: parent.width
                text: row.name
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: Theme.text
                font.pixelSize: Theme.size14
                font.weight: row.isOpen ? Theme.strong : Theme.normal
            }
            Text {
                id: address
                width: parent.width
                text: row.insecure ? qsTr("%1, not encrypted").arg(row.url) : row.url
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                color: row.insecure ? Theme.warning : Theme.muted
                font.pixelSize: Theme.size12
            }
        }
        background: Rectangle {
            radius: Theme.radiusControl
            color: row.touched || area.down || row.isCurrent ? Theme.hover : "transparent"
        }
    }
    IconButton {
        id: pencil
        objectName: "renameServer"
        anchors.right: away.left
        anchors.verticalCenter: parent.verticalCenter
        dense: true
        // Tab goes on: F2 and Delete do the same.
        focusPolicy: Qt.NoFocus
        visible: row.touched
        iconName: "pencil"
        name: qsTr("Rename “%1”").arg(row.name)
        onClicked: row.rename()
    }
    IconButton {
        id: away
        objectName: "removeServer"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        dense: true
        focusPolicy: Qt.NoFocus
        visible: row.touched
        iconName: "x"
        name: qsTr("Take “%1” out of the list").arg(row.name)
        onClicked: row.removalAsked()
    }
    TextField {
        id: field
        objectName: "serverNameField"
        visible: row.editing
        width: row.width
        height: row.height
        leftPadding: Theme.space8
        rightPadding: Theme.space8
        maximumLength: 80
        selectByMouse: true
        verticalAlignment: TextInput.AlignVCenter
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        font.pixelSize: Theme.size14
        Accessible.name: qsTr("Name")
        background: Rectangle {
            radius: Theme.radiusControl
            color: Theme.canvas
            border.width: 2
            border.color: Theme.accent
        }
        onAccepted: {
            const name = text.trim();
            row.endEditing();
            // Without a name it stays as it was.
            if (name !== "" && name !== row.name)
                row.renamed(name);
        }
        Keys.onEscapePressed: row.endEditing()
        onActiveFocusChanged: if (!activeFocus && row.editing)
            row.editing = false
    }
}
