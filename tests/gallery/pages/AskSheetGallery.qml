import QtQuick
import Runnel.Ui

Page {
    title: "AskSheet"
    about: "A question, with what there is to know about it, and the answers below it, which are always there."
    columns: 1

    Sample {
        caption: "A question"
        ground: Theme.sunken
        tall: Math.round(260 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        AskSheet {
            parent: room
            modal: false
            title: "Open this link?"
            visible: true
            closePolicy: AskSheet.NoAutoClose
            answers: [
                TextButton {
                    text: "Open"
                    filled: true
                },
                TextButton {
                    text: "Cancel"
                    framed: false
                }
            ]

            Text {
                width: parent.width
                text: "What there is to know about it stands here."
                wrapMode: Text.Wrap
                color: Theme.text
                font.pixelSize: Theme.size14
            }
        }
    }
}
