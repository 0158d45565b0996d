import QtQuick
import Runnel.Ui

Page {
    title: "MessageMenu"
    about: "What can be done with what is said: with what is selected, or with the message on which the menu was asked for."

    Sample {
        caption: "On an answer"
        tall: Math.round(160 * Theme.widthScale)
        MessageMenu {
            isAnswer: true
            visible: true
            closePolicy: MessageMenu.NoAutoClose
        }
    }
    Sample {
        caption: "On a message"
        tall: Math.round(160 * Theme.widthScale)
        MessageMenu {
            visible: true
            closePolicy: MessageMenu.NoAutoClose
        }
    }
    Sample {
        caption: "On a link, with something selected"
        tall: Math.round(160 * Theme.widthScale)
        MessageMenu {
            isAnswer: true
            isSelected: true
            link: "https://example.org/"
            visible: true
            closePolicy: MessageMenu.NoAutoClose
        }
    }
}
