import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "ServerButton"
    about: "Which server the conversations are of, and the way to another one."

    Scene { id: scene }

    Sample {
        caption: "One of the list, by its name"
        ground: Theme.sunken
        ServerButton {
            width: parent.width
            servers: scene.servers
            current: scene.servers.currentUrl
        }
    }
    Sample {
        caption: "Another one, by its host"
        ground: Theme.sunken
        ServerButton {
            width: parent.width
            servers: scene.servers
            current: "https://a-host-with-a-name-that-is-rather-long.example.com:8443/and-a-path"
        }
    }
    Sample {
        caption: "Under the pointer"
        ground: Theme.sunken
        ServerButton {
            objectName: "underThePointer"
            width: parent.width
            servers: scene.servers
            current: scene.servers.currentUrl
        }
    }
    Sample {
        caption: "With the keyboard"
        ground: Theme.sunken
        ServerButton {
            width: parent.width
            servers: scene.servers
            current: scene.servers.currentUrl
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
    }
}
