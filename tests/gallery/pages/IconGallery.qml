import QtQuick
import Runnel.Ui

Page {
    id: page
    title: "Icon"
    about: "One of Lucide’s icons, in a colour. Decoration: its control has the name."
    columns: 1

    readonly property list<string> names: ["arrow-down", "arrow-up", "check", "chevron-down", "chevron-left", "chevron-right", "circle-alert", "clipboard", "clock", "copy", "ellipsis", "file-json", "file-text", "info", "link", "monitor", "moon", "panel-left", "pencil", "pin", "pin-off", "play", "plus", "refresh-cw", "rotate-ccw", "scissors", "search", "server", "square", "square-pen", "sun", "text-select", "text-wrap", "trash-2", "triangle-alert", "upload", "wifi-off", "wrench", "x"]

    Sample {
        caption: "All of them"
        Flow {
            width: parent.width
            spacing: Theme.space16
            Repeater {
                model: page.names
                Icon {
                    required property string modelData
                    name: modelData
                }
            }
        }
    }
    Sample {
        caption: "Sizes"
        Row {
            spacing: Theme.space16
            Icon {
                name: "search"
                size: 14
            }
            Icon {
                name: "search"
                size: 16
            }
            Icon { name: "search" }
            Icon {
                name: "search"
                size: 32
            }
        }
    }
    Sample {
        caption: "Colours"
        Row {
            spacing: Theme.space16
            Icon { name: "info" }
            Icon {
                name: "info"
                color: Theme.muted
            }
            Icon {
                name: "check"
                color: Theme.accent
            }
            Icon {
                name: "triangle-alert"
                color: Theme.warning
            }
            Icon {
                name: "circle-alert"
                color: Theme.danger
            }
        }
    }
}
