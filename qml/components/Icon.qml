import QtQuick
import Runnel.Ui

// One of Lucide's icons (qml/icons), in a colour. Decoration: its control has the name.
Image {
    required property string name
    property color color: Theme.text
    property int size: 18 // px, before it grows with the text

    // What points along the line turns with it; a clock, a pencil and a triangle that plays do not.
    mirror: Theme.mirrored && (name === "chevron-left" || name === "chevron-right" || name === "panel-left")
    Accessible.ignored: true
    width: Math.round(size * Theme.widthScale)
    height: width
    sourceSize.width: width
    sourceSize.height: width
    source: "image://icon/" + name + "/" + String(color).slice(1)
}
