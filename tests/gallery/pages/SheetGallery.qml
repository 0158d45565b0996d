import QtQuick
import Runnel.Ui

Page {
    title: "Sheet"
    about: "A card over the window, for a moment. Escape and a click beside it close it."
    columns: 1

    Sample {
        caption: "A card with a title"
        ground: Theme.sunken
        tall: Math.round(220 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        Sheet {
            parent: room
            modal: false
            title: "Add a server"
            visible: true
            implicitHeight: 140
            closePolicy: Sheet.NoAutoClose

            Text {
                text: "What is asked stands here."
                color: Theme.text
                font.pixelSize: Theme.size14
            }
        }
    }
}
