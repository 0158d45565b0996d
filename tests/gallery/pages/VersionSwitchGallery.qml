import QtQuick
import Runnel.Ui

Page {
    title: "VersionSwitch"
    about: "“‹ 2 / 3 ›”: which of the messages at one place is shown, and the way to the others."
    columns: 3

    Sample {
        caption: "In the middle"
        VersionSwitch {
            version: 2
            count: 3
            connected: true
        }
    }
    Sample {
        caption: "The first"
        VersionSwitch {
            version: 1
            count: 3
            connected: true
        }
    }
    Sample {
        caption: "The last"
        VersionSwitch {
            version: 3
            count: 3
            connected: true
        }
    }
    Sample {
        caption: "Many"
        VersionSwitch {
            version: 128
            count: 256
            connected: true
        }
    }
    Sample {
        caption: "Without a connection"
        VersionSwitch {
            version: 2
            count: 3
            connected: false
        }
    }
    Sample {
        caption: "With the keyboard"
        VersionSwitch {
            version: 2
            count: 3
            connected: true
            Component.onCompleted: takeFocus()
        }
    }
}
