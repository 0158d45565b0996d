import QtQuick
import Runnel.Ui

Page {
    title: "CardMenu"
    about: "A menu in the look of the window; its lines are RowMenuItems."

    Sample {
        caption: "As wide as any menu"
        tall: Math.round(120 * Theme.widthScale)
        CardMenu {
            visible: true
            closePolicy: CardMenu.NoAutoClose
            RowMenuItem {
                iconName: "pencil"
                text: "Rename"
                keys: "F2"
            }
            RowMenuItem {
                iconName: "copy"
                text: "Copy"
                enabled: false
            }
        }
    }
    Sample {
        caption: "As wide as its longest line"
        tall: Math.round(120 * Theme.widthScale)
        CardMenu {
            visible: true
            closePolicy: CardMenu.NoAutoClose
            RowMenuItem {
                iconName: "file-text"
                text: "Export everything that was said"
                keys: "Ctrl+Shift+E"
            }
        }
    }
}
