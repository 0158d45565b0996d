import QtQuick
import Runnel.Ui

Page {
    title: "ThoughtsFold"
    about: "“Thought for 6 s”, which opens to the muted text of the thoughts."

    Sample {
        caption: "Closed"
        ThoughtsFold {
            x: Theme.space8
            width: parent.width - x
            title: "Thought for 6 s"
            thoughts: "Two rivers may be meant."
        }
    }
    Sample {
        caption: "Open"
        ThoughtsFold {
            x: Theme.space8
            width: parent.width - x
            title: "Thought for 6 s"
            thoughts: "The person asks for the longest river. There are two that may be meant: the Nile and the Amazon.\n\nIt depends on where one begins to measure."
            open: true
        }
    }
    Sample {
        caption: "While it thinks"
        ThoughtsFold {
            x: Theme.space8
            width: parent.width - x
            title: "Thinking"
            thoughts: "The person"
        }
    }
}
