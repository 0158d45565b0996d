import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

// The card in which one writes. Enter sends, Shift+Enter breaks the line; Send and Stop share one place.
Rectangle {
    id: composer

    required property AgentListModel agents
    required property string agent
    required property bool answering
    required property int tallest
    // Else it does what it does where the composer stands.
    property bool escapeStops: true
    // Something elsewhere can be brought back: Ctrl+Z means that while nothing is written here.
    property bool undoable: false

    signal written(string text)
    signal submitted(string text)
    signal stopped
    signal undoAsked
    signal agentChosen(string name)

    readonly property alias text: input.text
    readonly property bool hasText: input.text.trim() !== ""
    // An answer under way can be stopped; with something written, it is sent and waits its turn.
    readonly property bool stops: answering && !hasText

    implicitHeight: Math.min(scroll.contentHeight, tallest - row.height - Theme.space4) + row.height + Theme.space4
    radius: Theme.radiusCard
    color: Theme.raised
    border.width: input.activeFocus ? 2 : 1
    border.color: input.activeFocus ? Theme.accent : Theme.outline

    function clear(): void {
        input.clear();
    }
    function write(text: string): void {
        input.text = text;
        input.cursorPosition = text.length;
    }
    function takeFocus(): void {
        input.forceActiveFocus();
    }
    // What was begun elsewhere goes on here.
    function type(text: string): void {
        takeFocus();
        input.remove(input.selectionStart, input.selectionEnd);
        input.insert(input.cursorPosition, text);
    }
    function submit(): void {
        if (hasText)
            submitted(input.text);
    }

    TapHandler { onTapped: composer.takeFocus() }
    EditMenu {
        id: menu
        edit: input
    }

    Flickable {
        id: scroll
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: row.top
        contentHeight: input.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}

        TextArea.flickable: TextArea {
            id: input
            objectName: "composerInput"
            leftPadding: Theme.space16
            rightPadding: Theme.space16
            topPadding: Theme.space12
            bottomPadding: Theme.space8
            wrapMode: TextArea.Wrap
            textFormat: TextArea.PlainText
            selectByMouse: true
            // What is written has its own direction, what stands there before that of the window.
            horizontalAlignment: text === "" ? TextEdit.AlignLeft : undefined
            placeholderText: qsTr("Write a message")
            placeholderTextColor: Theme.muted
            color: Theme.text
            selectionColor: Theme.accent
            selectedTextColor: Theme.accentInk
            font.pixelSize: Theme.size16
            background: null
            focus: true
            Accessible.name: qsTr("Message")
            onTextChanged: composer.written(text)

            Keys.onPressed: event => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                if (enter && !(event.modifiers & Qt.ShiftModifier)) {
                    event.accepted = true;
                    composer.submit();
                } else if (event.key === Qt.Key_Escape && composer.answering && composer.escapeStops) {
                    event.accepted = true;
                    composer.stopped();
                } else if (event.key === Qt.Key_Z && event.modifiers === Qt.ControlModifier && composer.undoable && text === "") {
                    event.accepted = true;
                    composer.undoAsked();
                } else if (menu.isAskedBy(event)) {
                    event.accepted = true;
                    menu.openAtCursor();
                }
            }
            onReleased: event => {
                if (event.button === Qt.RightButton)
                    menu.popup(input, event.x, event.y);
            }
            // Tab walks on; a tab in a message is rarely meant.
            KeyNavigation.tab: agentButton
            KeyNavigation.priority: KeyNavigation.BeforeItem
        }
    }
    Item {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.space4
        height: Theme.target + Theme.space8

        AgentButton {
            id: agentButton
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            agents: composer.agents
            current: composer.agent
            onChosen: name => composer.agentChosen(name)
        }
        Text {
            anchors.right: sendButton.left
            anchors.rightMargin: Theme.space12
            anchors.verticalCenter: parent.verticalCenter
            visible: composer.width > 560
            text: composer.answering && composer.escapeStops ? qsTr("Escape stops the answer") : qsTr("Enter sends, Shift+Enter starts a new line")
            color: Theme.muted
            font.pixelSize: Theme.size12
        }
        AbstractButton {
            id: sendButton
            objectName: "sendButton"
            anchors.right: parent.right
            anchors.rightMargin: Theme.space4
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.target
            height: Theme.target
            enabled: composer.stops || composer.hasText
            focusPolicy: Qt.TabFocus
            hoverEnabled: true
            text: composer.stops ? qsTr("Stop") : qsTr("Send")
            Accessible.name: text
            onClicked: composer.stops ? composer.stopped() : composer.submit()

            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    name: composer.stops ? "square" : "arrow-up"
                    color: sendButton.enabled ? Theme.accentInk : Theme.muted
                }
            }
            background: Rectangle {
                radius: Theme.radiusControl + 2
                color: sendButton.enabled ? Theme.accent : Theme.sunken
                border.width: sendButton.enabled ? 0 : 1
                border.color: Theme.hairline
                opacity: sendButton.hovered || sendButton.down ? 0.88 : 1

                FocusRing { shown: sendButton.visualFocus }
                HoverHandler { cursorShape: Qt.PointingHandCursor }
            }
            ToolTip.visible: hovered && !down
            ToolTip.delay: 600
            ToolTip.text: text
        }
    }
}
