import QtQuick
import Runnel.Ui

// One state of a component, with a caption. What stands in it may be as wide as its parent.
Column {
    id: sample

    required property string caption
    property color ground: Theme.canvas
    // Shown where the ground goes up to the edge, as with a bar of the window.
    property int margin: Theme.space16
    // Of the frame; 0: as high as what is in it.
    property int tall: 0
    default property alias content: body.data

    width: parent ? (parent as Samples).sampleWidth : 0
    spacing: Theme.space8

    Text {
        width: parent.width
        text: sample.caption
        elide: Text.ElideRight
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
    Rectangle {
        width: parent.width
        height: sample.tall > 0 ? sample.tall : body.height + 2 * sample.margin
        radius: Theme.radiusControl
        color: sample.ground
        border.width: 1
        border.color: Theme.hairline

        Item {
            id: body
            x: sample.margin
            y: sample.margin
            width: parent.width - 2 * sample.margin
            height: sample.tall > 0 ? sample.tall - 2 * sample.margin : childrenRect.height
        }
    }
}
