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

    // The place from which the newest line is seen; near it counts as there: half a line, a wheel's rounding.
    readonly property real end: Math.max(originY - topMargin, originY + contentHeight - height)
    readonly property bool atEnd: contentY >= end - Theme.space24

    // Somebody goes through the versions by keyboard.
    property bool steppedByKeyboard: false

    property MessageDelegate touchedRow: null

    // Something was asked for by a button of a message that has no more to do.
    signal done
    // Somebody writes, with the keyboard at what is only read.
    signal typed(string text)

    property bool following: true
    // Something was written below while the reader was elsewhere.
    property bool unread: false
    property real lastY: 0

    readonly property Item focused: Window.activeFocusItem

    readonly property bool byHand: moving || bar.pressed || selected.dragging

    // Not against a hand that moves the view: a move brings rows into sight, whose heights were only guessed.
    function keep(): void {
        if (following && !byHand)
            positionViewAtEnd();
    }
    function toEnd(): void {
        follow(true);
        keep();
    }
    // positionViewAtBeginning() passes the margin over, but puts the origin to where it really is.
    function toStart(): void {
        follow(false);
        positionViewAtBeginning();
        contentY = originY - topMargin;
        look(contentY);
    }
    function scrollBy(distance: real): void {
        const from = contentY;
        const to = Math.round(Math.max(originY - topMargin, Math.min(end, from + distance)));
        if (distance < 0 && to < from)
            follow(false);
        contentY = to;
        look(from);
    }
    function holds(item: Item): bool {
        while (item && item !== contentItem)
            item = item.parent;
        return item === contentItem;
    }
    // A text that is read has the keyboard by a click, where it is seen already.
    function bringIntoSight(item: Item): void {
        const text = item as TextEdit;
        if (!holds(item) || (text && text.readOnly))
            return;
        const top = item.mapToItem(contentItem, 0, 0).y - Theme.space12;
        const bottom = top + item.height + 2 * Theme.space12;
        if (top < contentY || bottom - top > height)
            scrollBy(top - contentY);
        else if (bottom > contentY + height)
            scrollBy(bottom - contentY - height);
    }
    // Only the reader's own move up ends the following: text that grows moves nobody.
    function look(from: real): void {
        if (contentY >= from && atEnd)
            follow(true);
        else if (contentY < from - 1 && contentY < end - 1)
            follow(false);
    }
    function follow(wanted: bool): void {
        following = wanted;
        if (wanted)
            unread = false;
    }
    // With what is above it, or its frame is not seen.
    function showFound(): void {
        forceLayout();
        follow(false);
        const at = session.rows.rowOf(mark.message, mark.block);
        positionViewAtIndex(at, ListView.Beginning);
        const item = itemAtIndex(at) as MessageDelegate;
        const within = item ? item.placeOf(mark.block) : 0;
        contentY = Math.round(Math.max(originY - topMargin, Math.min(end, contentY + within - Theme.space48)));
    }
    // A window that grew may show the end without a move.
    function settle(): void {
        if (contentY >= end - 1)
            follow(true);
        keep();
    }

    model: session.rows
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

    onContentHeightChanged: keep()
    // Rows above that turn out taller than was guessed move the origin, not the height.
    onOriginYChanged: later.start()
    onHeightChanged: {
        keep();
        later.start();
    }
    onSessionChanged: mark.message = -1
    onCountChanged: if (count === 0)
        toEnd()
    onContentYChanged: {
        if (byHand)
            look(lastY);
        lastY = contentY;
        selected.follow();
    }
    onByHandChanged: keep()
    onFocusedChanged: bringIntoSight(focused)

    TabOrder { rows: list.contentItem }
    TextSelection {
        id: selected
        objectName: "textSelection"
        parent: list // not of what moves
        anchors.fill: parent
        anchors.rightMargin: Theme.mirrored ? 0 : bar.width
        anchors.leftMargin: Theme.mirrored ? bar.width : 0
        messages: list.session.messages
        onMenuAsked: (place, message, isAnswer, isSelected, link) => {
            menu.message = message;
            menu.isAnswer = isAnswer;
            menu.isSelected = isSelected;
            menu.link = link;
            menu.popup(selected, place.x, place.y);
        }
    }
    MessageMenu {
        id: menu

        // Not before the menu has given the keyboard back.
        property bool selectsAll: false

        onCopyAsked: isSelected ? selected.copy() : list.session.copyMessage(message)
        onLinkCopyAsked: list.session.copyText(link)
        onSelectAllAsked: selectsAll = true
        onClosed: {
            if (selectsAll)
                selected.selectAll();
            selectsAll = false;
            selected.held = false;
        }
    }
    Timer {
        interval: 16
        repeat: true
        running: selected.edge !== 0
        onTriggered: list.scrollBy(selected.edge * Theme.scrollStep / 4)
    }
    Timer {
        id: later
        interval: 0
        onTriggered: list.settle()
    }
    // The place is kept: what is above the version that was chosen is the same as before.
    Connections {
        target: list.session
        function onVersionShown(row: int): void {
            list.forceLayout();
            list.settle();
            const shown = list.itemAtIndex(list.session.rows.endOf(row)) as MessageDelegate;
            if (shown && list.steppedByKeyboard)
                shown.focusVersions();
            list.steppedByKeyboard = false;
        }
    }
    // A search led to a message: it is marked for a moment.
    Timer {
        id: mark

        property int message: -1
        property int block: 0

        interval: 2500
        onTriggered: message = -1
    }
    Connections {
        target: list.session
        function onMessageFound(row: int, block: int): void {
            mark.message = row;
            mark.block = block;
            mark.restart();
            list.showFound();
        }
    }
    Connections {
        target: list.session.messages
        function onGrew(): void {
            list.unread = !list.following;
        }
    }

    Keys.onPressed: event => {
        const page = height * 0.9;
        const command = event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier);
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
        else if (!command && event.text >= " " && event.key !== Qt.Key_Delete)
            typed(event.text);
        else
            event.accepted = false;
    }

    ScrollBar.vertical: ScrollBar {
        id: bar
    }

    delegate: MessageDelegate {
        width: ListView.view.width
        session: list.session
        columnWidth: list.columnWidth
        tallestEditor: list.height * 0.6
        touchedRow: list.touchedRow
        selection: selected
        found: message === mark.message
        onDone: list.done()
        onTouched: isTouched => {
            if (isTouched)
                list.touchedRow = this;
            else if (list.touchedRow === this)
                list.touchedRow = null;
        }
        onVersionStepped: byKeyboard => {
            list.steppedByKeyboard = byKeyboard;
            list.follow(false);
        }
    }

    Rectangle {
        anchors.fill: parent
        z: 1
        color: "transparent"
        border.width: 2
        border.color: Theme.accent
        // Not while a button in it has the keyboard, which has a ring of its own.
        visible: list.Window.activeFocusItem === list
    }
}
