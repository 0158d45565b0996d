import QtQuick
import QtQuick.Controls.Basic
import Runnel.Ui

// One conversation in the side bar: its title, what was found in it, whether it is answered just now, and its menu.
FocusScope {
    id: row

    required property string conversationId
    required property string title
    required property string markedTitle
    required property string snippet
    required property string messageId
    required property bool pinned
    required property bool answering
    required property bool unread
    required property bool unsent
    required property bool current

    // Of the group that begins with this row; a section of the view cannot be made from a bound component.
    property string heading: ""
    // The menu of this row is open, so it looks as if the pointer were on it.
    property bool menuOpen: false
    property bool editing: false
    // Tab comes to this row of the list; the arrow keys go to the others.
    property bool reached: true
    // Where the keyboard was before the title was edited; null stays here.
    property Item cameFrom: null

    signal chosen
    signal menuAsked
    signal renamed(string title)
    signal removalAsked

    readonly property bool touched: area.hovered || menuOpen || activeFocus || Theme.touch
    readonly property real headHeight: heading === "" ? 0 : head.implicitHeight
    readonly property string state: answering ? qsTr("being answered") : unread ? qsTr("a new answer") : unsent ? qsTr("not sent yet") : ""

    implicitHeight: headHeight + (editing ? Theme.target : area.implicitHeight)

    function takeFocus(): void {
        area.forceActiveFocus(Qt.TabFocusReason);
    }
    function rename(from: Item): void {
        cameFrom = from;
        editing = true;
        field.text = title;
        field.selectAll();
        field.forceActiveFocus();
    }
    function endEditing(): void {
        editing = false;
        if (cameFrom)
            cameFrom.forceActiveFocus(Qt.OtherFocusReason);
        else
            takeFocus();
    }
    // The same at the row and at its button; true where the key means something.
    function handle(event: KeyEvent): bool {
        if (event.key === Qt.Key_F2 && !unsent)
            rename(null);
        else if (event.key === Qt.Key_Delete)
            removalAsked();
        else if (event.key === Qt.Key_Menu || (event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier))
            menuAsked();
        else
            return false;
        return true;
    }

    Text {
        id: head
        visible: row.heading !== ""
        width: parent.width
        topPadding: Theme.space12
        bottomPadding: Theme.space4
        leftPadding: Theme.space12
        rightPadding: Theme.space12
        text: row.heading
        horizontalAlignment: Text.AlignLeft
        elide: Text.ElideRight
        color: Theme.muted
        font.pixelSize: Theme.size12
        font.weight: Theme.strong
        Accessible.role: Accessible.Heading
        Accessible.name: row.heading
    }
    AbstractButton {
        id: area
        objectName: "conversationRow"
        focus: true
        // A click chooses, and leaves the keyboard to what is opened.
        focusPolicy: row.reached ? Qt.TabFocus : Qt.NoFocus
        y: row.headHeight
        visible: !row.editing
        width: row.width
        implicitHeight: texts.implicitHeight + 2 * 9
        hoverEnabled: true
        text: row.title
        Accessible.role: Accessible.ListItem
        Accessible.name: row.state === "" ? row.title : row.title + ", " + row.state
        Accessible.selected: row.current
        onClicked: row.chosen()
        onPressAndHold: row.menuAsked()

        Keys.onPressed: event => {
            event.accepted = true;
            if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                row.chosen();
            else if (event.key === (Theme.mirrored ? Qt.Key_Left : Qt.Key_Right) && menuButton.visible)
                menuButton.forceActiveFocus(Qt.TabFocusReason);
            else
                event.accepted = row.handle(event);
        }
        // A handler lets its item take every button of the mouse: on the row itself this one would choose it, too.
        Item {
            anchors.fill: parent

            TapHandler {
                acceptedButtons: Qt.RightButton
                onTapped: row.menuAsked()
            }
        }
        background: Rectangle {
            radius: Theme.radiusControl
            color: row.current ? Theme.bubble : area.hovered || row.menuOpen ? Theme.hover : "transparent"
            border.width: Theme.high && row.current ? 2 : 0
            border.color: Theme.accent

            // Only the keyboard brings it here.
            FocusRing { shown: area.activeFocus }
        }
        Column {
            id: texts
            anchors.left: parent.left
            anchors.leftMargin: Theme.space12
            anchors.right: mark.visible ? mark.left : parent.right
            anchors.rightMargin: mark.visible ? Theme.space8 : menuButton.visible ? menuButton.width + Theme.space4 : Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            spacing: 2

            Text {
                width: parent.width
                text: row.markedTitle
                textFormat: Text.StyledText
                elide: Text.ElideRight
                maximumLineCount: 1
                horizontalAlignment: Text.AlignLeft
                color: Theme.text
                font.pixelSize: Theme.size14
                font.weight: row.current || row.unread ? Theme.strong : Theme.normal
                Accessible.ignored: true
            }
            Text {
                width: parent.width
                visible: text !== ""
                text: row.snippet
                horizontalAlignment: Text.AlignLeft
                textFormat: Text.StyledText
                wrapMode: Text.Wrap
                elide: Text.ElideRight
                maximumLineCount: 2
                color: Theme.muted
                font.pixelSize: Theme.size12
                Accessible.ignored: true
            }
        }
        // Quiet: a dot that pulses, a dot that stays, or a clock.
        Item {
            id: mark
            anchors.right: parent.right
            anchors.rightMargin: menuButton.visible ? menuButton.width + Theme.space4 : Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            visible: row.state !== ""
            width: Math.round(14 * Theme.widthScale)
            height: width

            Pulse {
                anchors.centerIn: parent
                width: 8
                height: 8
                visible: row.answering
            }
            Rectangle {
                anchors.centerIn: parent
                width: 8
                height: 8
                radius: 4
                visible: row.unread && !row.answering
                color: Theme.accent
            }
            Icon {
                anchors.centerIn: parent
                visible: row.unsent && !row.answering && !row.unread
                name: "clock"
                size: 14
                color: Theme.muted
            }
        }
    }
    IconButton {
        id: menuButton
        anchors.right: parent.right
        anchors.rightMargin: Theme.space4
        y: area.y + (row.snippet === "" ? Math.round((area.height - height) / 2) : Theme.space4)
        dense: true
        visible: row.touched && !row.editing && !row.unsent
        focusPolicy: row.reached ? Qt.TabFocus : Qt.NoFocus
        iconName: "ellipsis"
        name: qsTr("More for “%1”").arg(row.title)
        onClicked: row.menuAsked()
        Keys.onPressed: event => {
            event.accepted = true;
            if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                row.menuAsked();
            else if (event.key === (Theme.mirrored ? Qt.Key_Right : Qt.Key_Left))
                row.takeFocus();
            else
                event.accepted = row.handle(event);
        }
    }
    TextField {
        id: field
        objectName: "titleField"
        visible: row.editing
        y: area.y
        width: row.width
        height: Theme.target
        leftPadding: 11
        rightPadding: 11
        maximumLength: 200
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentInk
        font.pixelSize: Theme.size14
        Accessible.name: qsTr("Title")
        background: Rectangle {
            radius: Theme.radiusControl
            color: Theme.canvas
            border.width: 2
            border.color: Theme.accent
        }
        onAccepted: {
            const title = text;
            row.endEditing();
            row.renamed(title);
        }
        Keys.onEscapePressed: row.endEditing()
        onActiveFocusChanged: if (!activeFocus && row.editing)
            row.editing = false
    }
}
