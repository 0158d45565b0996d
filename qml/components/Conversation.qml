pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// The messages. Follows the newest line only while the reader is there.
ListView {
    id: list

    required property ChatSession session
    required property int columnWidth

    property bool following: true
    property bool unread: false

    function toEnd(): void {
        following = true;
        unread = false;
        positionViewAtEnd();
    }
    // Not positionViewAtBeginning(), which passes the margin over.
    function toStart(): void {
        contentY = originY - topMargin;
        look();
    }
    function page(direction: int): void {
        const highest = originY - topMargin;
        const lowest = Math.max(highest, originY + contentHeight - height);
        contentY = Math.round(Math.max(highest, Math.min(lowest, contentY + direction * height * 0.9)));
        look();
    }
    // Where the reader has gone by hand decides; 4 px are the rounding of a wheel.
    function look(): void {
        following = contentY + height >= originY + contentHeight - 4;
        if (following)
            unread = false;
    }

    model: session.messages
    topMargin: Theme.space24
    cacheBuffer: 2000
    boundsBehavior: Flickable.StopAtBounds
    reuseItems: false
    activeFocusOnTab: true

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversation")

    onContentHeightChanged: following ? positionViewAtEnd() : unread = true
    onHeightChanged: if (following)
        positionViewAtEnd()
    onCountChanged: if (count === 0)
        toEnd()
    onMovementEnded: look()
    onMovingChanged: if (moving)
        following = false

    Keys.onPressed: event => {
        event.accepted = true;
        if (event.key === Qt.Key_PageUp)
            page(-1);
        else if (event.key === Qt.Key_PageDown || event.key === Qt.Key_Space)
            page(1);
        else if (event.key === Qt.Key_Home)
            toStart();
        else if (event.key === Qt.Key_End)
            toEnd();
        else
            event.accepted = false;
    }

    ScrollBar.vertical: ScrollBar {
        id: bar
        onPressedChanged: list.look()
        onPositionChanged: if (pressed)
            list.look()
    }

    delegate: MessageDelegate {
        width: ListView.view.width
        session: list.session
        columnWidth: list.columnWidth
    }

    Rectangle {
        anchors.fill: parent
        z: 1
        color: "transparent"
        border.width: 2
        border.color: Theme.accent
        visible: list.activeFocus
    }
}
