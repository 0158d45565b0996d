pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Runnel.Core
import Runnel.Ui

ApplicationWindow {
    id: window

    required property ChatSession session
    property bool touch: false

    width: 1024
    height: 768
    minimumWidth: 320
    minimumHeight: 400
    visible: true
    title: session.title === "" ? "Runnel" : session.title + " – Runnel"
    color: Theme.canvas
    font.pixelSize: Theme.size16

    Component.onCompleted: {
        Theme.touch = touch;
        page.takeFocus();
    }
    // What had the keyboard has gone: whoever writes goes on writing.
    onActiveFocusItemChanged: later.start()

    Shortcut {
        sequence: "Ctrl+N"
        onActivated: window.newChat()
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: window.close()
    }

    function rescueFocus(): void {
        if (active && (!activeFocusItem || activeFocusItem === contentItem))
            page.takeFocus();
    }
    function newChat(): void {
        session.newChat();
        page.takeFocus();
    }

    Timer {
        id: later
        interval: 0
        onTriggered: window.rescueFocus()
    }
    HeaderBar {
        id: header
        width: parent.width
        title: window.session.title
        connection: window.session.connection
        connectionText: window.session.connectionText
        onNewChatAsked: window.newChat()
    }
    ChatPage {
        id: page
        anchors.top: header.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        session: window.session
    }

    // Says an answer once, whole, to a screen reader; the fragments are silent.
    Announcer {
        id: announcer
        objectName: "announcer"
    }
    Connections {
        target: window.session
        function onAnswerEnded(text: string): void {
            announcer.say(text);
        }
        function onSaid(text: string): void {
            announcer.say(text);
        }
    }
}
