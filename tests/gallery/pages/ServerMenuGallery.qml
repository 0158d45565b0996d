import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "ServerMenu"
    about: "The servers that a person goes to. Arrow keys move, Escape leaves; what is taken away is asked about first."

    Scene { id: scene }

    Sample {
        caption: "Three servers; one is open, one is not encrypted"
        tall: Math.round(260 * Theme.widthScale)
        ServerMenu {
            servers: scene.servers
            current: scene.servers.currentUrl
            visible: true
            closePolicy: ServerMenu.NoAutoClose
        }
    }
    Sample {
        caption: "One is to go"
        tall: Math.round(400 * Theme.widthScale)
        ServerMenu {
            servers: scene.servers
            current: scene.servers.currentUrl
            visible: true
            closePolicy: ServerMenu.NoAutoClose
            onOpened: {
                leavingName = "At home";
                leaving = "x";
            }
        }
    }
}
