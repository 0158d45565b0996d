import QtQuick
import Runnel.Ui

Page {
    title: "Pulse"
    about: "Something goes on. It does not move where somebody asked for no motion."

    Sample {
        caption: "As it is"
        Pulse {}
    }
    Sample {
        caption: "Beside words"
        Row {
            spacing: Theme.space8
            Pulse { anchors.verticalCenter: parent.verticalCenter }
            Text {
                text: "Running"
                color: Theme.muted
                font.pixelSize: Theme.size14
            }
        }
    }
}
