pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// What a person said: a bubble at the right, or the editor in its place; below it what can be done with it.
Column {
    id: message

    required property string content
    required property string time
    required property string exactTime
    required property int status
    required property string problemText
    required property string problemCode
    required property string waitingText
    required property int version
    required property int versionCount
    required property bool editing
    required property string draft
    required property bool connected
    required property bool last
    required property int tallest
    // Its row among the messages, and what is selected in them.
    property int number: 0
    property TextSelection selection: null

    signal copied
    signal retried
    signal discarded
    signal editBegun
    signal edited(string text)
    signal editSaved(string text)
    signal editCancelled
    signal versionStepped(int step, bool byKeyboard)

    readonly property bool taken: status === MessageListModel.Taken
    readonly property bool attended: Theme.touch || last || hover.hovered || holds(Window.activeFocusItem)
    // An editor that only comes into sight again leaves the keyboard where it is.
    property bool editWanted: false

    function holds(item: Item): bool {
        while (item && item !== message)
            item = item.parent;
        return item === message;
    }
    function focusVersions(): void {
        versions.takeFocus();
    }
    function cancelEdit(): void {
        editCancelled();
        editButton.forceActiveFocus(Qt.OtherFocusReason);
    }

    spacing: status === MessageListModel.Refused ? Theme.space8 : Theme.space4

    HoverHandler { id: hover }

    Bubble {
        anchors.right: parent.right
        visible: !message.editing
        content: message.content
        selection: message.selection
        message: message.number
        waiting: !message.taken
        widest: message.width * 0.8
    }
    Repeater {
        model: message.editing ? 1 : 0

        MessageEditor {
            width: message.width
            draft: message.draft
            connected: message.connected
            tallest: message.tallest
            Component.onCompleted: if (message.editWanted)
                takeFocus()
            onEdited: text => message.edited(text)
            onSaved: text => message.editSaved(text)
            onCancelled: message.cancelEdit()
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        visible: message.taken
        spacing: Theme.space4

        IconButton {
            objectName: "copyButton"
            visible: !message.editing
            opacity: message.attended ? 1 : 0
            dense: true
            iconName: done.running ? "check" : "copy"
            name: done.running ? qsTr("Copied") : qsTr("Copy message")
            onClicked: {
                message.copied();
                done.restart();
            }

            Timer {
                id: done
                interval: 1500
            }
        }
        IconButton {
            id: editButton
            objectName: "editButton"
            visible: !message.editing
            opacity: message.attended ? (enabled ? 1 : 0.5) : 0
            dense: true
            iconName: "pencil"
            name: qsTr("Edit message")
            enabled: message.connected
            onClicked: {
                message.editWanted = true;
                message.editBegun();
            }
        }
        VersionSwitch {
            id: versions
            opacity: message.attended ? 1 : 0
            version: message.version
            count: message.versionCount
            connected: message.connected
            onStepped: (step, byKeyboard) => message.versionStepped(step, byKeyboard)
        }
        Text {
            anchors.verticalCenter: parent.verticalCenter
            // Large letters leave no room for it beside the versions.
            visible: !versions.visible || message.width >= 200 * Theme.textScale
            leftPadding: Theme.mirrored ? 0 : Theme.space4
            rightPadding: Theme.mirrored ? Theme.space4 : 0
            text: timeHover.hovered ? message.exactTime : message.time
            color: Theme.muted
            font.pixelSize: Theme.size12

            HoverHandler { id: timeHover }
        }
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: message.connected ? Theme.space8 : 0
        visible: message.status === MessageListModel.Pending
        spacing: Theme.space4

        WaitingNote {
            anchors.verticalCenter: parent.verticalCenter
            height: Math.max(implicitHeight, Theme.denseTarget)
            words: message.waitingText
            widest: message.width - Theme.denseTarget - Theme.space8
        }
        IconButton {
            objectName: "withdrawButton"
            anchors.verticalCenter: parent.verticalCenter
            visible: !message.connected
            dense: true
            iconName: "x"
            name: qsTr("Remove this message")
            onClicked: message.discarded()
        }
    }
    ErrorCard {
        width: parent.width
        visible: message.status === MessageListModel.Refused
        message: message.problemText
        code: message.problemCode
        discardable: true
        onRetried: message.retried()
        onDiscarded: message.discarded()
    }
}
