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

    // Asked again when it is called from the event loop: the reader may have left by then.
    function keep(): void {
        if (following)
            positionViewAtEnd();
    }
    function toEnd(): void {
        following = true;
        unread = false;
        positionViewAtEnd();
    }
    // positionViewAtBeginning() passes the margin over, but puts the origin to where it really is.
    function toStart(): void {
        following = false;
        positionViewAtBeginning();
        contentY = originY - topMargin;
        look();
    }
    function scrollBy(distance: real): void {
        const highest = originY - topMargin;
        const lowest = Math.max(highest, originY + contentHeight - height);
        contentY = Math.round(Math.max(highest, Math.min(lowest, contentY + distance)));
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
    // The list is read, no row of it is chosen: a current row would pull the view to itself.
    currentIndex: -1
    keyNavigationEnabled: false
    highlightFollowsCurrentItem: false

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversation")

    onContentHeightChanged: following ? positionViewAtEnd() : unread = true
    // Rows above that turn out taller than was guessed move the origin, not the height.
    onOriginYChanged: Qt.callLater(keep)
    onHeightChanged: keep()
    onCountChanged: if (count === 0)
        toEnd()
    onMovementEnded: look()
    onMovingChanged: if (moving)
        following = false

    Keys.onPressed: event => {
        const page = height * 0.9;
        event.accepted = true;
        if (event.key === Qt.Key_Up)
            scrollBy(-Theme.scrollStep);
        else if (event.key === Qt.Key_Down)
            scrollBy(Theme.scrollStep);
        else if (event.key === Qt.Key_PageUp)
            scrollBy(-page);
        else if (event.key === Qt.Key_PageDown)
            scrollBy(page);
        else if (event.key === Qt.Key_Space)
            scrollBy(event.modifiers & Qt.ShiftModifier ? -page : page);
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
