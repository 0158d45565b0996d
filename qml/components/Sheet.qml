import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Templates as T
import Runnel.Ui

// A card over the window, for a moment. Escape and a click beside it close it.
Popup {
    id: sheet

    required property string title

    parent: T.Overlay.overlay
    modal: true
    focus: true
    padding: Theme.space16
    // The dialog to a screen reader is the popup's own item.
    onAboutToShow: contentItem.parent.Accessible.name = title
    x: Math.round((parent.width - width) / 2)
    y: Math.max(Theme.space8, Math.round((parent.height - height) / 4))
    width: Math.min(560, parent.width - 2 * Theme.space8)
    height: Math.min(implicitHeight, parent.height - 2 * Theme.space8)
    T.Overlay.modal: Rectangle { color: Qt.rgba(0, 0, 0, 0.35) }
    background: Rectangle {
        radius: Theme.radiusCard
        color: Theme.raised
        border.width: 1
        border.color: Theme.hairline
        Accessible.role: Accessible.Dialog
        Accessible.name: sheet.title
    }
}
