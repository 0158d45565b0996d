import QtQuick
import Runnel.Ui

Page {
    title: "ToolText"
    about: "What went into a tool or came of it: as it stands, in a frame of its own that scrolls when it is long."

    Sample {
        caption: "A few lines"
        ToolText {
            width: parent.width
            title: "Input"
            content: "{\n    \"query\": \"longest river of the world\",\n    \"results\": 3\n}"
            note: ""
            tool: "search"
        }
    }
    Sample {
        caption: "More than there is room for"
        ToolText {
            width: parent.width
            title: "Output"
            content: "The Nile, 6,650 km.\n".repeat(30)
            note: "The rest of 512,000 characters is not shown."
            tool: "search"
        }
    }
    Sample {
        caption: "Nothing came of it"
        ToolText {
            width: parent.width
            title: "Output"
            content: ""
            note: "The tool said nothing."
            tool: "search"
        }
    }
    Sample {
        caption: "A word without an end"
        ToolText {
            width: parent.width
            title: "Output"
            content: "x".repeat(200)
            note: ""
            tool: "search"
        }
    }
}
