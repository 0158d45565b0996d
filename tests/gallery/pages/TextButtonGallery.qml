import QtQuick
import Runnel.Ui

Page {
    title: "TextButton"
    about: "A verb in a frame, with an icon before it where one helps."
    columns: 3

    Sample {
        caption: "Framed"
        TextButton { text: "Try again" }
    }
    Sample {
        caption: "With an icon"
        TextButton {
            text: "Retry"
            iconName: "rotate-ccw"
        }
    }
    Sample {
        caption: "Filled: the one that is mostly wanted"
        TextButton {
            text: "Allow"
            filled: true
        }
    }
    Sample {
        caption: "Without a frame"
        TextButton {
            text: "Cancel"
            framed: false
        }
    }
    Sample {
        caption: "Disabled"
        Row {
            spacing: Theme.space8
            TextButton {
                text: "Continue"
                iconName: "play"
                enabled: false
            }
            TextButton {
                text: "Add"
                filled: true
                enabled: false
            }
        }
    }
    Sample {
        caption: "With the keyboard"
        TextButton {
            text: "Try now"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Under the pointer"
        TextButton {
            objectName: "underThePointer"
            text: "Try now"
        }
    }
    Sample {
        caption: "In colour"
        TextButton {
            text: "Undo"
            framed: false
            ink: Theme.accent
        }
    }
    Sample {
        caption: "Right to left"
        TextButton {
            text: "حاول مرة أخرى"
            iconName: "rotate-ccw"
        }
    }
}
