import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    id: page
    title: "ServerQuestionSheet"
    about: "A link leads to a server that is not in the list: whether to go there."

    Scene { id: plain }
    Scene { id: international }

    Sample {
        caption: "A server"
        ground: Theme.sunken
        tall: Math.round(400 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        ServerQuestionSheet {
            parent: room
            modal: false
            question: plain.question
            closePolicy: ServerQuestionSheet.NoAutoClose
            Component.onCompleted: plain.askAbout("https://chat.example.org/ai", false)
        }
    }
    Sample {
        caption: "With letters beyond ASCII, and a text for the message field"
        ground: Theme.sunken
        tall: Math.round(400 * Theme.widthScale)
        Item {
            id: other
            anchors.fill: parent
        }
        ServerQuestionSheet {
            parent: other
            modal: false
            question: international.question
            closePolicy: ServerQuestionSheet.NoAutoClose
            Component.onCompleted: international.askAbout("https://bücher.example:8443", true)
        }
    }
}
