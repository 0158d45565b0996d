import QtQuick
import Runnel.Ui

// "‹ 2 / 3 ›": which of the messages at one place is shown, and the way to the others.
Row {
    id: versions

    required property int version
    required property int count
    required property bool connected

    // Of whoever goes on by keyboard, the focus goes along.
    signal stepped(int step, bool byKeyboard)

    function takeFocus(): void {
        (next.enabled ? next : previous).forceActiveFocus(Qt.TabFocusReason);
    }

    visible: count > 1

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Version %1 of %2").arg(version).arg(count)

    IconButton {
        id: previous
        objectName: "previousVersion"
        dense: true
        iconName: "chevron-left"
        name: qsTr("Previous version")
        enabled: versions.connected && versions.version > 1
        onClicked: versions.stepped(-1, activeFocus)
    }
    Text {
        anchors.verticalCenter: parent.verticalCenter
        // Room for the focus ring of the buttons beside it.
        leftPadding: Theme.space8
        rightPadding: Theme.space8
        text: Theme.directionMark + versions.version + " / " + versions.count
        color: Theme.muted
        font.pixelSize: Theme.size12
        Accessible.ignored: true
    }
    IconButton {
        id: next
        objectName: "nextVersion"
        dense: true
        iconName: "chevron-right"
        name: qsTr("Next version")
        enabled: versions.connected && versions.version < versions.count
        onClicked: versions.stepped(1, activeFocus)
    }
}
