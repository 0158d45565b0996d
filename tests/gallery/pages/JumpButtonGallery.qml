import QtQuick
import Runnel.Ui

Page {
    title: "JumpButton"
    about: "Back to the newest line, with a mark when something was written there in the meantime."
    columns: 2

    Sample {
        caption: "Nothing new"
        JumpButton { unread: false }
    }
    Sample {
        caption: "Something new"
        JumpButton { unread: true }
    }
    Sample {
        caption: "Under the pointer"
        JumpButton {
            objectName: "underThePointer"
            unread: true
        }
    }
    Sample {
        caption: "With the keyboard"
        JumpButton {
            unread: true
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
}
