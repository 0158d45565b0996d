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
        x: -Theme.space12
        visible: list.count > list.alwaysShown
        framed: false
        ink: Theme.muted
        iconName: list.open ? "chevron-down" : "chevron-right"
        text: list.open ? qsTr("Fewer") : qsTr("%1 more").arg((list.count + list.notShown - list.alwaysShown).toLocaleString(Qt.locale(), "f", 0))
        Accessible.name: list.open ? qsTr("Show fewer sources") : qsTr("Show all sources")
        onClicked: list.open = !list.open
    }
    Text {
        visible: list.open && list.notShown > 0
        text: qsTr("And %1 that are not shown.").arg(list.notShown.toLocaleString(Qt.locale(), "f", 0))
        color: Theme.muted
        font.pixelSize: Theme.size12
    }
}
