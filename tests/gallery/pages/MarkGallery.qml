import QtQuick
import Runnel.Ui

Page {
    title: "Mark"
    about: "The product’s mark: two waves of a small stream."

    Sample {
        caption: "On the header"
        ground: Theme.header
        Mark {
            width: 26
            height: 26
        }
    }
    Sample {
        caption: "In the greeting"
        Mark {
            width: 48
            height: 48
            ink: Theme.accent
        }
    }
}
