import QtQuick
import Runnel.Ui

Page {
    title: "IconButton"
    about: "An icon that is a button; its name is said and shown on hover."
    columns: 3

    Sample {
        caption: "As it is"
        IconButton {
            iconName: "upload"
            name: "Import conversations"
        }
    }
    Sample {
        caption: "Dense"
        IconButton {
            iconName: "copy"
            name: "Copy answer"
            dense: true
        }
    }
    Sample {
        caption: "Under the pointer"
        IconButton {
            objectName: "underThePointer"
            iconName: "copy"
            name: "Copy answer"
        }
    }
    Sample {
        caption: "With the keyboard"
        IconButton {
            iconName: "pencil"
            name: "Edit message"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Disabled"
        IconButton {
            iconName: "refresh-cw"
            name: "Regenerate answer"
            enabled: false
        }
    }
    Sample {
        caption: "On the header"
        ground: Theme.header
        IconButton {
            iconName: "panel-left"
            name: "Conversations"
            ink: Theme.headerInk
            hoverGround: Theme.headerHover
        }
    }
}
