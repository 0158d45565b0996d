import QtQuick
import Runnel.Ui

Page {
    title: "CheckLine"
    about: "Something that is so or not, and what it is in words."

    Sample {
        caption: "It is not so"
        CheckLine {
            width: parent.width
            text: "Always open links to example.org"
        }
    }
    Sample {
        caption: "It is so"
        CheckLine {
            width: parent.width
            text: "Always open links to example.org"
            checked: true
        }
    }
    Sample {
        caption: "With the keyboard"
        CheckLine {
            width: parent.width
            text: "Keep Runnel in the tray when its window is closed"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Disabled, in several lines"
        CheckLine {
            width: parent.width
            enabled: false
            checked: true
            text: "Show the answer's first line, also where others may read it, as on a locked screen"
        }
    }
}
