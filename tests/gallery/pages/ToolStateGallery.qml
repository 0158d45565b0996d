import QtQuick
import Runnel.Core
import Runnel.Ui

Page {
    title: "ToolState"
    about: "How a tool call stands: a sign and its words."
    columns: 3

    Sample {
        caption: "Waiting"
        ToolState {
            stage: ToolListModel.Waiting
            words: "Waiting for approval"
        }
    }
    Sample {
        caption: "Running"
        ToolState {
            stage: ToolListModel.Running
            words: "Running"
        }
    }
    Sample {
        caption: "Done"
        ToolState {
            stage: ToolListModel.Done
            words: "Done  ·  231 ms"
        }
    }
    Sample {
        caption: "Failed"
        ToolState {
            stage: ToolListModel.Failed
            words: "Failed  ·  10 s"
        }
    }
    Sample {
        caption: "Unfinished"
        ToolState {
            stage: ToolListModel.Unfinished
            words: "Not finished"
        }
    }
}
