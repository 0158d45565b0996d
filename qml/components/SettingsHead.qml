import QtQuick
import Runnel.Ui

// What a group of settings is about.
Text {
    topPadding: Theme.space12
    bottomPadding: Theme.space4
    horizontalAlignment: Text.AlignLeft
    wrapMode: Text.Wrap
    color: Theme.muted
    font.pixelSize: Theme.size12
    font.weight: Theme.strong
    Accessible.role: Accessible.Heading
    Accessible.name: text
}
