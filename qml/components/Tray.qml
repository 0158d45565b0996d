import QtQuick
import Qt.labs.platform as Platform
import Runnel.Ui

// The icon in the desktop's tray: how many answers nobody has seen, and the way back to the window. Made only for
// those who want one, for what it is made of may not be installed.
Item {
    id: tray

    property int unseen: 0

    readonly property bool shown: icon.available && icon.visible

    signal windowAsked
    signal newChatAsked
    signal quickAskAsked
    signal quitAsked

    Platform.SystemTrayIcon {
        id: icon
        visible: available
        icon.source: "image://tray/" + tray.unseen
        tooltip: tray.unseen === 0 ? "Runnel" : qsTr("Runnel: %n new answer(s)", "", tray.unseen)
        onActivated: reason => {
            if (reason !== Platform.SystemTrayIcon.Context)
                tray.windowAsked();
        }

        menu: Platform.Menu {
            Platform.MenuItem {
                text: qsTr("Show Runnel")
                onTriggered: tray.windowAsked()
            }
            Platform.MenuItem {
                text: qsTr("New chat")
                onTriggered: tray.newChatAsked()
            }
            Platform.MenuItem {
                text: qsTr("Quick question")
                onTriggered: tray.quickAskAsked()
            }
            Platform.MenuSeparator {}
            Platform.MenuItem {
                text: qsTr("Quit")
                onTriggered: tray.quitAsked()
            }
        }
    }
}
