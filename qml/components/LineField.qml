import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// One line to write in.
TextField {
    id: field

    implicitHeight: Theme.target
    leftPadding: Theme.space12
    rightPadding: Theme.space12
    selectByMouse: true
    // What is written has its own direction, what stands there before that of the window.
    horizontalAlignment: text === "" ? TextInput.AlignLeft : undefined
    placeholderTextColor: Theme.muted
    color: Theme.text
    selectionColor: Theme.accent
    selectedTextColor: Theme.accentInk
    font.pixelSize: Theme.size14
    background: Rectangle {
        radius: Theme.radiusControl
        color: Theme.canvas
        border.width: field.activeFocus ? 2 : 1
        border.color: field.activeFocus ? Theme.accent : Theme.outline
    }
}
