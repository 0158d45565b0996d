import QtQuick
import Runnel.Core
import Runnel.Ui

Page {
    title: "HeaderBar"
    about: "Product, conversation, connection, theme. Dark in both themes."
    columns: 1

    Sample {
        caption: "A conversation"
        margin: 1
        HeaderBar {
            width: parent.width
            title: "Rivers of Europe"
            connection: ChatSession.Connected
            connectionText: "Connected"
            theme: Theme.Light
        }
    }
    Sample {
        caption: "The side bar is shown, nothing was asked"
        margin: 1
        HeaderBar {
            width: parent.width
            title: ""
            connection: ChatSession.Connecting
            connectionText: "Connecting"
            theme: Theme.Light
            sideBarShown: true
        }
    }
    Sample {
        caption: "A long title, and no connection"
        margin: 1
        HeaderBar {
            width: parent.width
            title: "Rivers of Europe, from the longest to the shortest, with their lakes and the towns that stand on their banks"
            connection: ChatSession.Reconnecting
            connectionText: "Reconnecting in 24 s"
            theme: Theme.Light
        }
    }
    Sample {
        caption: "Narrow"
        margin: 1
        HeaderBar {
            width: Math.min(parent.width, 340)
            title: "Rivers of Europe, from the longest to the shortest"
            connection: ChatSession.Connected
            connectionText: "Connected"
            theme: Theme.Light
        }
    }
    Sample {
        caption: "Narrow and offline"
        margin: 1
        HeaderBar {
            width: Math.min(parent.width, 340)
            title: "Rivers of Europe, from the longest to the shortest"
            connection: ChatSession.Offline
            connectionText: "Offline"
            theme: Theme.Light
        }
    }
}
