import QtQuick
import Runnel.Ui

Page {
    title: "MessageEditor"
    about: "In the place of a bubble: Enter and Save send, Escape and Cancel leave the message as it was."

    Sample {
        caption: "With the keyboard"
        MessageEditor {
            width: parent.width
            height: implicitHeight
            draft: "Which river is the longest?"
            connected: true
            tallest: 240
            Component.onCompleted: takeFocus()
        }
    }
    Sample {
        caption: "Nothing left to send"
        MessageEditor {
            width: parent.width
            height: implicitHeight
            draft: ""
            connected: true
            tallest: 240
        }
    }
    Sample {
        caption: "Without a connection"
        MessageEditor {
            width: parent.width
            height: implicitHeight
            draft: "Which river is the longest?"
            connected: false
            tallest: 240
        }
    }
    Sample {
        caption: "More lines than there is room for"
        MessageEditor {
            width: parent.width
            height: implicitHeight
            draft: "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight"
            connected: true
            tallest: 160
        }
    }
}
