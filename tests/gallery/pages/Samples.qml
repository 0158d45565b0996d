import QtQuick
import Runnel.Ui

// Samples side by side, all as wide.
Grid {
    readonly property real sampleWidth: Math.floor((width - (columns - 1) * columnSpacing) / columns)

    columnSpacing: Theme.space24
    rowSpacing: Theme.space24
}
