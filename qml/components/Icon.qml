import QtQuick
import Runnel.Ui

// One of Lucide's icons (qml/icons), in a colour. Decoration: its control has the name.
Image {
    required property string name
    property color color: Theme.text
    property int size: 18

    Accessible.ignored: true
    width: size
    height: size
    sourceSize.width: size
    sourceSize.height: size
    source: "image://icon/" + name + "/" + String(color).slice(1)
}
