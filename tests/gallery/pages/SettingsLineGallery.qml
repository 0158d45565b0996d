import QtQuick
import Runnel.Ui

Page {
    title: "SettingsLine"
    about: "What is set, and the buttons that set it: beside it, or below where there is little room."
    columns: 1

    Sample {
        caption: "Side by side"
        SettingsLine {
            width: parent.width
            label: "Text size: 100 %"
            TextButton { text: "Smaller" }
            TextButton { text: "Larger" }
        }
    }
    Sample {
        caption: "With little room"
        SettingsLine {
            width: Math.min(parent.width, Math.round(220 * Theme.widthScale))
            label: "Text size: 100 %"
            TextButton { text: "Smaller" }
            TextButton { text: "Larger" }
        }
    }
}
