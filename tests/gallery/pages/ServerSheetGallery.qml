import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    id: page
    title: "ServerSheet"
    about: "Adds a server to the list: its address, and a name for it."

    Scene { id: scene }
    Scene { id: refused }

    Sample {
        id: empty
        caption: "Nothing is written yet"
        ground: Theme.sunken
        tall: Math.round(340 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        ServerSheet {
            parent: room
            modal: false
            servers: scene.servers
            visible: true
            closePolicy: ServerSheet.NoAutoClose
        }
    }
    Sample {
        caption: "It was refused"
        ground: Theme.sunken
        tall: Math.round(340 * Theme.widthScale)
        Item {
            id: other
            anchors.fill: parent
        }
        ServerSheet {
            parent: other
            modal: false
            servers: refused.servers
            visible: true
            closePolicy: ServerSheet.NoAutoClose
            onOpened: refused.servers.add("", "ftp://chat.example.org")
        }
    }
}
