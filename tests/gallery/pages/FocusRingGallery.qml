import QtQuick
import Runnel.Ui

Page {
    title: "FocusRing"
    about: "2 px of accent, 2 px away from what has the keyboard."
    columns: 3

    Sample {
        caption: "Around a control"
        Rectangle {
            x: Theme.space8
            width: 120
            height: Theme.target
            radius: Theme.radiusControl
            color: Theme.bubble
            FocusRing { shown: true }
        }
    }
    Sample {
        caption: "Around a card"
        Rectangle {
            x: Theme.space8
            width: 120
            height: Theme.target
            radius: Theme.radiusCard
            color: Theme.bubble
            FocusRing {
                shown: true
                around: Theme.radiusCard
            }
        }
    }
    Sample {
        caption: "Without the keyboard"
        Rectangle {
            x: Theme.space8
            width: 120
            height: Theme.target
            radius: Theme.radiusControl
            color: Theme.bubble
            FocusRing { shown: false }
        }
    }
}
