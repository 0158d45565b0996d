import QtQuick
import Runnel.Ui

Page {
    title: "SearchField"
    about: "Words to look for. Escape empties it, the arrow down goes to what was found."

    Sample {
        caption: "Empty"
        ground: Theme.sunken
        SearchField { width: parent.width }
    }
    Sample {
        caption: "With the keyboard"
        ground: Theme.sunken
        SearchField {
            width: parent.width
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
    Sample {
        caption: "Something is looked for"
        ground: Theme.sunken
        SearchField {
            width: parent.width
            text: "river"
        }
    }
    Sample {
        caption: "More words than it has room for"
        ground: Theme.sunken
        SearchField {
            width: parent.width
            text: "the longest river of the world and the lakes that it goes through on its way to the sea"
        }
    }
}
