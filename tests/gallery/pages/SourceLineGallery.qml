import QtQuick
import Runnel.Ui

Page {
    title: "SourceLine"
    about: "One source: its title, which is a link where it may be, and where that leads."

    Sample {
        caption: "A page"
        SourceLine {
            width: parent.width
            index: 0
            title: "List of river systems by length"
            host: "en.wikipedia.org"
            url: "https://en.wikipedia.org/wiki/Rivers"
        }
    }
    Sample {
        caption: "Without a title"
        SourceLine {
            width: parent.width
            index: 1
            title: "rivers.example.org"
            host: ""
            url: "https://rivers.example.org/longest"
        }
    }
    Sample {
        caption: "Not of the web: no link"
        SourceLine {
            width: parent.width
            index: 2
            title: "Notes of the meeting"
            host: ""
            url: ""
        }
    }
    Sample {
        caption: "A long title, a long host"
        SourceLine {
            width: parent.width
            index: 99
            title: "A page whose title is so long that it does not fit into one line of the column, however wide the window may be"
            host: "a-host-with-a-name-that-is-rather-long-and-longer-still.example.com"
            url: "https://a-host.example.com/x"
        }
    }
    Sample {
        caption: "With the keyboard"
        SourceLine {
            id: focused
            width: parent.width
            index: 3
            title: "Lakes"
            host: "example.org"
            url: "https://example.org/lakes"
            Component.onCompleted: nextItemInFocusChain().forceActiveFocus(Qt.TabFocusReason)
        }
    }
}
