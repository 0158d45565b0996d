import QtQuick
import Runnel.Ui

Page {
    title: "SettingsHead"
    about: "What a group of settings is about."

    Sample {
        caption: "A group"
        SettingsHead {
            width: parent.width
            text: "While you look at something else"
        }
    }
}
