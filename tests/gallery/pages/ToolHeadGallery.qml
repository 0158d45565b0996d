import QtQuick
import Runnel.Core
import Runnel.Ui

Page {
    title: "ToolHead"
    about: "A tool call in a line: what, with what and how far. Somebody who is to decide about it can read all of that."
    columns: 1

    component Head: ToolHead {
        width: parent.width
        tool: "search"
        preview: "{\"query\":\"longest river of the world\",\"results\":3}"
        failure: ""
        stage: ToolListModel.Done
        stageText: "Done"
        duration: "231 ms"
        summary: "Done in 231 ms"
        open: false
        radius: Theme.radiusCard
    }

    Sample {
        caption: "Done"
        margin: Theme.space8
        Head {}
    }
    Sample {
        caption: "Running, open"
        margin: Theme.space8
        Head {
            stage: ToolListModel.Running
            stageText: "Running"
            duration: ""
            open: true
        }
    }
    Sample {
        caption: "Failed"
        margin: Theme.space8
        Head {
            stage: ToolListModel.Failed
            stageText: "Failed"
            duration: "10 s"
            failure: "The server of the maps did not answer within 10 s."
        }
    }
    Sample {
        caption: "Waiting"
        margin: Theme.space8
        Head {
            tool: "delete_file"
            preview: "{\"path\":\"/home/me/notes/rivers-of-the-world.md\",\"force\":true}"
            stage: ToolListModel.Waiting
            stageText: "Waiting for approval"
            duration: ""
        }
    }
    Sample {
        caption: "With the keyboard"
        margin: Theme.space8
        Head { Component.onCompleted: forceActiveFocus(Qt.TabFocusReason) }
    }
    Sample {
        caption: "Narrow, a long name"
        margin: Theme.space8
        Head {
            width: Math.min(parent.width, 300)
            tool: "fetch_page_with_a_rather_long_name_of_its_own"
            stage: ToolListModel.Waiting
            stageText: "Waiting for approval"
            duration: ""
        }
    }
}
