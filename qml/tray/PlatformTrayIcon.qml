import QtQuick
import Qt.labs.platform as Platform
import Runnel.Ui

// The icon in the desktop's tray: how many answers nobody has seen, and the way back to the window.
TrayIcon {
    id: tray

    shown: icon.available && icon.visible

    Platform.SystemTrayIcon {
        id: icon
        visible: available
        icon.source: "image://tray/" + tray.unseen
        tooltip: tray.unseen === 0 ? "Runnel" : qsTr("Runnel: %1 new").arg(tray.unseen)
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
