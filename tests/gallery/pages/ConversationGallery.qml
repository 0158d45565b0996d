import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "Conversation"
    about: "The messages. Follows the newest line only while the reader is there."

    Scene {
        id: talk
        story: Scene.Rich
    }
    Scene {
        id: longTalk
        story: Scene.LongTalk
    }
    Scene {
        id: tools
        story: Scene.Asking
    }
    Scene {
        id: queued
        story: Scene.Queued
    }

    Sample {
        caption: "At the end of a long answer"
        tall: 420
        margin: 1
        Conversation {
            anchors.fill: parent
            clip: true
            session: talk.session
            columnWidth: width - 2 * Theme.space16
        }
    }
    Sample {
        caption: "Forty messages"
        tall: 420
        margin: 1
        Conversation {
            anchors.fill: parent
            clip: true
            session: longTalk.session
            columnWidth: width - 2 * Theme.space16
        }
    }
    Sample {
        caption: "A tool asks"
        tall: 420
        margin: 1
        Conversation {
            anchors.fill: parent
            clip: true
            session: tools.session
            columnWidth: width - 2 * Theme.space16
        }
    }
    Sample {
        caption: "A message waits for the answer before it; with the keyboard"
        tall: 420
        margin: 1
        Conversation {
            anchors.fill: parent
            clip: true
            session: queued.session
            columnWidth: width - 2 * Theme.space16
            Component.onCompleted: forceActiveFocus()
        }
    }
}
