pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Fixtures
import Runnel.Ui

Page {
    title: "ToolCard"
    about: "A tool call, in a line that opens to input and output. One that waits for approval asks for it."
    columns: 1

    Scene {
        id: scene
        story: Scene.Tools
    }

    Sample {
        caption: "Done, failed, running, waiting, unfinished"
        Column {
            id: all
            width: parent.width
            spacing: Theme.space8
            Repeater {
                model: scene.tools
                ToolCard {
                    width: all.width
                    connected: true
                }
            }
        }
    }
    Sample {
        caption: "Open"
        Column {
            id: opened
            width: parent.width
            spacing: Theme.space8
            Repeater {
                model: scene.tools
                ToolCard {
                    width: opened.width
                    connected: true
                    open: true
                }
            }
        }
    }
    Sample {
        caption: "Narrow, without a connection"
        Column {
            id: narrow
            width: Math.min(parent.width, 320)
            spacing: Theme.space8
            Repeater {
                model: scene.tools
                ToolCard {
                    width: narrow.width
                    connected: false
                }
            }
        }
    }
}
