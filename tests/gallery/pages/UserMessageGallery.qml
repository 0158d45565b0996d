import QtQuick
import Runnel.Core
import Runnel.Ui

Page {
    title: "UserMessage"
    about: "What a person said: a bubble at the right, or the editor in its place; below it what can be done with it."

    component Said: UserMessage {
        width: parent.width
        content: "Which river is the longest?"
        time: "2 min ago"
        exactTime: "26 November 2026 13:24"
        status: MessageListModel.Taken
        problemText: ""
        problemCode: ""
        waitingText: ""
        version: 1
        versionCount: 1
        editing: false
        draft: ""
        connected: true
        last: false
        tallest: 200
    }

    Sample {
        caption: "Said"
        Said {}
    }
    Sample {
        caption: "The last one: what can be done with it is seen"
        Said { last: true }
    }
    Sample {
        caption: "One of two versions"
        Said {
            last: true
            version: 2
            versionCount: 2
        }
    }
    Sample {
        caption: "Waits for the answer before it"
        Said {
            status: MessageListModel.Pending
            waitingText: "Waits for the answer above"
        }
    }
    Sample {
        caption: "Waits for the connection"
        Said {
            status: MessageListModel.Pending
            waitingText: "Is sent when the connection is there"
            connected: false
        }
    }
    Sample {
        caption: "Refused"
        Said {
            status: MessageListModel.Refused
            problemText: "The message has 70,120 bytes; the server takes 65,536."
            problemCode: "message_too_large"
        }
    }
    Sample {
        caption: "Is edited"
        Said {
            editing: true
            draft: "Which river is the longest of Europe?"
        }
    }
    Sample {
        caption: "Without a connection"
        Said {
            last: true
            connected: false
        }
    }
}
