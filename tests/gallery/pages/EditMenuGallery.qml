import QtQuick
import Runnel.Ui

Page {
    id: page
    title: "EditMenu"
    about: "What can be done with a text that is being written."

    TextEdit {
        id: full
        visible: false
        text: "Which river?"
        Component.onCompleted: selectAll()
    }
    TextEdit {
        id: empty
        visible: false
    }
    Sample {
        caption: "Something is selected"
        tall: Math.round(200 * Theme.widthScale)
        EditMenu {
            edit: full
            visible: true
            closePolicy: EditMenu.NoAutoClose
        }
    }
    Sample {
        caption: "Nothing is written"
        tall: Math.round(200 * Theme.widthScale)
        EditMenu {
            edit: empty
            visible: true
            closePolicy: EditMenu.NoAutoClose
        }
    }
}
