import QtQuick
import Runnel.Ui

Page {
    title: "EmptyState"
    about: "A greeting and four things to ask, which send."
    columns: 1

    Sample {
        caption: "Wide"
        EmptyState {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, 640)
            suggestions: ["Explain how rivers find their way", "Write a haiku about the sea", "What is the difference between TCP and UDP, in three sentences that a child understands?", "Plan a weekend in Lisbon"]
        }
    }
    Sample {
        caption: "Narrow"
        EmptyState {
            width: Math.min(parent.width, 320)
            suggestions: ["Explain how rivers find their way", "Write a haiku about the sea", "What is the difference between TCP and UDP, in three sentences that a child understands?", "Plan a weekend in Lisbon"]
        }
    }
    Sample {
        caption: "Nothing to suggest"
        EmptyState {
            width: parent.width
            suggestions: []
        }
    }
}
