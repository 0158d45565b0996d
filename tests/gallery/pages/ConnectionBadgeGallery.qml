import QtQuick
import Runnel.Core
import Runnel.Ui

Page {
    title: "ConnectionBadge"
    about: "The connection as a dot and a word, on the header’s dark ground."
    columns: 3

    Sample {
        caption: "Connected"
        ground: Theme.header
        ConnectionBadge {
            connection: ChatSession.Connected
            words: "Connected"
        }
    }
    Sample {
        caption: "Connecting"
        ground: Theme.header
        ConnectionBadge {
            connection: ChatSession.Connecting
            words: "Connecting"
        }
    }
    Sample {
        caption: "Reconnecting"
        ground: Theme.header
        ConnectionBadge {
            connection: ChatSession.Reconnecting
            words: "Reconnecting in 4 s"
        }
    }
    Sample {
        caption: "Offline"
        ground: Theme.header
        ConnectionBadge {
            connection: ChatSession.Offline
            words: "Offline"
        }
    }
    Sample {
        caption: "The dot alone, where there is little room"
        ground: Theme.header
        ConnectionBadge {
            connection: ChatSession.Connected
            words: "Connected"
            wordsShown: false
        }
    }
    Sample {
        caption: "Cut where it has to be"
        ground: Theme.header
        ConnectionBadge {
            width: 110
            connection: ChatSession.Reconnecting
            words: "Reconnecting in 24 s"
        }
    }
}
