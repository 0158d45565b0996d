import QtQuick
import Runnel.Ui

Page {
    title: "ExportDialog"
    about: "Where a conversation goes as a file: a dialog of the desktop’s own, or Qt’s where there is none."

    Sample {
        caption: "As Markdown"
        TextButton {
            text: "Ask"
            onClicked: markdown.ask("Rivers of Europe.md")
        }
        ExportDialog {
            id: markdown
            markdown: true
        }
    }
    Sample {
        caption: "As JSON"
        TextButton {
            text: "Ask"
            onClicked: json.ask("Rivers of Europe.json")
        }
        ExportDialog {
            id: json
            markdown: false
        }
    }
}
