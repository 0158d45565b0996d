import QtQuick
import Runnel.Ui

// The product's mark: two waves of a small stream.
Image {
    property color ink: Theme.headerAccent

    Accessible.ignored: true
    sourceSize.width: width
    sourceSize.height: height
    source: "image://icon/runnel/" + String(ink).slice(1)
}
