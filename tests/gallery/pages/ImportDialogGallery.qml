import QtQuick
import Runnel.Ui

Page {
    title: "ImportDialog"
    about: "Which exported conversations come in: a dialog of the desktop’s own, or Qt’s where there is none."
    columns: 1

    Sample {
        caption: "Several files at once"
        TextButton {
            text: "Ask"
            onClicked: dialog.open()
        }
        ImportDialog { id: dialog }
    }
}
