pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// New chat, search, the conversations.
Rectangle {
    id: bar

    required property ConversationListModel conversations

    // Below the conversations.
    property alias foot: foot.data

    signal newChatAsked
    signal opened(string id, string messageId)
    signal renamed(string id, string title)
    signal pinAsked(string id, bool pinned)
    signal removalAsked(string id)
    signal exportAsked(string id, bool markdown)
    signal importAsked

    color: Theme.sunken

    function takeFocus(): void {
        search.forceActiveFocus();
        search.selectAll();
    }

    // The title of the row that has the keyboard, or of the conversation that is open; from has the keyboard then again.
    function rename(from: Item): void {
        if (list.activeFocus) {
            list.renameRow(list.currentIndex, null);
            return;
        }
        if (search.text !== "" && conversations.currentRow() < 0) {
            search.clear();
            search.looked("");
        }
        list.renameRow(conversations.currentRow(), from);
    }

    Row {
        id: head
        x: Theme.space12
        y: Theme.space12
        width: parent.width - 2 * Theme.space12
        spacing: Theme.space8

        TextButton {
            objectName: "newChatButton"
            width: parent.width - importButton.width - parent.spacing
            height: Theme.target
            iconName: "square-pen"
            text: qsTr("New chat")
            onClicked: bar.newChatAsked()
        }
        IconButton {
            id: importButton
            iconName: "upload"
            name: qsTr("Import conversations")
            onClicked: bar.importAsked()
        }
    }
    SearchField {
        id: search
        objectName: "searchField"
        anchors.left: head.left
        anchors.right: head.right
        anchors.top: head.bottom
        anchors.topMargin: Theme.space8
        onLooked: words => {
            list.currentIndex = -1;
            bar.conversations.search(words);
        }
        onLeftDown: list.takeFocus()
    }
    SideBarNote {
        id: note
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: search.bottom
        anchors.leftMargin: Theme.space4
        anchors.rightMargin: Theme.space4
        note: bar.conversations.note
        problem: bar.conversations.problem
        onRetried: bar.conversations.retry()
    }
    ListView {
        id: list

        objectName: "conversationList"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: note.bottom
        anchors.bottom: foot.top
        anchors.topMargin: Theme.space4
        clip: true
        leftMargin: Theme.space4
        rightMargin: Theme.space4
        topMargin: Theme.space4
        bottomMargin: Theme.space12
        boundsBehavior: Flickable.StopAtBounds
        model: bar.conversations
        // The current row is the one to which Tab comes; the view keeps it wherever it is scrolled to. Before there is one,
        // and among what was found, it is the first in sight.
        currentIndex: -1
        readonly property int firstInSight: Math.max(0, count > 0 ? indexAt(width / 2, contentY + Theme.target) : 0)
        highlightFollowsCurrentItem: false
        keyNavigationEnabled: false
        reuseItems: false
        cacheBuffer: 400
        activeFocusOnTab: false
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversations")
        ScrollBar.vertical: ScrollBar {}

        function takeFocus(): void {
            focusRow(0);
        }
        function focusRow(row: int): void {
            if (row < 0 || row >= count)
                return;
            currentIndex = row;
            showCurrent();
            (currentItem as ConversationRow).takeFocus();
        }
        function renameRow(row: int, from: Item): void {
            if (row < 0)
                return;
            currentIndex = row;
            showCurrent();
            const item = currentItem as ConversationRow;
            if (!item.editing && !item.unsent)
                item.rename(from);
        }
        // By hand it may have been scrolled away from what Tab comes to.
        function showCurrent(): void {
            positionViewAtIndex(currentIndex, ListView.Contain);
        }

        onAtYEndChanged: if (atYEnd)
            bar.conversations.fetchNext()
        onActiveFocusChanged: if (activeFocus && currentIndex >= 0)
            showCurrent()
        // The last one that could be deleted has gone.
        onCountChanged: if (count === 0 && activeFocus)
            search.forceActiveFocus(Qt.OtherFocusReason)

        section.property: "group"
        delegate: ConversationRow {
            id: row

            required property int index

            width: ListView.view.width - 2 * Theme.space4
            heading: ListView.section === ListView.previousSection ? "" : ListView.section
            reached: ListView.isCurrentItem || activeFocus || (list.currentIndex < 0 && index === list.firstInSight)
            onActiveFocusChanged: if (activeFocus && list.currentIndex !== index) {
                list.currentIndex = index;
                list.showCurrent();
            }
            menuOpen: menu.opened && menu.conversationId === conversationId
            onCurrentChanged: if (current && !list.activeFocus)
                list.currentIndex = index
            onChosen: bar.opened(conversationId, messageId)
            onRenamed: title => bar.renamed(conversationId, title)
            onRemovalAsked: bar.removalAsked(conversationId)
            onMenuAsked: {
                menu.row = row;
                menu.conversationId = conversationId;
                menu.pinned = pinned;
                menu.popup(row, Theme.mirrored ? 0 : row.width - menu.width, row.height);
            }
            Keys.onUpPressed: index > 0 ? list.focusRow(index - 1) : search.forceActiveFocus()
            Keys.onDownPressed: list.focusRow(index + 1)
            Keys.onPressed: event => {
                if (event.key === Qt.Key_Home || event.key === Qt.Key_End)
                    list.focusRow(event.key === Qt.Key_Home ? 0 : list.count - 1);
            }
        }
    }
    Item {
        id: foot
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space4
        height: childrenRect.height
    }
    RowMenu {
        id: menu

        property string conversationId: ""
        property ConversationRow row: null
        // Not before the menu has given the keyboard back.
        property bool renames: false

        pinned: false
        onRenameAsked: renames = true
        onClosed: {
            if (renames && row)
                row.rename(null);
            renames = false;
        }
        onPinAsked: bar.pinAsked(conversationId, !pinned)
        onExportAsked: markdown => bar.exportAsked(conversationId, markdown)
        onRemovalAsked: bar.removalAsked(conversationId)
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.hairline
    }
}
