import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    id: page
    title: "SettingsSheet"
    about: "What a person chooses for this computer."

    Scene { id: scene }
    Scene { id: other }

    Sample {
        caption: "As it is at first"
        ground: Theme.sunken
        tall: Math.round(880 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        SettingsSheet {
            parent: room
            modal: false
            preferences: scene.preferences
            version: "0.1.0"
            server: "https://chat.example.org"
            visible: true
            closePolicy: SettingsSheet.NoAutoClose
        }
    }
    Sample {
        caption: "There is no tray"
        ground: Theme.sunken
        tall: Math.round(880 * Theme.widthScale)
        Item {
            id: second
            anchors.fill: parent
        }
        SettingsSheet {
            parent: second
            modal: false
            preferences: other.preferences
            trayMissing: true
            version: "0.1.0"
            visible: true
            closePolicy: SettingsSheet.NoAutoClose
        }
    }
}
