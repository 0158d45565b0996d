import QtQuick
import Runnel.Ui

Page {
    title: "ChoiceButton"
    about: "One of a few that exclude each other."
    columns: 3

    Sample {
        caption: "Not chosen"
        ChoiceButton { text: "Dark" }
    }
    Sample {
        caption: "Chosen"
        ChoiceButton {
            text: "Light"
            checked: true
        }
    }
    Sample {
        caption: "With the keyboard"
        ChoiceButton {
            text: "Dark"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Under the pointer"
        ChoiceButton {
            objectName: "underThePointer"
            text: "Dark"
        }
    }
    Sample {
        caption: "Right to left"
        ChoiceButton {
            text: "داكن"
            checked: true
        }
    }
}
