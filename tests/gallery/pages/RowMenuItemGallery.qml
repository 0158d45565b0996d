import QtQuick
import Runnel.Ui

Page {
    title: "RowMenuItem"
    about: "A line of a menu: icon, verb, and the key that does the same."
    columns: 3

    Sample {
        caption: "With its key"
        ground: Theme.raised
        RowMenuItem {
            iconName: "pencil"
            text: "Rename"
            keys: "F2"
        }
    }
    Sample {
        caption: "Without one"
        ground: Theme.raised
        RowMenuItem {
            iconName: "file-text"
            text: "Export as Markdown"
        }
    }
    Sample {
        caption: "Something is lost by it"
        ground: Theme.raised
        RowMenuItem {
            iconName: "trash-2"
            text: "Delete"
            keys: "Del"
            ink: Theme.danger
            iconInk: Theme.danger
        }
    }
    Sample {
        caption: "With the keyboard"
        ground: Theme.raised
        RowMenuItem {
            iconName: "pin"
            text: "Pin"
            highlighted: true
        }
    }
    Sample {
        caption: "Disabled"
        ground: Theme.raised
        RowMenuItem {
            iconName: "file-json"
            text: "Export as JSON"
            enabled: false
        }
    }
}
