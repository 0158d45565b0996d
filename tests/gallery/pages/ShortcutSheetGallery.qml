import QtQuick
import Runnel.Ui

Page {
    title: "ShortcutSheet"
    about: "All that the keyboard does."
    columns: 1

    Sample {
        caption: "With room"
        ground: Theme.sunken
        tall: Math.round(520 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        ShortcutSheet {
            parent: room
            modal: false
            visible: true
            closePolicy: ShortcutSheet.NoAutoClose
        }
    }
    Sample {
        caption: "In a low window it scrolls"
        ground: Theme.sunken
        tall: 260
        Item {
            id: low
            anchors.fill: parent
        }
        ShortcutSheet {
            parent: low
            modal: false
            visible: true
            closePolicy: ShortcutSheet.NoAutoClose
        }
    }
}
