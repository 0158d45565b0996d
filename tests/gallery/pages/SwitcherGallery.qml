import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "Switcher"
    about: "Goes to another conversation by a part of its title."

    Scene { id: scene }
    Scene { id: empty }

    Sample {
        caption: "Six conversations"
        ground: Theme.sunken
        tall: Math.round(380 * Theme.widthScale)
        Item {
            id: room
            anchors.fill: parent
        }
        Switcher {
            parent: room
            modal: false
            conversations: scene.conversations
            visible: true
            closePolicy: Switcher.NoAutoClose
        }
    }
    Sample {
        caption: "No title has it"
        ground: Theme.sunken
        tall: Math.round(380 * Theme.widthScale)
        Item {
            id: other
            anchors.fill: parent
        }
        Switcher {
            id: none
            parent: other
            modal: false
            conversations: empty.conversations
            visible: true
            closePolicy: Switcher.NoAutoClose
            onOpened: (none.contentItem.children[0] as TextInput).text = "ocean"
        }
    }
}
