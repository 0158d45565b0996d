import QtQuick
import Runnel.Ui

// A page of the gallery: samples of one component, side by side where there is room.
Column {
    id: page

    required property string title
    // What it is for, in a sentence.
    property string about: ""
    property int columns: 2
    default property alias samples: grid.data

    spacing: Theme.space16

    Text {
        width: parent.width
        text: page.title
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        color: Theme.text
        font.pixelSize: Theme.size22
        font.weight: Theme.strong
    }
    Text {
        width: parent.width
        visible: text !== ""
        text: page.about
        wrapMode: Text.Wrap
        lineHeight: Theme.line14
        lineHeightMode: Text.FixedHeight
        color: Theme.muted
        font.pixelSize: Theme.size14
    }
    Samples {
        id: grid
        width: parent.width
        columns: width < 560 ? 1 : page.columns
    }
}
