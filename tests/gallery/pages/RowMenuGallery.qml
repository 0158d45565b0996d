import QtQuick
import Runnel.Ui

Page {
    title: "RowMenu"
    about: "What can be done with one conversation."

    Sample {
        caption: "Not pinned"
        tall: Math.round(230 * Theme.widthScale)
        RowMenu {
            pinned: false
            visible: true
            closePolicy: RowMenu.NoAutoClose
        }
    }
    Sample {
        caption: "Pinned, the second line has the keyboard"
        tall: Math.round(230 * Theme.widthScale)
        RowMenu {
            pinned: true
            visible: true
            currentIndex: 1
            closePolicy: RowMenu.NoAutoClose
        }
    }
}
