import QtQuick
import Runnel.Ui

Page {
    title: "ToolAsk"
    about: "A tool waits for a person to say whether it may run."
    columns: 1

    Sample {
        caption: "Asks"
        ToolAsk {
            width: parent.width
            words: "default wants to use this tool."
            tool: "delete_file"
            ready: true
        }
    }
    Sample {
        caption: "Decided, or without a connection"
        ToolAsk {
            width: parent.width
            words: "default wants to use this tool."
            tool: "delete_file"
            ready: false
        }
    }
    Sample {
        caption: "Narrow, a long name"
        ToolAsk {
            width: Math.min(parent.width, 300)
            words: "an-agent-for-the-rivers-and-lakes-of-the-world wants to use this tool."
            tool: "delete_file"
            ready: true
        }
    }
}
