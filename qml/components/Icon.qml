import QtQuick
import Runnel.Ui

// One of Lucide's icons (qml/icons), in a colour. Decoration: its control has the name.
Image {
    required property string name
    property color color: Theme.text
    property int size: 18

    // What points along the line turns with it; a clock, a pencil and a triangle that plays do not.
    mirror: Theme.mirrored && (name === "chevron-left" || name === "chevron-right" || name === "panel-left")
    Accessible.ignored: true
    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: "image://icon/" + name + "/" + String(color).slice(1)
}
