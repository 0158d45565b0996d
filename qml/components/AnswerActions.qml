import QtQuick
import Runnel.Ui

// The row below an answer that has ended.
Row {
    id: actions

    required property bool copyable
    required property bool regenerable
    required property bool ready
    required property bool connected
    required property int version
    required property int versionCount

    signal copied
    signal regenerated
    signal versionStepped(int step, bool byKeyboard)

    function focusVersions(): void {
        versions.takeFocus();
    }

    IconButton {
        dense: true
        visible: actions.copyable
        iconName: done.running ? "check" : "copy"
        name: done.running ? qsTr("Copied") : qsTr("Copy answer")
        onClicked: {
            actions.copied();
            done.restart();
        }

        Timer {
            id: done
            interval: 1500
        }
    }
    IconButton {
        objectName: "regenerateButton"
        dense: true
        visible: actions.regenerable
        enabled: actions.ready
        iconName: "refresh-cw"
        name: qsTr("Regenerate answer")
        onClicked: actions.regenerated()
    }
    VersionSwitch {
        id: versions
        version: actions.version
        count: actions.versionCount
        connected: actions.connected
        onStepped: (step, byKeyboard) => actions.versionStepped(step, byKeyboard)
    }
}
