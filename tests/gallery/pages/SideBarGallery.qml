import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "SideBar"
    about: "New chat, search, the conversations."
    columns: 3

    Scene { id: scene }
    Scene { id: found }
    Scene { id: nothing }

    Sample {
        caption: "Six conversations"
        tall: 520
        margin: 1
        SideBar {
            anchors.fill: parent
            conversations: scene.conversations
        }
    }
    Sample {
        caption: "Something was found"
        tall: 520
        margin: 1
        SideBar {
            anchors.fill: parent
            conversations: found.conversations
            Component.onCompleted: conversations.search("river")
        }
    }
    Sample {
        caption: "Nothing was found"
        tall: 520
        margin: 1
        SideBar {
            anchors.fill: parent
            conversations: nothing.conversations
            Component.onCompleted: conversations.search("ocean")
        }
    }
}
