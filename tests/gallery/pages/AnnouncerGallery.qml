import QtQuick
import Runnel.Ui

Page {
    id: page
    title: "Announcer"
    about: "Is heard and not seen: a text that a screen reader reads when it changes."

    Sample {
        caption: "Says the same twice, so it is empty in between"

        Row {
            spacing: Theme.space12

            TextButton {
                text: "Say it"
                onClicked: announcer.say("The answer is there.")
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                text: announcer.Accessible.name === "" ? "Nothing is said" : "Said: " + announcer.Accessible.name
                color: Theme.muted
                font.pixelSize: Theme.size14
            }
            Announcer { id: announcer }
        }
    }
}
