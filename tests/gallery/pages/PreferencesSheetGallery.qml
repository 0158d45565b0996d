import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "PreferencesSheet"
    about: "What a person chooses for this computer: how the window looks, and its language."

    Scene { id: scene }

    Sample {
        caption: "As it opens"
        ground: Theme.sunken
        tall: Math.round(560 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        PreferencesSheet {
            parent: room
            modal: false
            preferences: scene.preferences
            visible: true
            closePolicy: PreferencesSheet.NoAutoClose
        }
    }
}
