import QtQuick
import Runnel.Ui

Page {
    title: "ServerRow"
    about: "One server of the list. Enter chooses, F2 renames, Delete asks to take it away."

    Sample {
        caption: "Open"
        ground: Theme.raised
        ServerRow {
            width: parent.width
            height: implicitHeight
            serverId: "s1"
            name: "At home"
            url: "https://chat.example.org"
            insecure: false
            isOpen: true
        }
    }
    Sample {
        caption: "Not encrypted, and the arrow keys are at it"
        ground: Theme.raised
        ServerRow {
            width: parent.width
            height: implicitHeight
            serverId: "s2"
            name: "A name that is so long that it does not fit into the row and is cut at its end"
            url: "http://runnel.fritz.box:8000"
            insecure: true
            isCurrent: true
        }
    }
    Sample {
        caption: "Renamed"
        ground: Theme.raised
        ServerRow {
            width: parent.width
            height: implicitHeight
            serverId: "s3"
            name: "Work"
            url: "https://chat.example.org"
            insecure: false
            Component.onCompleted: rename()
        }
    }
}
