pragma ComponentBehavior: Bound
import QtQuick
import Runnel.Core
import Runnel.Ui

// What an answer rests on, below it: the first few are always there.
Column {
    id: list

    required property SourceListModel sources

    signal linkFollowed(string link)

    // A row that goes may outlive its sources by a moment.
    readonly property int count: sources ? sources.count : 0
    readonly property int notShown: sources ? sources.left : 0
    readonly property int alwaysShown: 3
    property bool open: false

    visible: count > 0
    topPadding: Theme.space8

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Sources")

    Rectangle {
        width: parent.width
        height: 1
        color: Theme.hairline
    }
    Text {
        topPadding: Theme.space8
        bottomPadding: Theme.space4
        anchors.left: parent.left
        text: qsTr("Sources")
        color: Theme.muted
        font.pixelSize: Theme.size12
        Accessible.ignored: true
    }
    Repeater {
        model: list.sources

        SourceLine {
            width: list.width
            visible: list.open || index < list.alwaysShown
            onLinkFollowed: link => list.linkFollowed(link)
        }
    }
    TextButton {
        objectName: "moreSources"
        anchors.left: parent.left
        anchors.leftMargin: -Theme.space12
        visible: list.count > list.alwaysShown
        framed: false
        ink: Theme.muted
        iconName: list.open ? "chevron-down" : "chevron-right"
        text: list.open ? qsTr("Fewer") : qsTr("%Ln more", "", list.count + list.notShown - list.alwaysShown)
        Accessible.name: list.open ? qsTr("Show fewer sources") : qsTr("Show all sources")
        onClicked: list.open = !list.open
    }
    Text {
        anchors.left: parent.left
        visible: list.open && list.notShown > 0
        text: qsTr("And %Ln that are not shown.", "", list.notShown)
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
}
