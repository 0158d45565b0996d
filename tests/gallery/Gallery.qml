pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// The components at the left, the page of one of them beside it, and how it is looked at above it.
ApplicationWindow {
    id: window

    required property list<string> components
    property string component: components.length > 0 ? components[0] : ""
    property bool dark: false
    property int textSize: 100
    property int pageWidth: 1000
    // For a picture: the page alone.
    property bool bare: false

    readonly property Item page: loader.item as Item
    readonly property int pageHeight: page ? Math.ceil(page.height) + 2 * Theme.space24 : 0

    width: pageWidth + list.width
    height: 800
    visible: true
    title: component + " – Runnel gallery"
    color: Theme.canvas
    font.pixelSize: Theme.size16

    Binding {
        target: Theme
        property: "preference"
        value: window.dark ? Theme.Dark : Theme.Light
    }
    Binding {
        target: Theme
        property: "textScale"
        value: window.textSize / 100
    }
    Binding {
        target: Theme
        property: "motion"
        value: !window.bare
    }
    Rectangle {
        id: list
        width: window.bare ? 0 : 220
        height: parent.height
        visible: !window.bare
        color: Theme.sunken

        ListView {
            anchors.fill: parent
            anchors.margins: Theme.space8
            clip: true
            model: window.components
            boundsBehavior: Flickable.StopAtBounds
            currentIndex: window.components.indexOf(window.component)
            ScrollBar.vertical: ScrollBar {}

            delegate: AbstractButton {
                id: entry

                required property string modelData
                readonly property bool current: modelData === window.component

                width: ListView.view.width
                implicitHeight: Theme.denseTarget
                hoverEnabled: true
                text: modelData
                onClicked: window.component = modelData

                Text {
                    anchors.verticalCenter: parent.verticalCenter
                    x: Theme.space8
                    text: entry.modelData
                    color: Theme.text
                    font.pixelSize: Theme.size14
                    font.weight: entry.current ? Theme.strong : Theme.normal
                }
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: entry.current ? Theme.bubble : entry.hovered ? Theme.hover : "transparent"
                }
            }
        }
    }
    Row {
        id: tools
        anchors.right: parent.right
        anchors.rightMargin: Theme.space24
        y: Theme.space8
        visible: !window.bare
        height: visible ? implicitHeight : 0
        spacing: Theme.space8

        TextButton {
            text: window.dark ? "Light" : "Dark"
            onClicked: window.dark = !window.dark
        }
        TextButton {
            text: "Text " + window.textSize + " %"
            onClicked: window.textSize = window.textSize === 200 ? 100 : window.textSize + 50
        }
        TextButton {
            text: "Width " + window.pageWidth
            onClicked: window.pageWidth = window.pageWidth === 1000 ? 360 : window.pageWidth === 360 ? 640 : 1000
        }
    }
    Flickable {
        anchors.left: list.right
        anchors.top: tools.bottom
        anchors.bottom: parent.bottom
        width: window.pageWidth
        clip: true
        contentHeight: window.pageHeight
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        Loader {
            id: loader
            x: Theme.space24
            y: Theme.space24
            width: window.pageWidth - 2 * Theme.space24
            source: window.component === "" ? "" : Qt.resolvedUrl("pages/" + window.component + "Gallery.qml")
        }
    }
}
