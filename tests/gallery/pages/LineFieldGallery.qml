import QtQuick
import Runnel.Ui

Page {
    title: "LineField"
    about: "One line to write in."

    Sample {
        caption: "Empty"
        LineField {
            width: parent.width
            placeholderText: "https://chat.example.org"
        }
    }
    Sample {
        caption: "With the keyboard"
        LineField {
            width: parent.width
            text: "chat.example"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Longer than the field"
        LineField {
            width: parent.width
            text: "https://a-host-with-a-name-that-is-rather-long.example.com/and/a/path/that/is/longer/still"
        }
    }
    Sample {
        caption: "Disabled"
        LineField {
            width: parent.width
            text: "https://chat.example.org"
            enabled: false
        }
    }
    Sample {
        caption: "Right to left"
        LineField {
            width: parent.width
            text: "اسم الخادم"
        }
    }
}
