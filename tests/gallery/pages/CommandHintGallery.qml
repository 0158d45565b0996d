import QtQuick
import Runnel.Ui

Page {
    title: "CommandHint"
    about: "A command for a terminal, with what it is for before it: marked and copied as it stands."
    columns: 1

    Sample {
        caption: "In a line"
        CommandHint {
            width: parent.width
            before: "No server yet? In Runnel's folder this starts one:"
            command: "./run"
        }
    }
    Sample {
        caption: "With little room"
        CommandHint {
            width: Math.min(260, parent.width)
            before: "No server yet? In Runnel's folder this starts one:"
            command: "./run"
        }
    }
}
